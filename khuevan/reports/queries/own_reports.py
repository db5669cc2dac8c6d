"""The reports of the units for which a person fills, in the order in which they want work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, F, IntegerField, Q, QuerySet, Value, When

from khuevan.core.search import search_folded
from khuevan.people.models import Unit, User
from khuevan.reports.choices import OWED_STATES, CycleState, UnitReportState
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.permissions import filling_unit_ids

OWED, OPEN, EARLIER = 0, 1, 2
_OPEN = Q(cycle__state=CycleState.OPEN)


@dataclass(frozen=True, slots=True)
class OwnReportsAsked:
    """What narrows the list: words of the unit's name, one of the states (or LATE), a cycle."""

    words: str = ""
    state: str = ""
    cycle: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.state or self.cycle)


def own_reports(person: User, day: date, asked: OwnReportsAsked | None = None) -> QuerySet[Any]:
    """Reports with `rank`: OWED (an open cycle waits for them, the earliest due first), OPEN (sent), EARLIER."""
    wish = asked or OwnReportsAsked()
    found = UnitReport.objects.filter(unit__in=filling_unit_ids(person, day))
    if wish.words:
        units = search_folded(Unit.objects.all(), wish.words)
        found = found.filter(unit__in=units.order_by().values("pk"))
    if wish.state == "LATE":
        found = found.owed().filter(_OPEN, cycle__due_date__lt=day)
    elif wish.state in UnitReportState.values:
        found = found.filter(state=wish.state)
    if wish.cycle:
        found = found.filter(cycle=wish.cycle)
    rank = Case(
        When(_OPEN & Q(state__in=OWED_STATES), then=Value(OWED)),
        When(_OPEN & ~Q(state=UnitReportState.RELEASED), then=Value(OPEN)),
        default=Value(EARLIER),
        output_field=IntegerField(),
    )
    due = Case(When(_OPEN, then=F("cycle__due_date")), default=None, output_field=DateField())
    ordered: QuerySet[Any] = (
        found.annotate(rank=rank, open_due=due)
        .select_related("cycle", "unit", "saved_by", "sent_by")
        .order_by("rank", "open_due", "-cycle__last_date", "-cycle", "unit__path", "pk")
    )
    return ordered


@dataclass(frozen=True, slots=True)
class OwnReportsCount:
    """How many reports of the person's units open cycles wait for, and how many of them are late."""

    owed: int
    late: int


def own_reports_count(person: User, day: date) -> OwnReportsCount:
    """What the person's units owe on the day. One query."""
    counts = (
        UnitReport.objects.owed()
        .filter(_OPEN, unit__in=filling_unit_ids(person, day))
        .aggregate(owed=Count("pk"), late=Count("pk", filter=Q(cycle__due_date__lt=day)))
    )
    return OwnReportsCount(counts["owed"], counts["late"])


def cycles_of_own_units(person: User, day: date) -> list[tuple[int, str]]:
    """The cycles in which the person's units report, as (key, name), the newest first."""
    rows = Cycle.objects.filter(unit_reports__unit__in=filling_unit_ids(person, day))
    return list(rows.distinct().order_by("-last_date", "-pk").values_list("pk", "name"))
