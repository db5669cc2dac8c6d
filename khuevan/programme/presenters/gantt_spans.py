"""From when to when a task or a step runs, how far it is, and what falls due on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khuevan.plain.calendar.deadline_rules import OnDate, WorkingDaysAfter, due_days
from khuevan.plain.calendar.working_days import OutsideWorkingCalendar, vietnamese_working_calendar
from khuevan.programme.choices import OPEN_STATES, OWED_STATES, InstalmentState, StepState
from khuevan.programme.planning_lines import PlannedDay, PlannedStep, PlannedTask
from khuevan.programme.presenters.states import StateSign, state_sign
from khuevan.programme.presenters.step_states import step_sign
from khuevan.programme.presenters.timeline import recurrence_days

_YEAR = timedelta(days=366)


def written_day(day: date | None) -> str:
    """The day as offices write it, 15/11/2025; empty for none. A chart writes thousands, so without Django's help."""
    return "" if day is None else f"{day:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class DueSign:
    """One day on which something falls due, with the sign of its state."""

    day: date
    sign: StateSign


@dataclass(frozen=True, slots=True)
class Span:
    """The time of a task or a step, both days inclusive; `end` is None where nobody set a deadline.

    `next_due` is the earliest day still owed. `recurs`: it falls due more than once, and `end` is the plan's.
    `late` counts days since `next_due`. `due` says the deadline in words.
    """

    start: date
    end: date | None
    due: str
    signs: tuple[DueSign, ...]
    sign: StateSign
    percent: int
    next_due: date | None = None
    recurs: bool = False
    late: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.sign.code == "DONE"


def span_of_task(task: PlannedTask, first: date, last: date, today: date) -> Span:
    """The span of a task in a plan that runs from `first` to `last`."""
    days = task.days or tuple(
        PlannedDay(when, InstalmentState.WAITING) for when in _wanted_days(task, first, last)
    )
    signs = tuple(
        DueSign(item.day, state_sign(item.state, item.day, today)) for item in days if item.day is not None
    )
    left = [item for item in days if item.state in OPEN_STATES]
    late = [item for item in left if item.state in OWED_STATES and item.day is not None and item.day < today]
    # Instalments come by day, those without one last: the first that is late or open is the one asked for.
    asked = next(iter(late + left + list(days[-1:])), PlannedDay(None, InstalmentState.WAITING))
    sign = state_sign(asked.state, asked.day, today)
    recurs = _recurs(task)
    end = last if recurs else max((item.day for item in days if item.day is not None), default=None)
    start = task.start_date or first
    earliest = min((item.day for item in days if item.day is not None), default=None)
    if earliest is not None:
        start = min(start, earliest)
    if end is not None:
        end = max(end, start, *(item.day for item in signs))
    next_due = asked.day if left or not days else None
    return Span(
        start,
        end,
        _due_words(days, next_due, recurs=recurs),
        signs,
        sign,
        _percent(days),
        next_due,
        recurs,
        (today - next_due).days if sign.code == "LATE" and next_due is not None else 0,
    )


def span_of_step(step: PlannedStep, whole: Span, today: date) -> Span:
    """The span of a step within that of its task: what the step leaves open is the task's."""
    sign = step_sign(step.state, step.due_date, today)
    done = step.state == StepState.DONE
    start = step.start_date or whole.start
    if step.due_date is not None:
        start = min(start, step.due_date)
    return Span(
        start,
        step.due_date,
        written_day(step.due_date) or _("no deadline"),
        () if step.due_date is None else (DueSign(step.due_date, sign),),
        sign,
        {StepState.DONE: 100, StepState.DOING: 50}.get(StepState(step.state), 0),
        None if done else step.due_date,
        False,
        (today - step.due_date).days if sign.code == "LATE" and step.due_date is not None else 0,
    )


def why_broken(before: Span, after: Span) -> str:
    """Why `after` cannot well wait for `before`: LATE, the forerunner is; ORDER, the follower is due earlier.

    Empty where it can, and where one of the two is done. What recurs all year has no end to wait for.
    """
    if before.done or after.done:
        return ""
    if before.late:
        return "LATE"
    if before.recurs or before.end is None or after.next_due is None:
        return ""
    return "ORDER" if after.next_due < before.end else ""


def _recurs(task: PlannedTask) -> bool:
    if task.rule is not None:
        return not isinstance(task.rule, OnDate | WorkingDaysAfter)
    return bool(task.recurrence) or len(task.days) > 1


def _wanted_days(task: PlannedTask, first: date, last: date) -> tuple[date, ...]:
    """When a task that nobody leads would be due: by its rule, else by what the plan's words say."""
    if task.rule is not None:
        calendar = vietnamese_working_calendar()
        try:
            return (
                due_days(task.rule, first, last, calendar)
                or due_days(task.rule, first - _YEAR, last + _YEAR, calendar)[-1:]
            )
        except OutsideWorkingCalendar:
            return ()
    if task.due_date is not None and not task.recurrence:
        return (task.due_date,)
    found = {*recurrence_days(task.recurrence, task.due_text, first, last)}
    return tuple(sorted(found | ({task.due_date} if task.due_date else set())))


def _percent(days: tuple[PlannedDay, ...]) -> int:
    """How much of all instalments is done, those that are not required left out."""
    counted = [
        100 if item.state == InstalmentState.DONE else item.percent
        for item in days
        if item.state != InstalmentState.CANCELLED
    ]
    return sum(counted) // len(counted) if counted else 0


def _due_words(days: tuple[PlannedDay, ...], next_due: date | None, *, recurs: bool) -> str:
    """The deadline; of several the next, and how many are done."""
    asked = [item for item in days if item.state != InstalmentState.CANCELLED]
    if recurs and len(asked) > 1:
        done = _("%(done)s of %(all)s done") % {
            "done": sum(item.state == InstalmentState.DONE for item in asked),
            "all": len(asked),
        }
        return f"{written_day(next_due)} · {done}" if next_due else done
    known = [item.day for item in days if item.day is not None]
    return written_day(next_due or (known[-1] if known else None)) or _("no deadline")
