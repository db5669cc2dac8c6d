"""Which days are worked, and how to count in them.

Offices rest on Saturday and Sunday (Decision 188/1999/QĐ-TTg: the week of forty hours), on public holidays, on
the days in lieu of them and on exchanged days; they work on the days that make up for exchanged ones.

A span of working days does not count the day from which it runs (Civil Code 91/2015/QH13, Article 147(1)).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from khuevan.plain.calendar.holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    SATURDAY,
    Decision,
    holidays,
    make_up_days,
)


class OutsideWorkingCalendar(ValueError):
    """A day before the first or after the last that the calendar knows."""


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days from `first` to `last`, both inclusive; every question outside is refused.

    `days_off` beside weekends; `make_up_days` are worked though they are weekends, and prevail.
    """

    first: date
    last: date
    days_off: frozenset[date] = field(default=frozenset(), repr=False)
    make_up_days: frozenset[date] = field(default=frozenset(), repr=False)
    _worked: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        worked = tuple(
            number
            for number in range(self.first.toordinal(), self.last.toordinal() + 1)
            if self._is_worked(date.fromordinal(number))
        )
        object.__setattr__(self, "_worked", worked)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day."""
        self._check(day)
        return self._is_worked(day)

    def working_day_before(self, day: date) -> date:
        """The last working day before a day, never the day itself."""
        self._check(day)
        return self._worked_at(bisect_left(self._worked, day.toordinal()) - 1)

    def working_day_after(self, day: date) -> date:
        """The first working day after a day, never the day itself."""
        self._check(day)
        return self._worked_at(bisect_right(self._worked, day.toordinal()))

    def last_working_day_until(self, day: date) -> date:
        """The day itself where it is worked, else the working day before: how a deadline is brought forward."""
        return day if self.is_working_day(day) else self.working_day_before(day)

    def first_working_day_from(self, day: date) -> date:
        """The day itself where it is worked, else the working day after."""
        return day if self.is_working_day(day) else self.working_day_after(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` after a day, which is not counted; before it where `count` is negative.

        With a count of 0 the day itself comes back, worked or not.
        """
        self._check(day)
        if count > 0:
            return self._worked_at(bisect_right(self._worked, day.toordinal()) + count - 1)
        if count < 0:
            return self._worked_at(bisect_left(self._worked, day.toordinal()) + count)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days follow `start` up to and with `end`: 0 on the day, 1 to the next working day.

        Negative where `end` is earlier: the working days from `end` on, before `start`.
        """
        self._check(start)
        self._check(end)
        if end >= start:
            return bisect_right(self._worked, end.toordinal()) - bisect_right(self._worked, start.toordinal())
        return bisect_left(self._worked, end.toordinal()) - bisect_left(self._worked, start.toordinal())

    def _is_worked(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.isoweekday() < SATURDAY and day not in self.days_off

    def _worked_at(self, position: int) -> date:
        if not 0 <= position < len(self._worked):
            raise OutsideWorkingCalendar(self._known())
        return date.fromordinal(self._worked[position])

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideWorkingCalendar(self._known())

    def _known(self) -> str:
        return f"Lịch làm việc chỉ có từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}."


@cache
def vietnamese_working_calendar(
    decisions: tuple[Decision, ...] = (), *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> WorkingCalendar:
    """The calendar of public offices from the published holidays and an office's own further `decisions`."""
    years = range(first_year, last_year + 1)
    return WorkingCalendar(
        first=date(first_year, 1, 1),
        last=date(last_year, 12, 31),
        days_off=frozenset(item.day for year in years for item in holidays(year, decisions)),
        make_up_days=frozenset(day for year in years for day in make_up_days(year, decisions)),
    )
