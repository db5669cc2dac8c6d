"""The periodic job, and the check of the sender's address."""

from __future__ import annotations

from datetime import timedelta

import pytest

from khuevan.background.failures import JobFailed
from khuevan.background.rhythm import Every
from khuevan.background.schedule import schedule
from khuevan.outbox.checks import check_sender
from khuevan.outbox.jobs import send_mail
from tests.factories.outbox import queued_mail


@pytest.mark.django_db
def test_job_sends_what_waits_every_minute(smtp_server, settings):
    job = schedule()["send_mail"]
    assert (job.rhythm, job.run) == (Every(timedelta(minutes=1)), send_mail)
    smtp_server.use(settings)
    assert send_mail() == ""
    queued_mail()
    assert send_mail() == "1 mail sent"
    assert len(smtp_server.received) == 1


@pytest.mark.django_db
def test_job_fails_where_there_is_no_connection(smtp_server, settings):
    smtp_server.use(settings)
    settings.EMAIL_PORT = 1
    queued_mail()
    with pytest.raises(JobFailed, match="no connection to the mail server: Connection refused"):
        send_mail()


@pytest.mark.parametrize(
    ("sender", "problems"),
    [
        ("Khuê Văn <khuevan@example.vn>", 0),
        ("khuevan@localhost", 0),
        ("Khuê Văn", 1),
        ("", 1),
        ("Khuê Văn <khuêvăn@example.vn>", 1),
    ],
)
def test_sender_must_be_an_address(settings, sender, problems):
    settings.DEFAULT_FROM_EMAIL = sender
    assert [error.id for error in check_sender(None)] == ["outbox.E001"] * problems
