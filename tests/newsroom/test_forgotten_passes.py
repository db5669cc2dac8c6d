"""Passes are no register of reporters: nothing of a reporter stays in the trail, the outbox or the table."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.newsroom.actions import give_pass, make_pass, revoke_pass
from khuevan.newsroom.jobs import forget_pass_holders
from khuevan.newsroom.models import EmbargoPass
from khuevan.outbox.choices import MailState
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from tests.factories.newsroom import story
from tests.factories.passes import pass_and_secret
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db

JANE = ("Jane", "jane@", "The Outlet", "example.invalid/pass")


@pytest.fixture
def mailed():
    """A pass whose address went out by mail; its embargo ends in two days, the pass in one."""
    piece = pass_and_secret()[0].page.specific
    EmbargoPass.objects.all()._raw_delete(EmbargoPass.objects.db)
    made, _address = give_pass(
        by=person_with_role(Role.EDITOR),
        page=piece,
        name="Jane Reporter",
        outlet="The Outlet",
        email="jane@example.org",
        expires_at=clock.now() + timedelta(days=1),
        address_of=lambda secret: f"https://example.invalid/pass/{secret}/",
        by_mail=True,
    )
    return made


def words_in(text: str) -> list[str]:
    return [word for word in JANE if word in text]


def mails() -> str:
    return json.dumps(
        list(OutgoingMail.objects.values("key", "to_name", "to_address", "folded", "subject", "text"))
    )


def trail() -> str:
    return json.dumps(
        list(AuditEntry.objects.values("target_label", "target_folded", "changes")), default=str
    )


def set_mail(state: str, **values: object) -> None:
    models.QuerySet(OutgoingMail).update(state=state, **values)


def test_the_trail_names_the_pass_and_not_the_reporter(mailed):
    revoke_pass(by=person_with_role(Role.EDITOR), embargo_pass=mailed)
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert ({"make_pass", "revoke_pass"} <= verbs, words_in(trail()), str(mailed.pk) in trail()) == (
        True,
        [],
        True,
    )


def test_a_pass_to_what_nobody_approved_is_refused():
    piece = story(embargo_until=clock.now() + timedelta(days=2))
    with pytest.raises(ValidationError, match="not approved yet"):
        make_pass(
            by=person_with_role(Role.EDITOR),
            page=piece,
            name="Jane Reporter",
            outlet="The Outlet",
            email="jane@example.org",
            expires_at=clock.now() + timedelta(days=1),
        )
    assert EmbargoPass.objects.count() == 0


def test_the_mail_of_a_revoked_pass_is_withdrawn_and_forgotten(mailed):
    assert words_in(mails()) == list(JANE)
    revoke_pass(by=person_with_role(Role.EDITOR), embargo_pass=mailed)
    assert (words_in(mails()), OutgoingMail.objects.get().state) == ([], MailState.WITHDRAWN)


def test_the_mail_goes_when_the_pass_has_ended_and_the_pass_weeks_after_the_embargo(mailed):
    set_mail(MailState.SENT, sent_at=clock.now(), next_attempt_at=None)
    embargo = mailed.page.specific.embargo_until
    with clock.stopped_at(mailed.expires_at - timedelta(seconds=1)):
        assert (forget_pass_holders(), words_in(mails())) == ("", list(JANE))
    with clock.stopped_at(mailed.expires_at):
        assert (forget_pass_holders(), words_in(mails()), EmbargoPass.objects.count()) == ("", [], 1)
    with clock.stopped_at(embargo + timedelta(days=30, seconds=-1)):
        assert (forget_pass_holders(), EmbargoPass.objects.count()) == ("", 1)
    with clock.stopped_at(embargo + timedelta(days=30)):
        assert (forget_pass_holders(), EmbargoPass.objects.count()) == ("1 pass deleted", 0)
    assert words_in(trail()) == []


def test_a_pass_whose_mail_is_leaving_waits_for_the_next_night(mailed):
    claimed = {
        "next_attempt_at": None,
        "claim": "5f6c1c1e-5d57-4a3f-9f3e-0a1a9f8f5a01",
        "claimed_at": clock.now(),
    }
    set_mail(MailState.SENDING, **claimed)
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        assert (forget_pass_holders(), EmbargoPass.objects.count()) == ("", 1)
        set_mail(MailState.SENT, sent_at=clock.now(), claim=None, claimed_at=None)
        assert (forget_pass_holders(), EmbargoPass.objects.count(), words_in(mails())) == (
            "1 pass deleted", 0, [],
        )  # fmt: skip
