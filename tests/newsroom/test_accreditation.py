"""Reporters ask, officers decide, and afterwards nothing of a reporter is left."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.core.private_files import private_storage
from khuevan.newsroom import accreditation_rules
from khuevan.newsroom.actions import (
    ReporterAnswers,
    approve_accreditations,
    ask_accreditation,
    decide_accreditation,
    delete_accreditation,
    delete_outdated_accreditations,
    keep_contact,
)
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.jobs import forget_reporters
from khuevan.newsroom.models import AccreditationFile, AccreditationRequest, Contact
from khuevan.newsroom.press_queries import contacts_on
from khuevan.outbox.choices import MailState
from khuevan.outbox.forgetting import NOBODY
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from khuevan.people.queries import system_person
from tests.factories.newsroom import locale
from tests.factories.people import person_with_role
from tests.factories.press import asked, conference, press_room

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BEGINS = datetime(2026, 12, 10, 9, 0, tzinfo=HANOI)
UNTIL = datetime(2026, 12, 7, 17, 0, tzinfo=HANOI)
ANSWERS = ReporterAnswers(
    name="Ingrid Beispiel", outlet="Northern Radio", country="Norway", email="ingrid@example.invalid"
)


@pytest.fixture
def coming():
    return conference(begins_at=BEGINS, accreditation_until=UNTIL)


@pytest.fixture
def editor():
    return person_with_role(Role.EDITOR)


def ask(page, at, key=None, email=ANSWERS.email, name=ANSWERS.name):
    with clock.stopped_at(at):
        return ask_accreditation(
            by=system_person(),
            conference=page,
            answers=replace(ANSWERS, email=email, name=name),
            papers={},
            language=page.locale.language_code,
            form_key=key or uuid.uuid4(),
        )


def in_french(page):
    press_room("fr")
    made = page.copy_for_translation(locale("fr"), copy_parents=True)
    made.save_revision().publish()
    return type(page).objects.get(pk=made.pk)


def mails():
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to_address", "subject"))


def test_request_is_taken_until_the_deadline_and_not_at_it(coming):
    ask(coming, UNTIL - timedelta(seconds=1))
    for late in (UNTIL, UNTIL + timedelta(minutes=1)):
        with pytest.raises(ValidationError, match="closed"):
            ask(coming, late)
    assert AccreditationRequest.objects.count() == 1


def test_conference_without_a_deadline_or_not_public_takes_no_request():
    with pytest.raises(ValidationError, match="closed"):
        ask(conference(begins_at=BEGINS, accreditation_until=None), UNTIL - timedelta(days=1))
    with pytest.raises(ValidationError, match="not announced"):
        ask(conference(begins_at=BEGINS, live=False), UNTIL - timedelta(days=1))


def test_form_that_is_sent_twice_makes_one_request_and_one_mail(coming):
    key = uuid.uuid4()
    first = ask(coming, UNTIL - timedelta(days=1), key)
    # Also where the second sending comes after the deadline: the reporter hears the same.
    again = ask(coming, UNTIL + timedelta(minutes=1), key)
    assert (again.pk, AccreditationRequest.objects.count()) == (first.pk, 1)
    assert mails() == [
        ("ACCREDITATION", "ingrid@example.invalid", "We have your request: An autumn of crafts")
    ]


def test_one_address_asks_once_and_is_sent_one_mail_in_whatever_language(coming):
    moment = UNTIL - timedelta(days=1)
    first = ask(coming, moment)
    french = in_french(coming)
    again = [ask(coming, moment, email="INGRID@example.invalid"), ask(french, moment, name="Another Name")]
    assert [each.pk for each in again] == [first.pk, first.pk]
    assert (AccreditationRequest.objects.get().name, len(mails())) == ("Ingrid Beispiel", 1)
    # The other conference is another matter.
    ask(conference(begins_at=BEGINS), moment)
    assert (AccreditationRequest.objects.count(), len(mails())) == (2, 2)


def test_mail_to_an_address_that_nobody_looked_at_carries_no_word_of_the_sender(coming, editor):
    request = ask(coming, UNTIL - timedelta(days=1), name="WIN at http evil.example")
    arrival = OutgoingMail.objects.get()
    assert (arrival.to_name, "evil" in f"{arrival.subject}{arrival.text}{arrival.html}") == ("", False)
    assert arrival.text.startswith("Good day,\n")
    decide_accreditation(by=editor, request=request, state=AccreditationState.APPROVED)
    assert OutgoingMail.objects.latest("pk").text.startswith("Dear WIN at http evil.example,\n")


def test_many_requests_are_told_to_those_who_decide_and_shut_nobody_out(coming, editor, monkeypatch):
    monkeypatch.setattr("khuevan.newsroom.actions.accreditation.MANY_REQUESTS", 2)
    french = in_french(coming)
    for number, page in enumerate((coming, french, coming)):
        ask(page, UNTIL - timedelta(days=1), email=f"reporter{number}@example.invalid")
    told = OutgoingMail.objects.filter(person__isnull=False)
    assert list(told.values_list("person", flat=True)) == [editor.pk]
    assert "2 " in told.get().text
    assert AccreditationRequest.objects.count() == 3


def test_flood_ends_at_the_most_requests_of_a_conference_in_all_languages(coming, monkeypatch):
    monkeypatch.setattr("khuevan.newsroom.actions.accreditation.MOST_REQUESTS", 2)
    french = in_french(coming)
    for number, page in enumerate((coming, french)):
        ask(page, UNTIL - timedelta(days=1), email=f"reporter{number}@example.invalid")
    for page in (coming, french):
        with pytest.raises(ValidationError):
            ask(page, UNTIL - timedelta(days=1), email="another@example.invalid")
    assert AccreditationRequest.objects.count() == 2


def test_request_whose_mail_is_leaving_is_deleted_later_with_its_mail(coming, editor):
    request = asked(coming, at=UNTIL - timedelta(days=1))
    paper = AccreditationFile.objects.get().file.name
    claimed = {"claim": uuid.uuid4(), "claimed_at": clock.now(), "next_attempt_at": None}
    models.QuerySet(OutgoingMail).update(state=MailState.SENDING, **claimed)
    with pytest.raises(ValidationError, match="being sent at this moment"):
        delete_accreditation(by=editor, request=request)
    night = date(2027, 3, 1)
    assert delete_outdated_accreditations(by=system_person(), day=night) == 0
    assert (AccreditationRequest.objects.count(), private_storage().exists(paper)) == (1, True)
    models.QuerySet(OutgoingMail).update(
        state=MailState.SENT, claim=None, claimed_at=None, sent_at=clock.now()
    )
    assert delete_outdated_accreditations(by=system_person(), day=night) == 1
    assert (AccreditationRequest.objects.count(), OutgoingMail.objects.get().to_address) == (0, NOBODY)


def test_a_conference_has_one_deadline_and_one_time_in_all_languages(coming):
    french = in_french(coming)
    changed = coming.get_latest_revision_as_object()
    changed.accreditation_until, changed.begins_at = UNTIL - timedelta(days=2), BEGINS + timedelta(hours=1)
    changed.save_revision().publish()
    french.refresh_from_db()
    moved = (UNTIL - timedelta(days=2), BEGINS + timedelta(hours=1))
    assert (french.accreditation_until, french.begins_at) == moved
    with pytest.raises(ValidationError):
        ask(french, UNTIL - timedelta(days=1))
    # What a translator writes on, holds the same.
    draft = french.get_latest_revision_as_object()
    assert (draft.accreditation_until, draft.begins_at) == moved
    draft.accreditation_until = UNTIL
    draft.save_revision().publish()
    french.refresh_from_db()
    assert french.accreditation_until == UNTIL - timedelta(days=2)


def test_mails_speak_the_language_of_the_page(editor):
    page = conference("vi", title="Mùa thu làng nghề", begins_at=BEGINS, accreditation_until=UNTIL)
    request = asked(page, at=UNTIL - timedelta(days=1))
    decide_accreditation(by=editor, request=request, state=AccreditationState.DECLINED, words="Hết chỗ.")
    first, second = OutgoingMail.objects.order_by("pk")
    assert first.subject == "Đã nhận đề nghị của ông/bà: Mùa thu làng nghề"
    assert "Thứ Năm, 10/12/2026\n09:00, giờ Hà Nội (UTC+7)" in first.text
    assert "09/01/2027" in first.text
    assert (second.subject, "Hết chỗ." in second.text) == ("Chưa thể đăng ký dự: Mùa thu làng nghề", True)


def test_decision_is_told_once_and_a_changed_one_again(coming, editor):
    request = asked(coming, at=UNTIL - timedelta(days=1))
    for _twice in range(2):
        decide_accreditation(by=editor, request=request, state=AccreditationState.APPROVED)
    decide_accreditation(
        by=editor, request=request, state=AccreditationState.DECLINED, words="The room is full."
    )
    assert [subject for _kind, _to, subject in mails()] == [
        "We have your request: An autumn of crafts",
        "You are accredited: An autumn of crafts",
        "No accreditation: An autumn of crafts",
    ]
    request.refresh_from_db()
    assert (request.state, request.decided_by, request.decision_words) == (
        AccreditationState.DECLINED,
        editor,
        "The room is full.",
    )


def test_refusal_without_a_word_is_refused(coming, editor):
    request = asked(coming, at=UNTIL - timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        decide_accreditation(by=editor, request=request, state=AccreditationState.DECLINED, words="  ")
    assert refused.value.message_dict == {"words": ["Tell the reporter why, in a sentence."]}


def test_many_are_approved_at_once_but_only_those_who_wait_for_this_conference(coming, editor):
    moment = UNTIL - timedelta(days=1)
    one, two, declined = (asked(coming, at=moment) for _number in range(3))
    elsewhere = asked(conference(begins_at=BEGINS), at=moment)
    decide_accreditation(by=editor, request=declined, state=AccreditationState.DECLINED, words="No.")
    keys = [one.pk, two.pk, declined.pk, elsewhere.pk]
    assert approve_accreditations(by=editor, conference=coming, requests=keys) == 2
    states = dict(AccreditationRequest.objects.values_list("pk", "state"))
    assert [states[key] for key in keys] == ["APPROVED", "APPROVED", "DECLINED", "ASKED"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EDITOR, Role.DIRECTOR, Role.DEPUTY_DIRECTOR}))
def test_nobody_else_decides_deletes_or_keeps_contacts(coming, role):
    person = person_with_role(role)
    request = asked(coming, at=UNTIL - timedelta(days=1))
    for attempt in (
        lambda: decide_accreditation(by=person, request=request, state=AccreditationState.APPROVED),
        lambda: approve_accreditations(by=person, conference=coming, requests=[request.pk]),
        lambda: delete_accreditation(by=person, request=request),
        lambda: keep_contact(by=person, contact=Contact(name="A", post="B", email="a@example.org")),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_after_its_last_day_nothing_of_the_reporter_is_left(coming, editor):
    request = asked(coming, at=UNTIL - timedelta(days=1), telephone="+47 000", press_card="EX-1")
    decide_accreditation(by=editor, request=request, state=AccreditationState.APPROVED)
    (file,) = AccreditationFile.objects.all()
    assert (request.delete_after, private_storage().exists(file.file.name)) == (date(2027, 1, 9), True)
    last_day = datetime(2027, 1, 9, 23, 59, tzinfo=HANOI)
    with clock.stopped_at(last_day):
        assert forget_reporters() == ""
    with clock.stopped_at(last_day + timedelta(minutes=1)):
        assert forget_reporters() == "1 request deleted"
        assert forget_reporters() == ""
    assert (AccreditationRequest.objects.count(), AccreditationFile.objects.count()) == (0, 0)
    assert private_storage().exists(file.file.name) is False
    kept = json.dumps(
        [list(OutgoingMail.objects.values("key", "to_name", "to_address", "folded", "subject", "text"))]
    )
    trail = json.dumps(
        list(AuditEntry.objects.values("target_label", "target_folded", "changes")), default=str
    )
    for word in ("Ingrid", "ingrid", "Northern", "Norway", "+47", "EX-1", "card.jpg"):
        assert (word in kept, word in trail) == (False, False), word
    # A mail that had not left is not sent to nobody.
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.WITHDRAWN}
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True).distinct())
    assert {"ask_accreditation", "decide_accreditation", "delete_outdated_accreditations"} <= set(verbs)


def test_conference_that_was_moved_moves_the_last_day(coming):
    request = asked(coming, at=UNTIL - timedelta(days=1))
    coming.begins_at = BEGINS + timedelta(days=60)
    coming.save()
    assert delete_outdated_accreditations(by=system_person(), day=date(2027, 1, 10)) == 0
    request.refresh_from_db()
    assert request.delete_after == accreditation_rules.kept_until(coming) == date(2027, 3, 10)


def test_request_is_taken_out_at_once_where_the_reporter_asks_for_it(coming, editor):
    request = asked(coming, at=UNTIL - timedelta(days=1))
    (file,) = AccreditationFile.objects.all()
    delete_accreditation(by=editor, request=request)
    assert (AccreditationRequest.objects.count(), private_storage().exists(file.file.name)) == (0, False)


def test_contacts_are_those_of_the_day(editor):
    day = date(2026, 12, 1)
    for name, since, until in (
        ("Today", None, None),
        ("First day", day, None),
        ("Last day", None, day),
        ("Yesterday", None, day - timedelta(days=1)),
        ("Tomorrow", day + timedelta(days=1), None),
    ):
        contact = Contact(name=name, post="Post", email="a@example.org", since_date=since, until_date=until)
        keep_contact(by=editor, contact=contact)
    assert [contact.name for contact in contacts_on(day)] == ["First day", "Last day", "Today"]


def test_contact_whom_nobody_could_reach_is_refused(editor):
    with pytest.raises(ValidationError, match="telephone number or an e-mail"):
        keep_contact(by=editor, contact=Contact(name="A", post="B"))


def test_page_of_a_request_says_when_it_cannot_be_deleted_yet(coming, editor, client):
    request = asked(coming, at=UNTIL - timedelta(days=1))
    claimed = {"claim": uuid.uuid4(), "claimed_at": clock.now(), "next_attempt_at": None}
    models.QuerySet(OutgoingMail).update(state=MailState.SENDING, **claimed)
    client.force_login(editor)
    address = reverse("press:request", args=[request.pk])
    answer = client.post(address, {"deed": "delete"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "Một thư đang được gửi cho phóng viên này" in answer.content.decode()
    assert AccreditationRequest.objects.count() == 1
