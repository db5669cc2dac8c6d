"""How far the units of a cycle are: who has sent, who has begun, who has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from khuevan.core.search import folded_words
from khuevan.people.choices import UnitKind
from khuevan.people.queries import answerable_people
from khuevan.reports.choices import Standing, UnitGroup, UnitReportState
from khuevan.reports.models import Cycle, UnitReport

_OF_THE_LOWER_TIER = (UnitKind.WARD, UnitKind.COMMUNE)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit in a cycle. `is_late`: it sent after the deadline, or has not sent and the deadline has passed."""

    report: UnitReport
    standing: Standing
    group: UnitGroup
    is_late: bool

    @property
    def owes(self) -> bool:
        """Whether it is the unit's turn."""
        return self.standing != Standing.SENT


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units are how far. `late_sent` sent after the deadline, `late_owed` let it pass."""

    all: int
    sent: int
    returned: int
    begun: int
    untouched: int
    late_sent: int
    late_owed: int

    @property
    def owed(self) -> int:
        """How many have not sent."""
        return self.all - self.sent


def standings_of(cycle: Cycle, day: date, unit_ids: Collection[int] | None = None) -> list[UnitStanding]:
    """Every unit of the cycle (or those of `unit_ids`) in the order of the tree. One query."""
    reports = (
        UnitReport.objects.asked()
        .filter(cycle=cycle)
        .select_related("unit", "saved_by", "sent_by", "returned_by")
    )
    if unit_ids is not None:
        reports = reports.filter(unit__in=unit_ids)
    return [_standing(report, cycle.due_date, day) for report in reports.order_by("unit__path", "pk")]


def _standing(report: UnitReport, due: date, day: date) -> UnitStanding:
    if report.state == UnitReportState.SENT:
        late = report.sent_at is not None and timezone.localdate(report.sent_at) > due
        return UnitStanding(report, Standing.SENT, group_of(report.unit.kind), late)
    if report.state == UnitReportState.RETURNED:
        standing = Standing.RETURNED
    else:
        standing = Standing.BEGUN if report.saved_at is not None else Standing.UNTOUCHED
    return UnitStanding(report, standing, group_of(report.unit.kind), day > due)


def group_of(kind: str) -> UnitGroup:
    """To which of the two groups a unit of the kind belongs."""
    return UnitGroup.WARDS if kind in _OF_THE_LOWER_TIER else UnitGroup.UNITS


def tally_of(standings: Iterable[UnitStanding]) -> Tally:
    """The units counted."""
    rows = list(standings)
    found = Counter(row.standing for row in rows)
    return Tally(
        len(rows), found[Standing.SENT], found[Standing.RETURNED], found[Standing.BEGUN],
        found[Standing.UNTOUCHED], sum(row.is_late and not row.owes for row in rows),
        sum(row.is_late and row.owes for row in rows),
    )  # fmt: skip


def named_like(standings: Iterable[UnitStanding], words: str) -> list[UnitStanding]:
    """Those whose name or abbreviation holds every word, whatever its diacritics."""
    wanted = folded_words(words).split()
    return [
        row
        for row in standings
        if all(
            word in folded_words(f"{row.report.unit.name} {row.report.unit.short_name}") for word in wanted
        )
    ]


def silent_unit_ids(standings: Sequence[UnitStanding], day: date) -> frozenset[int]:
    """The units that owe and to which no mail can go: nobody answers for them, or nobody with an address."""
    owing = [row.report.unit_id for row in standings if row.owes]
    people = answerable_people(owing, day)
    return frozenset(
        unit
        for unit in owing
        if not any(person.email for person in (*people[unit].officers, *people[unit].heads))
    )
