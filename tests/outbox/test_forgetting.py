"""Mails to strangers are forgotten: the row stays, who got it and what it said do not."""

from __future__ import annotations

import pytest
from django.utils import timezone

from khuevan.outbox.actions import queue_mail
from khuevan.outbox.choices import MailState
from khuevan.outbox.forgetting import forget_mails
from khuevan.outbox.models import OutgoingMail

pytestmark = pytest.mark.django_db

SAID = ("to_name", "to_address", "folded", "subject", "text", "html", "last_error")


@pytest.fixture
def mails():
    for key in ("asked:1:a", "asked:1:b", "asked:12:a"):
        queue_mail(
            key=key,
            kind="DIGEST",
            subject="About Ann",
            text="Dear Ann",
            reason="You asked",
            to_name="Ann",
            to_address="ann@example.invalid",
        )
    return {mail.key: mail for mail in OutgoingMail.objects.all()}


def test_forgotten_mail_keeps_its_course_and_nothing_of_its_recipient(mails):
    OutgoingMail.objects.filter(key="asked:1:a").update(
        state=MailState.SENT, next_attempt_at=None, sent_at=timezone.now()
    )
    assert forget_mails(key_prefixes=["asked:1:"]) == 2
    rows = {mail.key: mail for mail in OutgoingMail.objects.all()}
    forgotten = ("", "forgotten@example.invalid", "", "—", "—", "", "")
    assert {key: tuple(getattr(mail, name) for name in SAID) == forgotten for key, mail in rows.items()} == {
        "asked:1:a": True,
        "asked:1:b": True,
        "asked:12:a": False,
    }
    assert {key: mail.state for key, mail in rows.items()} == {
        "asked:1:a": MailState.SENT,
        "asked:1:b": MailState.WITHDRAWN,
        "asked:12:a": MailState.WAITING,
    }
    assert forget_mails(key_prefixes=["asked:1:"]) == 0


def test_mail_that_is_leaving_is_forgotten_the_next_time(mails):
    now = timezone.now()
    OutgoingMail.objects.filter(key="asked:1:a").update(
        state=MailState.SENDING, next_attempt_at=None, claim=mails["asked:1:a"].boundary[-32:], claimed_at=now
    )
    assert forget_mails(key_prefixes=["asked:1:a"]) == 0
    OutgoingMail.objects.filter(key="asked:1:a").update(
        state=MailState.SENT, claim=None, claimed_at=None, sent_at=now
    )
    assert forget_mails(key_prefixes=["asked:1:a"]) == 1


def test_no_prefix_forgets_nothing(mails):
    assert forget_mails(key_prefixes=[]) == 0
