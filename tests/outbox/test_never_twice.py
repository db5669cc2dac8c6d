"""Senders killed by `kill -9` and senders at the same time: no mail goes out twice, none is lost without a word.

On SQLite and on PostgreSQL, against a real mail server.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.database import copy_database
from tests.fakes.smtp_server import SmtpServer, running_server
from tests.outbox.processes import ForkServer, processes
from tests.postgres import postgresql_url

MAILS = 60


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(request, template_database, tmp_path_factory) -> Iterator[tuple[ForkServer, SmtpServer]]:
    """Processes of an installation on each database, and the mail server to which they send."""
    folder = tmp_path_factory.mktemp(request.param)
    with ExitStack() as stack:
        if request.param == "sqlite":
            copy_database(template_database, folder / "khuevan.sqlite3")
            url = f"sqlite:///{folder}/khuevan.sqlite3"
        else:
            url = stack.enter_context(postgresql_url())
        smtp_server = stack.enter_context(running_server())
        fork = stack.enter_context(processes(url, smtp_server.url, folder))
        yield fork, smtp_server


@pytest.fixture
def fork(installation) -> ForkServer:
    """The processes, before any mail was queued."""
    installation[0].run("empty")
    return installation[0]


@pytest.fixture
def smtp_server(installation) -> SmtpServer:
    """The mail server to which the processes send, with nothing received or planned."""
    installation[1].start_afresh()
    return installation[1]


def kill(pid: int) -> None:
    """What a crash does: no handler, no goodbye. A process that has just ended by itself is no error."""
    os.kill(pid, signal.SIGKILL)


def test_sender_killed_at_random_moments_sends_nothing_twice_and_loses_nothing(fork, smtp_server):
    moments = random.Random(2025)
    fork.run("queue", count=MAILS)
    smtp_server.pace = 0.003
    kills, longest = 0, 0.2
    while any(state in {"WAITING", "SENDING"} for _id, state, _trouble, _attempts in fork.run("course")):
        # Nobody else sends, so a claim found by a new sender is a dead one's.
        sender = fork.start("send", claim_lasts=0)
        time.sleep(moments.uniform(0, longest))
        # A machine on which that is too short for anything comes to an end as well.
        longest *= 1.05
        kill(sender)
        kills += fork.wait(sender) is None

    course = fork.run("course")
    received = smtp_server.message_ids()
    assert len(course) == MAILS
    assert len(received) == len(set(received))
    assert {state for _id, state, _trouble, _attempts in course} <= {"SENT", "UNCERTAIN"}
    # What is called sent was received; what was received is called sent or uncertain, never refused.
    assert {message_id for message_id, state, _trouble, _attempts in course if state == "SENT"} <= set(
        received
    )
    assert set(received) <= {message_id for message_id, *_course in course}
    # Each sender had one mail in hand at most, and each mail was in hand once.
    assert sum(state == "UNCERTAIN" for _id, state, _trouble, _attempts in course) <= kills
    assert {attempts for *_course, attempts in course} == {1}
    # Sixty mails of four steps take longer than a handful of senders live.
    assert kills >= 5


@pytest.mark.parametrize(
    ("stage", "arrived"), [("MAIL", 0), ("RCPT", 0), ("DATA", 0), ("CHECKED", 0), ("TAKEN", 1)]
)
def test_sender_killed_with_a_mail_in_hand_leaves_it_uncertain(fork, smtp_server, stage, arrived):
    fork.run("queue", count=2)
    smtp_server.stall(stage, seconds=60)
    sender = fork.start("send")
    until = time.monotonic() + 20
    while not smtp_server.seen[stage] and time.monotonic() < until:
        time.sleep(0.01)
    kill(sender)
    assert fork.wait(sender) is None
    first, second = (message_id for message_id, *_course in fork.run("course"))
    assert len(smtp_server.received) == arrived

    # Another sender leaves a mail alone that may still be in living hands.
    fork.run("send")
    assert fork.run("course") == [[first, "SENDING", "", 1], [second, "SENT", "", 1]]
    fork.run("send", claim_lasts=0)
    fork.run("send", claim_lasts=0)
    assert fork.run("course") == [[first, "UNCERTAIN", "ABANDONED", 1], [second, "SENT", "", 1]]
    assert smtp_server.message_ids() == [first] * arrived + [second]


@pytest.mark.parametrize(("stage", "arrived"), [("DATA", 0), ("CHECKED", 0), ("TAKEN", 1)])
def test_sender_killed_with_a_file_in_hand_never_sends_it_twice(fork, smtp_server, stage, arrived):
    fork.run("queue_with_file", count=2)
    smtp_server.stall(stage, seconds=60)
    sender = fork.start("send")
    until = time.monotonic() + 20
    while not smtp_server.seen[stage] and time.monotonic() < until:
        time.sleep(0.01)
    kill(sender)
    assert fork.wait(sender) is None
    for _again in range(3):
        fork.run("send", claim_lasts=0)

    first, second = (message_id for message_id, *_course in fork.run("course"))
    assert fork.run("course") == [[first, "UNCERTAIN", "ABANDONED", 1], [second, "SENT", "", 1]]
    assert smtp_server.message_ids() == [first] * arrived + [second]
    files = [part.get_content() for part in smtp_server.received[-1].message.iter_attachments()]
    assert files == [b"%PDF-1.7\n" + bytes(range(256)) * 800]


def test_two_senders_at_once_share_the_mails(fork, smtp_server):
    fork.run("queue", count=MAILS)
    smtp_server.pace = 0.003
    reports = [fork.wait(sender) for sender in [fork.start("send"), fork.start("send")]]

    course = fork.run("course")
    assert sorted(smtp_server.message_ids()) == sorted(message_id for message_id, *_course in course)
    assert {tuple(rest) for _id, *rest in course} == {("SENT", "", 1)}
    assert sum(report["sent"] for report in reports) == MAILS
    assert all(report["sent"] for report in reports)


def test_eight_processes_with_one_key_keep_one_mail(fork, smtp_server):
    moment = time.time() + 0.5
    started = [fork.start("queue_key", key="digest:2025-11-20:17", at=moment) for _ in range(8)]
    answers = [fork.wait(pid) for pid in started]

    assert len({tuple(answer) for answer in answers}) == 1
    fork.run("send")
    assert len(fork.run("course")) == len(smtp_server.received) == 1


def test_claims_of_sqlite_wait_for_the_disk(template_database: Path, tmp_path: Path):
    """Our SQLite settings may lose the last commits of a machine without power; a claim must not be among them."""
    import subprocess
    import sys

    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from khuevan.outbox.claims import commits_reach_the_disk\n"
        "def level(): return connection.cursor().execute('PRAGMA synchronous').fetchone()[0]\n"
        "before = level()\n"
        "with commits_reach_the_disk(): inside = level()\n"
        "print(before, inside, level())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
            "KHUEVAN_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "1 2 1", done.stderr
