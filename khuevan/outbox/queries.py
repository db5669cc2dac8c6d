"""Which mails a page shows, and how the outbox stands as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from khuevan.core.search import folded_words
from khuevan.outbox.choices import MailState, Trouble
from khuevan.outbox.models import OutgoingMail, OutgoingMailQuerySet
from khuevan.outbox.permissions import can_view_mail

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: the outbox knows nothing of people when it runs.


@dataclass(frozen=True, slots=True)
class MailCriteria:
    """What a list of mails is narrowed to; an empty value narrows nothing. Both days are inclusive."""

    words: str = ""
    state: str = ""
    kind: str = ""
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for."""
        return self != MailCriteria()


@dataclass(frozen=True, slots=True)
class Standing:
    """How many mails stand where, and the words of a mail server that cannot be reached ("" if it can)."""

    counts: dict[MailState, int]
    unreachable: bool
    words: str
    next_attempt_at: datetime.datetime | None


def mails(criteria: MailCriteria) -> OutgoingMailQuerySet:
    """The mails that meet the criteria, newest first, without their bodies.

    Words are looked for in the recipient's name and address, in any spelling of diacritics.
    """
    found: OutgoingMailQuerySet = OutgoingMail.objects.defer("text", "html")
    for word in folded_words(criteria.words).split():
        found = found.filter(folded__contains=word)
    if criteria.state:
        found = found.filter(state=criteria.state)
    if criteria.kind:
        found = found.filter(kind=criteria.kind)
    if criteria.first_day is not None:
        found = found.filter(day__gte=criteria.first_day)
    if criteria.last_day is not None:
        found = found.filter(day__lte=criteria.last_day)
    return found


def mail_for(user: User, pk: int) -> OutgoingMail | None:
    """The mail; None where there is none, or the person may not see it."""
    mail = OutgoingMail.objects.filter(pk=pk).first()
    return mail if mail is not None and can_view_mail(user, mail) else None


def standing() -> Standing:
    """How the outbox stands now. Two queries."""
    rows = OutgoingMail.objects.order_by().values_list("state").annotate(Count("id"))
    counts = {MailState(state): number for state, number in rows}
    stuck = (
        OutgoingMail.objects.filter(state=MailState.WAITING, trouble=Trouble.UNREACHABLE)
        .order_by("-next_attempt_at")
        .values_list("last_error", "next_attempt_at")
        .first()
    )
    words, next_attempt_at = stuck or ("", None)
    return Standing(counts, stuck is not None, words, next_attempt_at)


@dataclass(frozen=True, slots=True)
class MailCourse:
    """Where the mail of a key stands: its row, state, what went wrong, and when it left."""

    pk: int
    state: MailState
    trouble: str
    last_error: str
    sent_at: datetime.datetime | None


def courses_of(keys: Collection[str]) -> dict[str, MailCourse]:
    """Where the mail of each key stands, for the app that queued it; keys without a mail are left out."""
    rows = OutgoingMail.objects.filter(key__in=keys).values_list(
        "key", "pk", "state", "trouble", "last_error", "sent_at"
    )
    return {
        key: MailCourse(pk, MailState(state), trouble, words, sent_at)
        for key, pk, state, trouble, words, sent_at in rows
    }
