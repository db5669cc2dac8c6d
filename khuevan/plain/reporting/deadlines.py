"""The day by which a report is sent, from its period's cut-off. No clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from khuevan.plain.calendar.working_days import WorkingCalendar

Basis = Literal["WORKING_DAYS", "DAYS", "LAST_MONTH", "NEXT_MONTH"]


def report_deadline(basis: Basis, number: int, cut_off: date, calendar: WorkingCalendar) -> date:
    """The last day on which the report is in time; never before the first working day after the cut-off.

    WORKING_DAYS and DAYS count from the day after the cut-off; LAST_MONTH is the day with that number in the month
    of the cut-off, NEXT_MONTH in the month after it (the last day of the month where it has no such day). A number
    of days that ends on a day off ends on the next working day (Civil Code 2015, Article 148.5); a day of the
    month that is a day off is brought forward, so that the recipient has the report by the day that was named.
    """
    earliest = calendar.working_day_after(cut_off)
    if basis == "WORKING_DAYS":
        return max(calendar.add_working_days(cut_off, number), earliest)
    if basis == "DAYS":
        return max(calendar.first_working_day_from(cut_off + timedelta(days=number)), earliest)
    month = cut_off.month + (basis == "NEXT_MONTH")
    year, month = (cut_off.year + 1, 1) if month == 13 else (cut_off.year, month)
    named = date(year, month, max(1, min(number, monthrange(year, month)[1])))
    return max(calendar.last_working_day_until(named), earliest)
