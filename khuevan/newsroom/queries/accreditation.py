"""Requests for accreditation by press conference. There is no query by person, and none across conferences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from khuevan.newsroom.accreditation_rules import kept_until
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.models import AccreditationRequest, PressConferencePage
from khuevan.newsroom.permissions import can_accredit
from khuevan.people.models import User


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    """One press conference with its requests counted, over the pages of all its languages.

    `page` is the page that staff read: the Vietnamese one where there is one.
    """

    page: PressConferencePage
    asked: int
    approved: int
    declined: int

    @property
    def total(self) -> int:
        """All requests."""
        return self.asked + self.approved + self.declined

    @property
    def kept_until(self) -> date:
        """The last day on which its requests are kept."""
        return kept_until(self.page)


def conference_lines(moment: datetime) -> tuple[list[ConferenceLine], list[ConferenceLine]]:
    """Announced conferences to come, the next first; and those over of which requests are still kept."""
    pages = PressConferencePage.objects.select_related("locale").order_by("begins_at", "pk")
    counts = _counts()
    best: dict[UUID, PressConferencePage] = {}
    for page in pages:
        there = best.get(page.translation_key)
        if there is None or page.locale.language_code == "vi":
            best[page.translation_key] = page
    lines = [_line(page, counts) for page in best.values()]
    coming = [line for line in lines if (line.page.ends_at or line.page.begins_at) >= moment]
    past = [line for line in reversed(lines) if line.total and line not in coming]
    return [line for line in coming if line.page.live or line.total], past


def conference_line(page: PressConferencePage) -> ConferenceLine:
    """The conference of the page, with its requests counted. Two queries."""
    pages = PressConferencePage.objects.filter(translation_key=page.translation_key).select_related("locale")
    shown = next((each for each in pages if each.locale.language_code == "vi"), page)
    return _line(shown, _counts(page.translation_key))


def requests_of(
    conference: PressConferencePage, states: Collection[str] = ()
) -> QuerySet[AccreditationRequest]:
    """The requests for the conference in whatever language they were made, the first to ask first."""
    found = AccreditationRequest.objects.filter(conference__translation_key=conference.translation_key)
    if states:
        found = found.filter(state__in=states)
    return (
        found.select_related("conference", "decided_by").prefetch_related("files").order_by("asked_at", "pk")
    )


def waiting_accreditations(person: User, day: date) -> int:
    """How many requests wait for a decision; nought for whoever does not decide."""
    if not can_accredit(person, day):
        return 0
    return AccreditationRequest.objects.filter(state=AccreditationState.ASKED).count()


def _counts(key: UUID | None = None) -> dict[UUID, dict[str, int]]:
    found = AccreditationRequest.objects.order_by()
    if key is not None:
        found = found.filter(conference__translation_key=key)
    rows = found.values("conference__translation_key").annotate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in AccreditationState}
    )
    # The published types know nothing of the columns that are counted.
    counted: Iterable[Any] = rows
    return {row["conference__translation_key"]: row for row in counted}


def _line(page: PressConferencePage, counts: dict[UUID, dict[str, int]]) -> ConferenceLine:
    row = counts.get(page.translation_key, {})
    return ConferenceLine(
        page,
        asked=row.get(AccreditationState.ASKED, 0),
        approved=row.get(AccreditationState.APPROVED, 0),
        declined=row.get(AccreditationState.DECLINED, 0),
    )
