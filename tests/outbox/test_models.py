"""A mail that is kept says the same for ever, and its course is one that can be."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from khuevan.outbox.models import OutgoingMail
from tests.factories.outbox import queued_mail

pytestmark = pytest.mark.django_db

NOW = timezone.now()
CLAIM = {"claim": uuid.UUID(int=1), "claimed_at": NOW}


def test_what_a_mail_says_cannot_be_changed():
    mail = queued_mail()
    mail.subject = "Khác"
    with pytest.raises(TypeError, match="never by save"):
        mail.save()
    with pytest.raises(TypeError, match="subject, text"):
        OutgoingMail.objects.filter(pk=mail.pk).update(subject="Khác", text="Khác", state="SENT")
    with pytest.raises(TypeError, match="never changes"), transaction.atomic():
        OutgoingMail.objects.bulk_update([mail], ["subject"])
    assert OutgoingMail.objects.get().subject != "Khác"


def test_mails_cannot_be_deleted():
    mail = queued_mail()
    with pytest.raises(TypeError, match="cannot be deleted"):
        mail.delete()
    with pytest.raises(TypeError, match="cannot be deleted"):
        OutgoingMail.objects.all().delete()
    assert OutgoingMail.objects.get() == mail


@pytest.mark.parametrize(
    "course",
    [
        {"state": "LOST", "next_attempt_at": None},
        {"state": "WAITING", "next_attempt_at": None},
        {"state": "SENT", "next_attempt_at": None},
        {"state": "SENT", "sent_at": NOW},
        {"state": "WAITING", "sent_at": NOW},
        {"state": "SENDING", "next_attempt_at": None},
        {"state": "SENDING", "next_attempt_at": None, "claim": uuid.UUID(int=1)},
        {"state": "WAITING", **CLAIM},
        {"state": "REFUSED", "next_attempt_at": None},
        {"state": "UNCERTAIN", "next_attempt_at": None},
        {"state": "REFUSED", "next_attempt_at": None, "trouble": "REJECTED", **CLAIM},
    ],
)
def test_a_course_that_cannot_be_is_refused_by_the_database(course):
    mail = queued_mail()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**course)


@pytest.mark.parametrize(
    "course",
    [
        {"state": "SENDING", "next_attempt_at": None, **CLAIM},
        {"state": "SENT", "next_attempt_at": None, "sent_at": NOW},
        {"state": "UNCERTAIN", "next_attempt_at": None, "trouble": "ABANDONED", **CLAIM},
        {"state": "UNCERTAIN", "next_attempt_at": None, "trouble": "LOST_AFTER"},
        {"state": "REFUSED", "next_attempt_at": None, "trouble": "REJECTED"},
        {"state": "WITHDRAWN", "next_attempt_at": None},
        {"state": "WAITING", "trouble": "DEFERRED"},
    ],
)
def test_a_course_that_can_be_is_kept(course):
    mail = queued_mail()
    assert OutgoingMail.objects.filter(pk=mail.pk).update(**course) == 1
    assert OutgoingMail.objects.filter(pk=mail.pk, **course).count() == 1
