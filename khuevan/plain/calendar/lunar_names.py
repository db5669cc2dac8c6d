"""How lunar days and months are written on calendars in Vietnamese."""

from __future__ import annotations

from datetime import date

from khuevan.plain.calendar.lunar import LunarDate, lunar_date, name_of_year

_MONTHS = {1: "Giêng", 12: "Chạp"}


def day_in_cell(day: date, *, first: bool = False) -> str:
    """The lunar day as a calendar's cell has it: its number, with the month on the first: "15", "1/6 nhuận".

    `first`: the cell opens the calendar, and names its month too.
    """
    lunar = lunar_date(day)
    if lunar.day > 1 and not first:
        return str(lunar.day)
    return f"{lunar.day}/{lunar.month}{' nhuận' if lunar.leap else ''}"


def months_of(first: date, last: date) -> str:
    """The lunar months of the days between: "tháng 9 – tháng 10 năm Ất Tỵ"."""
    begin, end = lunar_date(first), lunar_date(last)
    year, year_of_end = f"năm {name_of_year(begin.year)}", f"năm {name_of_year(end.year)}"
    if (begin.year, begin.month, begin.leap) == (end.year, end.month, end.leap):
        return f"{_month(begin)} {year}"
    if begin.year == end.year:
        return f"{_month(begin)} – {_month(end)} {year}"
    return f"{_month(begin)} {year} – {_month(end)} {year_of_end}"


def _month(lunar: LunarDate) -> str:
    return f"tháng {_MONTHS.get(lunar.month, lunar.month)}{' nhuận' if lunar.leap else ''}"
