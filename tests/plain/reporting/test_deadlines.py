"""The day by which a report is sent."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.reporting.deadlines import report_deadline

CALENDAR = vietnamese_working_calendar()


@pytest.mark.parametrize(
    ("basis", "number", "cut_off", "deadline"),
    [
        # 14 June 2025 is a Saturday: two working days later is Tuesday.
        ("WORKING_DAYS", 2, date(2025, 6, 14), date(2025, 6, 17)),
        # Nobody can send before the period has ended.
        ("WORKING_DAYS", 0, date(2025, 6, 14), date(2025, 6, 16)),
        ("DAYS", 3, date(2025, 3, 14), date(2025, 3, 17)),
        # The term ends on a Sunday, and so on the Monday after it.
        ("DAYS", 2, date(2025, 3, 14), date(2025, 3, 17)),
        ("LAST_MONTH", 25, date(2025, 9, 14), date(2025, 9, 25)),
        # The 25th is a Sunday: sent by Friday.
        ("LAST_MONTH", 25, date(2025, 5, 14), date(2025, 5, 23)),
        ("LAST_MONTH", 31, date(2025, 6, 14), date(2025, 6, 30)),
        # A day of the month that lies before the cut-off is the first working day after it.
        ("LAST_MONTH", 10, date(2025, 6, 14), date(2025, 6, 16)),
        ("NEXT_MONTH", 5, date(2025, 12, 14), date(2026, 1, 5)),
        # Monday 1 and Tuesday 2 September are a holiday.
        ("DAYS", 1, date(2025, 8, 30), date(2025, 9, 3)),
    ],
)
def test_deadline_is_counted_from_the_cut_off(basis, number, cut_off, deadline):
    assert report_deadline(basis, number, cut_off, CALENDAR) == deadline
