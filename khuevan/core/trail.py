"""Reads of the whole audit trail: what somebody asks for, newest first, a page at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from khuevan.core.models import AuditEntry
from khuevan.plain.folding import fold

ENTRIES_A_PAGE = 50
# Beyond this the page says "more than": counting on would read the whole trail.
COUNTED = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(-?[0-9]{1,18})-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class TrailCriteria:
    """What is asked for; what is empty is not asked. Days are the office's, both inclusive."""

    words: str = ""
    person: int | None = None
    verb: str = ""
    target_type: int | None = None
    target: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    position: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for at all."""
        return self != TrailCriteria()

    @property
    def chooses(self) -> bool:
        """Whether anything is asked for besides words."""
        return self != TrailCriteria(words=self.words)


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some entries, newest first, and whether there are newer and older ones that meet the criteria."""

    entries: list[AuditEntry]
    has_newer: bool
    has_older: bool


def entries_asked_for(criteria: TrailCriteria) -> QuerySet[AuditEntry]:
    """The entries that meet the criteria, newest first."""
    entries: QuerySet[AuditEntry] = AuditEntry.objects.order_by("-at", "-pk")
    for word in fold(criteria.words).split():
        entries = entries.filter(target_folded__contains=word)
    if criteria.person is not None:
        entries = entries.filter(by=criteria.person)
    if criteria.verb:
        entries = entries.filter(verb=criteria.verb)
    if criteria.target_type is not None:
        entries = entries.filter(target_type=criteria.target_type)
    if criteria.target is not None:
        entries = entries.filter(target_id=criteria.target)
    if criteria.first_day is not None:
        entries = entries.filter(at__gte=_midnight(criteria.first_day))
    if criteria.last_day is not None and criteria.last_day < date.max:
        entries = entries.filter(at__lt=_midnight(criteria.last_day + timedelta(days=1)))
    if criteria.position is not None:
        entries = entries.filter(link__position=criteria.position)
    return entries


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands among all in time; as text it can be part of an address."""

    at: datetime
    key: int

    @classmethod
    def of(cls, entry: AuditEntry) -> Place:
        """The entry's place."""
        return cls(entry.at, entry.pk)

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place that `str` gave; None for any other text."""
        match = _PLACE.fullmatch(text)
        if match is None:
            return None
        try:
            return cls(_EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.key}"


def page_of_trail(
    criteria: TrailCriteria, *, before: Place | None = None, after: Place | None = None
) -> TrailPage:
    """The newest page; or the one before (older than) or after (newer than) a place. One query.

    Found by the place in time and not by counting pages, so that the last page costs no more than the first.
    """
    entries = entries_asked_for(criteria).select_related("by", "target_type", "link")
    if before is not None:
        entries = entries.filter(Q(at__lt=before.at) | Q(pk__lt=before.key), at__lte=before.at)
    elif after is not None:
        newer = entries.filter(Q(at__gt=after.at) | Q(pk__gt=after.key), at__gte=after.at).order_by(
            "at", "pk"
        )
        found = list(newer[: ENTRIES_A_PAGE + 1])
        return TrailPage(found[:ENTRIES_A_PAGE][::-1], has_newer=len(found) > ENTRIES_A_PAGE, has_older=True)
    found = list(entries[: ENTRIES_A_PAGE + 1])
    return TrailPage(
        found[:ENTRIES_A_PAGE], has_newer=before is not None, has_older=len(found) > ENTRIES_A_PAGE
    )


def counted(criteria: TrailCriteria) -> int:
    """How many entries meet the criteria, at most one more than COUNTED."""
    return entries_asked_for(criteria).order_by()[: COUNTED + 1].count()


def people_in_trail() -> QuerySet[Any]:
    """The accounts that have left an entry."""
    return get_user_model().objects.filter(Exists(AuditEntry.objects.filter(by=OuterRef("pk"))))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
