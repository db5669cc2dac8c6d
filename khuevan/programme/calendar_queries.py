"""What falls due in a stretch of days: a bounded number of entries a day, and how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from khuevan.programme.choices import OWED_STATES, InstalmentState, StepState
from khuevan.programme.lines import UnitName
from khuevan.programme.planning_scope import Scope, instalments_in, steps_in


@dataclass(frozen=True, slots=True)
class DueEntry:
    """An instalment, or a step (`step`; `text` is then its title), that falls due on `day`."""

    pk: int
    step: bool
    task: int
    number: int
    text: str
    unit: UnitName
    day: date
    state: str
    role: str = ""

    @property
    def turn(self) -> int:
        """Whose turn it is, for sorting: 0 the unit's, 1 somebody else's, 2 nobody's."""
        if self.step:
            return 2 if self.state == StepState.DONE else 0
        if self.state in OWED_STATES:
            return 0
        return 1 if self.state == InstalmentState.REPORTED else 2


@dataclass(frozen=True, slots=True)
class DueDay:
    """What falls due on a day: the first entries, and how many there are."""

    entries: tuple[DueEntry, ...]
    count: int


NOTHING = DueDay((), 0)

INSTALMENT_FIELDS = (
    "pk", "assignment__task", "assignment__task__order", "assignment__task__text", "assignment__unit",
    "assignment__unit__name", "assignment__unit__short_name", "due_date", "state", "assignment__role",
)  # fmt: skip
STEP_FIELDS = (
    "pk", "task", "task__order", "title", "unit", "unit__name", "unit__short_name", "due_date", "state",
)  # fmt: skip


def due_days(scope: Scope, first: date, last: date, most: int) -> dict[date, DueDay]:
    """The days from `first` to `last` on which something falls due, each with at most `most` entries.

    What the units still owe stands first, then what waits, then what is done. Four queries.
    """
    instalments = _instalments(scope).filter(due_date__range=(first, last))
    steps = steps_in(scope).filter(due_date__range=(first, last))
    counts: dict[date, int] = defaultdict(int)
    for rows in (instalments, steps):
        for day, count in rows.order_by().values_list("due_date").annotate(count=Count("pk")):
            counts[day] += count
    found: dict[date, list[DueEntry]] = defaultdict(list)
    place = Window(
        RowNumber(), partition_by=F("due_date"), order_by=["turn", "assignment__task__order", "pk"]
    )
    step_place = Window(RowNumber(), partition_by=F("due_date"), order_by=["turn", "task__order", "pk"])
    kept = _entries(
        instalments.annotate(turn=_turn(), place=place).filter(place__lte=most),
        steps.annotate(turn=_step_turn(), place=step_place).filter(place__lte=most),
    )
    for entry in kept:
        found[entry.day].append(entry)
    return {day: DueDay(_in_order(found[day])[:most], count) for day, count in counts.items()}


def entries_of_day(scope: Scope, day: date) -> list[DueEntry]:
    """Everything that falls due on the day, in the order of the calendar. Two queries."""
    return list(
        _in_order(_entries(_instalments(scope).filter(due_date=day), steps_in(scope).filter(due_date=day)))
    )


def _instalments(scope: Scope) -> QuerySet[Any]:
    return instalments_in(scope).exclude(state=InstalmentState.CANCELLED)


def _entries(instalments: QuerySet[Any], steps: QuerySet[Any]) -> list[DueEntry]:
    found = [
        DueEntry(pk, False, task, order + 1, text, UnitName(unit, name, short), day, state, role)
        for pk, task, order, text, unit, name, short, day, state, role in instalments.values_list(
            *INSTALMENT_FIELDS
        )
    ]
    found += [
        DueEntry(pk, True, task, order + 1, title, UnitName(unit, name, short), day, state)
        for pk, task, order, title, unit, name, short, day, state in steps.values_list(*STEP_FIELDS)
    ]
    return found


def _in_order(entries: Iterable[DueEntry]) -> tuple[DueEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.turn, entry.number, entry.step, entry.pk)))


def _turn() -> Case:
    """The order of `DueEntry.turn`, for the database."""
    return Case(
        When(state__in=OWED_STATES, then=Value(0)),
        When(state=InstalmentState.REPORTED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _step_turn() -> Case:
    return Case(When(state=StepState.DONE, then=Value(2)), default=Value(0), output_field=IntegerField())
