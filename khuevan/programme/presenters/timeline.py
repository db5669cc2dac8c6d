"""Where tasks stand on the plan's time: marks on an axis of 366 slots, counted from 1 like CSS grid lines."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khuevan.programme.lines import TaskLine
from khuevan.programme.presenters.wording import day, recurrence_label, short_title

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


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign of a row.

    `kind`: DUE a deadline, TICK one time of a recurrence, BAR the whole stretch, WEEKS one sign a week.
    """

    kind: str
    start: int
    end: int
    day: date | None = None

    @property
    def classes(self) -> str:
        """What the stylesheets call it: its sort and its place on the axis."""
        return f"pg-mark pg-mark-{self.kind} from-{self.start} to-{self.end}"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A task on the timeline: its title, its deadline in words, its marks."""

    task: TaskLine
    title: str
    when: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class TimelineGroup:
    """Rows of one sort (with a day, recurring, continuous) under a heading."""

    heading: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The page: an axis, groups of rows, the line of today (None outside), and the tasks without a date."""

    axis: Axis
    groups: tuple[TimelineGroup, ...]
    today: Stretch | None
    undated: tuple[TimelineRow, ...]


def timeline(tasks: Sequence[TaskLine], first: date | None, last: date | None, today: date) -> Timeline:
    """The tasks on the period `first` to `last`, both inclusive.

    The axis grows by whole years where deadlines lie outside, and is the year of today without a period.
    """
    axis = axis_of(first, last, [task.due_date for task in tasks if task.due_date is not None], today)
    with_day = [(task.due_date, task.number or 0, task) for task in tasks if task.due_date is not None]
    dated = [task for _day, _number, task in sorted(with_day, key=lambda found: found[:2])]
    others = [task for task in tasks if task.due_date is None]
    order = ["WEEKLY", *_MONTHS_OF]
    recurring = sorted(
        (task for task in others if task.recurrence in order),
        key=lambda task: (order.index(task.recurrence), task.number or 0),
    )
    continuous = [task for task in others if task.recurrence == "CONTINUOUS"]
    groups = (
        TimelineGroup(_("With a day"), tuple(_row(task, axis) for task in dated)),
        TimelineGroup(_("Recurring"), tuple(_row(task, axis) for task in recurring)),
        TimelineGroup(_("All the time"), tuple(_row(task, axis) for task in continuous)),
    )
    return Timeline(
        axis,
        tuple(group for group in groups if group.rows),
        Stretch(axis.line_before(today), axis.line_after(today), day(today)) if axis.holds(today) else None,
        tuple(_row(task, axis) for task in others if not task.recurrence),
    )


def when_in_words(task: TaskLine) -> str:
    """The day and the recurrence of a task, "15/11/2025 · Hằng quý"; else the plan's own words."""
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


def _row(task: TaskLine, axis: Axis) -> TimelineRow:
    marks: list[Mark] = []
    if task.recurrence in {"CONTINUOUS", "WEEKLY"}:
        kind = "BAR" if task.recurrence == "CONTINUOUS" else "WEEKS"
        end = axis.line_after(task.due_date) if task.due_date else SLOTS + 1
        marks.append(Mark(kind, 1, end))
    days = recurrence_days(task.recurrence, task.due_text, axis.first, axis.last)
    marks += [Mark("TICK", axis.line_before(when), axis.line_after(when), when) for when in days]
    if task.due_date is not None:
        due = task.due_date
        marks.append(Mark("DUE", axis.line_before(due), axis.line_after(due), due))
    return TimelineRow(task, short_title(task.text, 90), when_in_words(task), tuple(marks))


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
    def label(start: date) -> str:
        name = _("Quarter %(number)s") % {"number": _ROMAN[(start.month - 1) // 3]}
        return f"{name}/{start.year}" if with_year else name

    return _stretches(axis, 3, label)


def _month_label(start: date) -> str:
    return str(start.month)


def _year_label(start: date) -> str:
    return str(start.year)
