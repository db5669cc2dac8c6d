"""Queueing a mail: what is kept, what is refused, and who cannot be reached."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from khuevan.core import clock
from khuevan.outbox.actions import UnfitMail, queue_mail
from khuevan.outbox.kinds import is_kind, kind_label, register_kind
from khuevan.outbox.models import OutgoingMail
from tests.factories.outbox import queued_mail
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

MORNING = datetime.datetime(2025, 11, 20, 0, 30, tzinfo=datetime.UTC)


def kept_values(mail: OutgoingMail) -> dict[str, object]:
    """Every field of the mail but those that differ each time."""
    values = {field.name: field.value_from_object(mail) for field in mail._meta.concrete_fields}
    return {
        name: value for name, value in values.items() if name not in {"id", "message_id", "next_attempt_at"}
    }


def test_mail_to_a_person_is_kept_whole():
    person = UserFactory(full_name="Nguyễn Thị  Diễm", email="diem@example.invalid")
    with clock.stopped_at(MORNING):
        mail = queue_mail(
            key="digest:2025-11-20:17",
            kind="DIGEST",
            person=person,
            subject=" Việc hôm nay ",
            text="Một việc.\r\n",
            html="<p>Một việc.</p>",
            reason="Đồng chí là chuyên viên.",
        )
    assert kept_values(OutgoingMail.objects.get()) == {
        "key": "digest:2025-11-20:17",
        "kind": "DIGEST",
        "person": person.pk,
        "to_name": "Nguyễn Thị Diễm",
        "to_address": "diem@example.invalid",
        "folded": "nguyen thi diem diem example invalid",
        "subject": "Việc hôm nay",
        "text": "Một việc.\n",
        "html": "<p>Một việc.</p>\n",
        "reason": "Đồng chí là chuyên viên.",
        "day": datetime.date(2025, 11, 20),
        "created_at": MORNING,
        "state": "WAITING",
        "attempts": 0,
        "claim": None,
        "claimed_at": None,
        "sent_at": None,
        "trouble": "",
        "last_error": "",
    }
    assert mail == OutgoingMail.objects.get()
    # The moment of the attempt is the machine's, whatever day the office has.
    assert mail.next_attempt_at > timezone.now() - datetime.timedelta(minutes=1)


def test_mail_to_an_address_needs_no_person():
    mail = queued_mail(to_name="", to_address="phong@example.invalid")
    assert (mail.person, mail.to_name, mail.to_address) == (None, "", "phong@example.invalid")
    assert str(mail) == f"{mail.subject} → phong@example.invalid"


def test_the_same_key_gives_the_same_mail_whatever_it_says():
    first = queued_mail(key="digest:1", subject="Sáng")
    again = queued_mail(key="digest:1", subject="Chiều", to_address="ba@example.invalid")
    assert model_to_dict(again, fields=["id", "subject", "to_address"]) == model_to_dict(
        first, fields=["id", "subject", "to_address"]
    )
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("email", ["", "  ", "khong-co", "lan@example.invalid, ba@example.invalid"])
def test_person_without_a_usable_address_gets_none(email):
    person = UserFactory(email=email)
    values = {"subject": "Việc", "text": "Việc.", "reason": "Vì."}
    assert queue_mail(key="k", kind="DIGEST", person=person, **values) is None
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Việc\nBcc: all@example.invalid"},
        {"subject": " "},
        {"subject": "x" * 301},
        {"text": " \n"},
        {"reason": ""},
        {"reason": "Vì\r\nsao"},
        {"key": ""},
        {"key": "k" * 201},
        {"kind": "NEWSLETTER"},
        {"to_name": "Lan\nBcc: all@example.invalid"},
        {"to_address": "lan"},
        {"to_address": ""},
    ],
)
def test_what_mail_cannot_carry_is_refused_and_nothing_is_kept(wrong):
    with pytest.raises(UnfitMail):
        queued_mail(**wrong)
    assert OutgoingMail.objects.count() == 0


def test_mail_goes_to_a_person_or_to_an_address():
    with pytest.raises(UnfitMail, match="name one of the two"):
        queued_mail(person=UserFactory(), to_address="lan@example.invalid")


@transaction.atomic
def queue_and_fail() -> None:
    """What a caller does whose own work fails after the mail was queued."""
    queued_mail(person=UserFactory())
    raise RuntimeError


def test_mail_is_kept_with_the_callers_rows_or_not_at_all():
    with pytest.raises(RuntimeError):
        queue_and_fail()
    assert OutgoingMail.objects.count() == 0


def test_kinds_have_names_and_codes():
    assert (is_kind("DIGEST"), is_kind("ALARM")) == (True, False)
    register_kind("TEST_ALARM", "Báo động")
    assert (is_kind("TEST_ALARM"), kind_label("TEST_ALARM"), kind_label("GONE")) == (True, "Báo động", "GONE")
    with pytest.raises(ValueError, match="is no code"):
        register_kind("alarm", "Báo động")
