"""Which of a rule's calls is due: days counted in working days from the deadline of units. No clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from khuevan.plain.calendar.working_days import WorkingCalendar


def call_day(due: date, offset: int, calendar: WorkingCalendar) -> date:
    """The working day of a call so many working days before (below zero) or after the deadline.

    On the deadline itself (0) it is the working day before where nobody works on that day: a call on the day
    after would come too late.
    """
    if offset == 0:
        return calendar.last_working_day_until(due)
    return calendar.add_working_days(due, offset)


def call_to_make(
    offsets: Iterable[int], due: date, day: date, made: int | None, calendar: WorkingCalendar
) -> int | None:
    """The offset of the one call that is to be made on the day; None on a day off, or where there is none.

    `made` is the last that was made (None before the first). Of several that were missed only the newest is made:
    who comes back after a week of standstill is not told five times.
    """
    if not calendar.is_working_day(day):
        return None
    reached = [offset for offset in offsets if call_day(due, offset, calendar) <= day]
    newest = max(reached, default=None)
    if newest is None or (made is not None and newest <= made):
        return None
    return newest


def next_call_day(
    offsets: Iterable[int], due: date, day: date, made: int | None, calendar: WorkingCalendar
) -> date | None:
    """The day after this one on which the rule calls next; None where it calls no more."""
    days = (call_day(due, offset, calendar) for offset in offsets if made is None or offset > made)
    return min((one for one in days if one > day), default=None)
