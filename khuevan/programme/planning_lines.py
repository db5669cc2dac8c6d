"""Tasks and steps as a Gantt chart needs them: plain values, cheap to make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khuevan.plain.calendar.deadline_rules import DeadlineRule
from khuevan.programme.lines import SectionLine, UnitName


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One instalment of the unit that leads a task; `day` is None where nobody set a deadline."""

    day: date | None
    state: str
    percent: int = 0


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task with what decides when it is done: its start, its rule, and what its lead owes.

    `days` are the lead's instalments by day, empty where no unit leads; then `rule`, or where an older import
    gave none `due_date` and `recurrence`, say when it would be due.
    """

    pk: int
    number: int
    text: str
    section: int | None = None
    lead: UnitName | None = None
    start_date: date | None = None
    rule: DeadlineRule | None = None
    due_text: str = ""
    due_date: date | None = None
    recurrence: str = ""
    days: tuple[PlannedDay, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a task; either day may be missing."""

    pk: int
    task: int
    unit: UnitName
    title: str
    state: str
    start_date: date | None = None
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class Planning:
    """A plan's tasks and steps in order, and who waits for whom as (before, after) of their keys."""

    tasks: tuple[PlannedTask, ...]
    steps: tuple[PlannedStep, ...] = ()
    task_pairs: tuple[tuple[int, int], ...] = ()
    step_pairs: tuple[tuple[int, int], ...] = ()
    sections: tuple[SectionLine, ...] = ()


def plan_label(symbol: str, first: date | None, title: str) -> str:
    """A plan in a word or two among cards of several plans: its symbol, else its year, else its title."""
    if symbol:
        return symbol
    return title if first is None else _("Plan %(year)s") % {"year": first.year}
