"""How lunar days and months are written on calendars."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.plain.calendar.lunar_names import day_in_cell, months_of


@pytest.mark.parametrize(
    ("day", "plain", "opening"),
    [
        (date(2025, 7, 24), "30", "30/6"),
        # The sixth month of 2025 comes twice.
        (date(2025, 7, 25), "1/6 nhuận", "1/6 nhuận"),
        (date(2025, 8, 22), "29", "29/6 nhuận"),
        (date(2025, 8, 23), "1/7", "1/7"),
        (date(2026, 2, 16), "29", "29/12"),
        (date(2026, 2, 17), "1/1", "1/1"),
    ],
)
def test_day_in_a_cell_names_the_month_on_its_first_and_where_a_calendar_opens(
    day: date, plain: str, opening: str
) -> None:
    assert (day_in_cell(day), day_in_cell(day, first=True)) == (plain, opening)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 11, 1), date(2025, 11, 30), "tháng 9 – tháng 10 năm Ất Tỵ"),
        (date(2025, 7, 1), date(2025, 7, 31), "tháng 6 – tháng 6 nhuận năm Ất Tỵ"),
        (date(2025, 8, 1), date(2025, 8, 20), "tháng 6 nhuận năm Ất Tỵ"),
        (date(2026, 2, 1), date(2026, 2, 28), "tháng Chạp năm Ất Tỵ – tháng Giêng năm Bính Ngọ"),
    ],
)
def test_months_of_a_stretch_name_the_year_once_or_both(first: date, last: date, words: str) -> None:
    assert months_of(first, last) == words
