"""The morning's reminding, killed again and again: everybody gets one mail, nobody two, and every call is kept."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import ExitStack

from tests.database import copy_database
from tests.fakes.smtp_server import running_server
from tests.outbox.processes import processes


def test_reminding_and_sending_killed_at_random_moments_tell_everybody_once(template_database, tmp_path):
    copy_database(template_database, tmp_path / "killed.sqlite3")
    copy_database(template_database, tmp_path / "quiet.sqlite3")
    moments = random.Random(7)
    with ExitStack() as stack:
        smtp_server = stack.enter_context(running_server())
        program = "tests.programme.reminding_processes"

        def installation(name):
            folder = tmp_path / name
            folder.mkdir()
            url = f"sqlite:///{tmp_path}/{name}.sqlite3"
            return stack.enter_context(processes(url, smtp_server.url, folder, program=program))

        killed, quiet = installation("killed"), installation("quiet")
        killed.run("work")
        quiet.run("work")
        expected = quiet.run("remind")
        assert expected > 20

        kills, written = 0, None
        while written is None:
            reminding = killed.start("remind", wait=0.02)
            # Each life is longer than the one before, so that the last one ends by itself.
            time.sleep(moments.uniform(0.3, 0.6) + kills * 0.25)
            os.kill(reminding, signal.SIGKILL)
            written = killed.wait(reminding)
            kills += written is None
        # What lives ended in the middle wrote is not written again.
        assert written < expected
        while any(state in {"WAITING", "SENDING"} for _person, _id, state in killed.run("mails")):
            sender = killed.start("send")
            time.sleep(moments.uniform(0.05, 0.3))
            os.kill(sender, signal.SIGKILL)
            killed.wait(sender)

        mails, told = killed.run("mails"), killed.run("told")
        received = smtp_server.message_ids()
        assert kills >= 2
        # The same people, the same calls as in an installation that nobody killed.
        assert sorted(person for person, *_mail in mails) == sorted(
            person for person, *_mail in quiet.run("mails")
        )
        assert sorted(map(str, (row[:5] for row in told))) == sorted(
            map(str, (row[:5] for row in quiet.run("told")))
        )
        assert all(row[5] is not None for row in told)
        # Nobody was sent two, and what is called sent arrived.
        assert len(received) == len(set(received))
        assert {state for *_mail, state in mails} <= {"SENT", "UNCERTAIN"}
        assert {message_id for _person, message_id, state in mails if state == "SENT"} <= set(received)
