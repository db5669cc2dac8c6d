"""Clerks who send at the same time, and a sender killed by `kill -9`: no recipient gets a document twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.database import copy_database
from tests.documents.dispatch_scenes import PDF
from tests.fakes.smtp_server import SmtpServer, running_server
from tests.outbox.processes import ForkServer, processes
from tests.postgres import postgresql_url


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, template_database, tmp_path) -> Iterator[tuple[ForkServer, SmtpServer]]:
    """Processes of an installation on each database, and the mail server to which they send."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            copy_database(template_database, tmp_path / "khuevan.sqlite3")
            url = f"sqlite:///{tmp_path}/khuevan.sqlite3"
        else:
            url = stack.enter_context(postgresql_url())
        server = stack.enter_context(running_server())
        fork = stack.enter_context(
            processes(url, server.url, tmp_path, program="tests.documents.dispatch_processes")
        )
        yield fork, server


def test_document_that_four_send_at_once_leaves_once(installation):
    fork, server = installation
    document, clerk = fork.run("sign_one")
    moment = time.time() + 1
    pids = [fork.start("send_document", document=document, clerk=clerk, at=moment) for _ in range(4)]
    assert sorted(fork.wait(pid) for pid in pids) == [0, 0, 0, 4]
    assert fork.run("standing") == {
        "states": {"EDXML": "QUEUED", "EMAIL": "QUEUED", "PRINTED": "SENT", "INTERNAL": "SENT"},
        "events": 4,
        "files": 1,
        "mails": 1,
    }
    fork.run("send")
    fork.run("follow")
    [mail] = server.received
    assert [part.get_content() for part in mail.message.iter_attachments()] == [PDF]
    assert fork.run("standing")["states"]["EMAIL"] == "SENT"


@pytest.mark.parametrize(("stage", "arrived"), [("DATA", 0), ("TAKEN", 1)])
def test_document_whose_sender_was_killed_is_never_sent_again_by_itself(installation, stage, arrived):
    fork, server = installation
    document, clerk = fork.run("sign_one")
    fork.run("send_document", document=document, clerk=clerk)
    server.stall(stage, seconds=60)
    sender = fork.start("send")
    until = time.monotonic() + 20
    while not server.seen[stage] and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(sender, signal.SIGKILL)
    assert fork.wait(sender) is None
    for _again in range(3):
        fork.run("send", claim_lasts=0)
        fork.run("follow")
    assert fork.run("send_document", document=document, clerk=clerk) == 0
    assert len(server.received) == arrived
    assert fork.run("standing")["states"]["EMAIL"] == "UNCERTAIN"
