"""On which days the rungs of a ladder of reminders fall, counted in working days from a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from khuevan.plain.calendar.working_days import WorkingCalendar

Target = Literal["UNIT", "HEAD", "DEPUTY"]

# From who does the work to who answers for it last.
TARGETS: tuple[Target, ...] = ("UNIT", "HEAD", "DEPUTY")


def target_of(code: str) -> Target:
    """The target of that code; ValueError for one that is none."""
    for target in TARGETS:
        if code == target:
            return target
    raise ValueError(f"{code!r} is nobody whom a ladder reminds.")


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: `offset` working days from the deadline (-3 before, 5 after), again every `repeat_every` days."""

    key: int
    offset: int
    target: Target
    repeat_every: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A rung that falls on a day; `offset` is the working days from the deadline, repetitions counted in."""

    day: date
    rung: Rung
    offset: int


def calls(
    rungs: Iterable[Rung], due: date, after: date, until: date, calendar: WorkingCalendar
) -> tuple[Call, ...]:
    """The latest call for each target that falls on a day after `after` and no later than `until`.

    Where several of a target's rungs fall into the span (the office was closed, the server off), one reminder says
    as much as all of them: the last. Every call falls on a working day, that of the deadline itself on the last
    working day until it. `OutsideWorkingCalendar` where the calendar does not reach.
    """
    latest: dict[Target, Call] = {}
    for rung in rungs:
        for call in _calls_of(rung, due, until, calendar):
            known = latest.get(rung.target)
            if call.day > after and (known is None or (call.day, call.offset) > (known.day, known.offset)):
                latest[rung.target] = call
    return tuple(latest[target] for target in TARGETS if target in latest)


def _calls_of(rung: Rung, due: date, until: date, calendar: WorkingCalendar) -> Iterator[Call]:
    """The rung's own day and, up to `until`, the last two of its repetitions."""
    day = _day(due, rung.offset, calendar)
    if day > until:
        return
    yield Call(day, rung, rung.offset)
    if rung.repeat_every is not None:
        # Counted, not walked: what is late for years would take a step for each of its days.
        passed = calendar.working_days_between(day, until) // rung.repeat_every
        for time in range(max(1, passed - 1), passed + 1):
            offset = rung.offset + time * rung.repeat_every
            repeated = _day(due, offset, calendar)
            if repeated <= until:
                yield Call(repeated, rung, offset)


def _day(due: date, offset: int, calendar: WorkingCalendar) -> date:
    return calendar.last_working_day_until(due) if offset == 0 else calendar.add_working_days(due, offset)
