"""What people do with a mail: send it again, withdraw it; who may, when, and what the trail keeps."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from khuevan.core.actions import action
from khuevan.core.queries import history_of
from khuevan.outbox import claims
from khuevan.outbox.actions import hold_back, resend, withdraw
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.sending import SendingReport, send_waiting
from khuevan.outbox.transport import Outcome, Result
from khuevan.people.choices import Role
from khuevan.people.models import User
from tests.factories.outbox import queued_mail
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db


def in_state(state: str, **course: object) -> OutgoingMail:
    """A mail in this state."""
    mail = queued_mail()
    trouble = {"UNCERTAIN": "LOST_AFTER", "REFUSED": "REJECTED"}.get(state, "")
    sent_at = timezone.now() if state == "SENT" else None
    claim = {"claim": uuid.uuid4(), "claimed_at": timezone.now()} if state == "SENDING" else {}
    next_attempt_at = mail.next_attempt_at if state == "WAITING" else None
    values = {"trouble": trouble, "sent_at": sent_at, "next_attempt_at": next_attempt_at, **claim, **course}
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **values)
    return OutgoingMail.objects.get(pk=mail.pk)


def trail(mail: OutgoingMail) -> list[tuple[str, str, dict[str, object]]]:
    return [(entry.by.username, entry.verb, entry.changes) for entry in history_of(mail)]


@pytest.mark.parametrize("state", ["UNCERTAIN", "REFUSED"])
def test_mail_sent_again_is_the_same_mail_once_more(smtp_server, settings, state):
    smtp_server.use(settings)
    officer = person_with_role(Role.PLANNING_OFFICER)
    mail = in_state(state, attempts=3)
    again = resend(by=officer, mail=mail)
    assert (again.state, again.attempts, again.trouble) == ("WAITING", 0, mail.trouble)
    assert trail(mail) == [
        (officer.username, "resend", {"state": [state, "WAITING"], "attempts": [3, 0]}),
    ]
    assert send_waiting() == SendingReport(sent=1)
    assert smtp_server.message_ids() == [mail.message_id]
    assert OutgoingMail.objects.get().state == "SENT"


@pytest.mark.parametrize("state", ["WAITING", "SENDING", "SENT", "WITHDRAWN"])
def test_mail_in_another_state_is_not_sent_again(state):
    mail = in_state(state)
    with pytest.raises(ValidationError):
        resend(by=person_with_role(Role.ADMINISTRATOR), mail=mail)
    assert OutgoingMail.objects.get().state == state
    assert trail(mail) == []


def test_two_people_send_a_mail_again_once():
    officer = person_with_role(Role.PLANNING_OFFICER)
    mail = in_state("UNCERTAIN")
    resend(by=officer, mail=mail)
    with pytest.raises(ValidationError):
        resend(by=officer, mail=mail)
    assert len(trail(mail)) == 1


def test_sender_has_no_say_over_a_mail_that_a_person_sends_again():
    mail = queued_mail()
    token = claims.claim(mail)
    claims.find_abandoned(datetime.timedelta(0))
    resend(by=person_with_role(Role.ADMINISTRATOR), mail=OutgoingMail.objects.get())
    assert claims.settle(mail, token, Outcome(Result.REJECTED)) is None
    assert OutgoingMail.objects.get().state == "WAITING"


def test_waiting_mail_is_withdrawn_and_never_leaves(mailoutbox):
    officer = person_with_role(Role.PLANNING_OFFICER)
    mail = in_state("WAITING")
    assert withdraw(by=officer, mail=mail).state == "WITHDRAWN"
    assert trail(mail) == [(officer.username, "withdraw", {"state": ["WAITING", "WITHDRAWN"]})]
    assert send_waiting() == SendingReport()
    assert mailoutbox == []
    # The key stays taken: who queues it again gets the withdrawn mail.
    assert queued_mail(key=mail.key).state == "WITHDRAWN"


@pytest.mark.parametrize("state", ["SENDING", "SENT", "UNCERTAIN", "REFUSED", "WITHDRAWN"])
def test_mail_that_is_no_longer_waiting_is_not_withdrawn(state):
    mail = in_state(state)
    with pytest.raises(ValidationError):
        withdraw(by=person_with_role(Role.ADMINISTRATOR), mail=mail)
    assert OutgoingMail.objects.get().state == state


@pytest.mark.parametrize("role", list(Role))
def test_planning_officers_and_administrators_act_on_mails(role):
    person = person_with_role(role)
    may = role in {Role.PLANNING_OFFICER, Role.ADMINISTRATOR}
    for state, deed, after in (("UNCERTAIN", resend, "WAITING"), ("WAITING", withdraw, "WITHDRAWN")):
        mail = in_state(state)
        if may:
            assert deed(by=person, mail=mail).state == after
        else:
            with pytest.raises(PermissionDenied):
                deed(by=person, mail=mail)


def test_app_holds_back_what_waits_and_hears_what_is_leaving():
    clerk = person_with_role(Role.AUDITOR)
    waiting, leaving, gone = in_state("WAITING"), in_state("SENDING"), in_state("SENT")

    @action
    def withdraw(*, by: User) -> frozenset[str]:
        return hold_back(keys=[waiting.key, leaving.key, gone.key, "no such mail"])

    assert withdraw(by=clerk) == {leaving.key}
    assert list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True)) == [
        "WITHDRAWN", "SENDING", "SENT",
    ]  # fmt: skip
    assert trail(waiting) == [(clerk.username, "withdraw", {"state": ["WAITING", "WITHDRAWN"]})]
