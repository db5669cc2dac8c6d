"""Which units report under a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from khuevan.people.models import Unit
from khuevan.reports.models import Cycle, FormSection, ReportingRule, UnitReport


def reporting_units(rule: ReportingRule, day: date) -> list[Unit]:
    """The units that exist on the day and are named in the rule or of one of its kinds, in the tree's order."""
    named = rule.reporters.values_list("unit", flat=True)
    return list(
        Unit.objects.on(day).filter(Q(pk__in=named) | Q(kind__in=rule.reporter_kinds)).order_by("path")
    )


@dataclass(frozen=True, slots=True)
class Membership:
    """What a cycle's list of units lacks: units that should report, and reports of units that are no more."""

    begun: tuple[Unit, ...]
    ended: tuple[UnitReport, ...]


def membership_of(cycle: Cycle, day: date) -> Membership:
    """What is to be done with the units of an open cycle on a day from its cut-off on. Four queries.

    A periodic report is asked of every unit that its rule names and that exists on the cut-off day and today still;
    which units a thematic report asks was said when it was opened.
    """
    reports = UnitReport.objects.filter(cycle=cycle)
    begun: list[Unit] = []
    if cycle.year is not None:
        there = set(reports.values_list("unit", flat=True))
        begun = [
            unit
            for unit in reporting_units(cycle.rule, cycle.last_date)
            if unit.pk not in there and (unit.valid_to is None or unit.valid_to >= day)
        ]
    ended = reports.owed().filter(unit__valid_to__lt=day).select_related("unit").order_by("unit__path")
    return Membership(tuple(begun), tuple(ended))


def asks(section: FormSection, unit: Unit) -> bool:
    """Whether the unit is asked this part of the form."""
    return not section.asked_kinds or unit.kind in section.asked_kinds


def names_apart(units: Iterable[Unit]) -> dict[int, str]:
    """The units' names by their keys; where several have one name, with the units above them, as far as it needs.

    Two communes may have one name under two bodies, and a list of names must say which of them it means. Parents
    are asked for only where names repeat.
    """
    chosen = list(units)
    names = {unit.pk: unit.name for unit in chosen}
    above = {unit.pk: unit.parent for unit in chosen} if _repeated(names) else {}
    while repeated := {key for key in _repeated(names) if above[key] is not None}:
        for key in repeated:
            if (parent := above[key]) is not None:
                names[key] = f"{names[key]} ({parent.name})"
                above[key] = parent.parent
    return names


def _repeated(names: dict[int, str]) -> set[int]:
    times = Counter(names.values())
    return {key for key, name in names.items() if times[name] > 1}
