"""The axis of a plan's time: 366 slots, counted from 1 like CSS grid lines, with its headings."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khuevan.programme.lines import TaskLine
from khuevan.programme.presenters.wording import day, recurrence_label

# One slot a day for a leap year; other lengths are stretched to it, so that one stylesheet serves all.
SLOTS = 366
_DAY = re.compile(r"ngày\s+(\d{1,2})(?![\d/])", re.IGNORECASE)
_ROMAN = ("I", "II", "III", "IV")
_MONTHS_OF = {"MONTHLY": 1, "QUARTERLY": 3, "HALF_YEARLY": 6, "YEARLY": 12}
# Above these a row of months, or of quarters, is too fine to read.
MOST_MONTHS = 18
MOST_QUARTERS = 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the axis: from grid line `start` to `end`; `label` is what stands there."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The plan's time, both days inclusive, with its two rows of headings."""

    first: date
    last: date
    outer: tuple[Stretch, ...] = ()
    inner: tuple[Stretch, ...] = ()

    def line_before(self, when: date) -> int:
        """The grid line at which the day begins; days outside stand at the edge."""
        inside = min(max(when, self.first), self.last)
        return 1 + (inside - self.first).days * SLOTS // self._days

    def line_after(self, when: date) -> int:
        """The grid line at which the day ends."""
        inside = min(max(when, self.first), self.last)
        return max(1 + ((inside - self.first).days + 1) * SLOTS // self._days, self.line_before(when) + 1)

    def holds(self, when: date) -> bool:
        """Whether the day is on the axis."""
        return self.first <= when <= self.last

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


def when_in_words(task: TaskLine) -> str:
    """What an officer decided; else the day and the recurrence, "15/11/2025 · Hằng quý"; else the plan's words."""
    if task.decided_deadline:
        return task.decided_deadline
    parts = [day(task.due_date), recurrence_label(task.recurrence)]
    return " · ".join(part for part in parts if part) or task.due_text


def axis_of(first: date | None, last: date | None, days: Iterable[date], today: date) -> Axis:
    """The axis with its headings: months under quarters, quarters under years, or years alone."""
    known = list(days)
    if first is None or last is None:
        span = known or [today]
        first, last = date(min(span).year, 1, 1), date(max(span).year, 12, 31)
    if known and min(known) < first:
        first = date(min(known).year, 1, 1)
    if known and max(known) > last:
        last = date(max(known).year, 12, 31)
    bare = Axis(first, last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_MONTHS:
        several = first.year != last.year
        return Axis(first, last, _quarters(bare, with_year=several), _stretches(bare, 1, _month_label))
    if months <= MOST_QUARTERS * 3:
        return Axis(first, last, _stretches(bare, 12, _year_label), _quarters(bare, with_year=False))
    return Axis(first, last, (), _stretches(bare, 12, _year_label))


def quarter_axis(when: date) -> Axis:
    """The quarter of a day: its weeks under its months."""
    start = date(when.year, (when.month - 1) // 3 * 3 + 1, 1)
    axis = Axis(start, _last_of_month(start.year, start.month + 2))
    return Axis(axis.first, axis.last, _stretches(axis, 1, _month_and_year), _weeks(axis, whole=False))


def month_axis(when: date) -> Axis:
    """The month of a day, in weeks that begin on Monday."""
    axis = Axis(when.replace(day=1), _last_of_month(when.year, when.month))
    return Axis(axis.first, axis.last, _stretches(axis, 1, _month_and_year), _weeks(axis, whole=True))


def quarter_name(when: date) -> str:
    """What the quarter of a day is called: "Quý IV/2025"."""
    return f"{_quarter_label(when)}/{when.year}"


def month_name(when: date) -> str:
    """What the month of a day is called: "Tháng 11/2025"."""
    return _month_and_year(when)


def recurrence_days(recurrence: str, due_text: str, first: date, last: date) -> tuple[date, ...]:
    """The days on which a recurrence falls within the period.

    They are the last of each month, quarter, half-year or year, or, where the plan's words name one
    ("trước ngày 15 của tháng cuối quý"), that day of its last month.
    """
    step = _MONTHS_OF.get(recurrence)
    if step is None:
        return ()
    named = _DAY.search(due_text)
    wanted = int(named.group(1)) if named else 31
    found = []
    for start in _starts(date(first.year, 1, 1), last, step):
        end_month = start.month + step - 1
        length = monthrange(start.year, end_month)[1]
        when = date(start.year, end_month, max(1, min(wanted, length)))
        if first <= when <= last:
            found.append(when)
    return tuple(found)


def _starts(first: date, last: date, step: int) -> Iterator[date]:
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        yield date(year, month, 1)
        month += step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def _stretches(axis: Axis, step: int, label: Callable[[date], str]) -> tuple[Stretch, ...]:
    # Periods begin with the year, so that a plan that starts in March still has whole quarters.
    found = []
    for start in _starts(date(axis.first.year, 1, 1), axis.last, step):
        end_month = start.month + step - 1
        end = date(start.year, end_month, monthrange(start.year, end_month)[1])
        if end < axis.first:
            continue
        found.append(Stretch(axis.line_before(start), axis.line_after(end), label(start)))
    return tuple(found)


def _quarters(axis: Axis, *, with_year: bool) -> tuple[Stretch, ...]:
    return _stretches(axis, 3, quarter_name if with_year else _quarter_label)


def _weeks(axis: Axis, *, whole: bool) -> tuple[Stretch, ...]:
    """Weeks from Monday, those at the ends cut; named by their first day, or by both where `whole`."""
    found = []
    start = axis.first
    while start <= axis.last:
        end = min(start + timedelta(days=7 - start.isoweekday()), axis.last)
        label = f"{start:%d}–{end:%d/%m}" if whole and end > start else f"{start:%d/%m}"
        found.append(Stretch(axis.line_before(start), axis.line_after(end), label))
        start = end + timedelta(days=1)
    return tuple(found)


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _quarter_label(start: date) -> str:
    return _("Quarter %(number)s") % {"number": _ROMAN[(start.month - 1) // 3]}


def _month_and_year(start: date) -> str:
    return _("Month %(month)s") % {"month": f"{start.month}/{start.year}"}


def _month_label(start: date) -> str:
    return str(start.month)


def _year_label(start: date) -> str:
    return str(start.year)
