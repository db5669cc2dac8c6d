"""The day by which a report is sent, from its period's cut-off. No clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from khuevan.plain.calendar.working_days import WorkingCalendar

Basis = Literal["WORKING_DAYS", "DAYS", "LAST_MONTH", "NEXT_MONTH"]


def report_deadline(basis: Basis, number: int, cut_off: date, calendar: WorkingCalendar) -> date:
    """The last day on which the report is in time.

    WORKING_DAYS and DAYS count from the day after the cut-off; LAST_MONTH is the day with that number in the month
    of the cut-off, NEXT_MONTH in the month after it (the last day of the month where it has no such day). A
    deadline on a day off is brought forward to the working day before it, but never before the cut-off.
    """
    if basis == "WORKING_DAYS":
        return calendar.add_working_days(cut_off, number)
    if basis == "DAYS":
        day = cut_off + timedelta(days=number)
    else:
        month = cut_off.month + (basis == "NEXT_MONTH")
        year, month = (cut_off.year + 1, 1) if month == 13 else (cut_off.year, month)
        day = date(year, month, max(1, min(number, monthrange(year, month)[1])))
    while day > cut_off and not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return max(day, cut_off)
