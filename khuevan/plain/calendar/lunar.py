"""The Vietnamese lunar date of a day, the day of a lunar date, and the traditional names of both.

The rules (Hồ Ngọc Đức, "Thuật toán tính âm lịch"; Circular 01-VLĐC of 1967 for the time zone):

1. a month begins on the day of the new moon (sóc), so it has 29 or 30 days;
2. month 11 is the month with the winter solstice;
3. when 13 months lie from one month 11 to the next, the first of them in which the sun enters no new twelfth
   of its way (no principal term, trung khí) is a leap month and bears the number of the month before it;
4. "the day" is the day of the calendar's own meridian.

Which meridian: from 1 January 1968 Vietnam's own time, UTC+7 (Decision 121/CP of 8 August 1967). Before,
the lunar calendar in use in Vietnam was the Chinese one: Beijing's local time, UTC+7:45:40, until 1928, and
UTC+8 from 1929 to 1967 (Helmer Aslaksen, "The Mathematics of the Chinese Calendar"; the published tables of
Hồ Ngọc Đức do the same). So Tết fell on 29 January in 1968 and on 21 January in 1985. From 1968 to 1975 the
authorities in Sài Gòn kept UTC+8; those dates are not given here: the calendar is that of the State.

The astronomy is in `moon_and_sun`; nothing is looked up in a table. Of the 2,486 months of 1900 to 2100 the
published tables of Hồ Ngọc Đức have one otherwise: the moon of 8 May 2054 is new 23 seconds after midnight here,
before it there. Within half a minute of midnight lie also 15 November 2077 and 18 October 2085: no one can know
today how the earth will have turned by then. No Tết is in doubt.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from khuevan.plain.calendar.moon_and_sun import new_moon, new_moon_number_near, sun_longitude

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)

STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")

# `date.toordinal()` of a day and its Julian day number at noon differ by this.
_JULIAN_DAY_OF_ORDINAL_0 = 1721425
_WINTER_SOLSTICE_SECTOR = 9
_VIETNAMESE_TIME_FROM = date(1968, 1, 1).toordinal()
_BEIJING_ZONE_TIME_FROM = date(1929, 1, 1).toordinal()
_HOURS_OF_VIETNAM, _HOURS_OF_CHINA, _HOURS_OF_BEIJING = 7.0, 8.0, 7 + 45 / 60 + 40 / 3600


class OutsideCalendar(ValueError):
    """A day before 1900 or after 2100, or a lunar date that does not exist."""


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the lunar calendar; `leap` says that it lies in the leap month that repeats `month`.

    `year` is the Gregorian year in which the lunar year begins: Tết Ất Tỵ is LunarDate(2025, 1, 1).
    """

    year: int
    month: int
    day: int
    leap: bool = False

    def __str__(self) -> str:
        """The date as calendars print it: "10/3 nhuận năm Quý Mão"."""
        return f"{self.day}/{self.month}{' nhuận' if self.leap else ''} năm {name_of_year(self.year)}"


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """A month: its number, whether it is a leap month, its first day and its length of 29 or 30 days."""

    year: int
    month: int
    leap: bool
    first_day: date
    days: int


def lunar_date(day: date) -> LunarDate:
    """The lunar date of a day from 1 January 1900 to 31 December 2100; else `OutsideCalendar`."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutsideCalendar(
            f"Chỉ đổi được ngày từ 01/01/1900 đến 31/12/2100, không đổi được {day:%d/%m/%Y}."
        )
    months = _months(day.year)
    if day < months[0].first_day:
        months = _months(day.year - 1)
    month = months[bisect_right(months, day, key=lambda item: item.first_day) - 1]
    return LunarDate(month.year, month.month, (day - month.first_day).days + 1, month.leap)


def solar_date(lunar: LunarDate) -> date:
    """The day of a lunar date; `OutsideCalendar` where the month or day does not exist or lies outside.

    A month of that year without a leap month refuses `leap=True`, a month of 29 days refuses day 30.
    """
    if FIRST_DAY.year - 1 <= lunar.year <= LAST_DAY.year:
        for month in _months(lunar.year):
            if (month.month, month.leap) == (lunar.month, lunar.leap) and 1 <= lunar.day <= month.days:
                day = month.first_day + timedelta(days=lunar.day - 1)
                if FIRST_DAY <= day <= LAST_DAY:
                    return day
    leap = " nhuận" if lunar.leap else ""
    raise OutsideCalendar(f"Không có ngày {lunar.day} tháng {lunar.month}{leap} âm lịch năm {lunar.year}.")


def new_year(year: int) -> date:
    """Tết Nguyên đán: the first day of the lunar year that begins in `year`, 1900 to 2100."""
    return solar_date(LunarDate(year, 1, 1))


def months_of_year(year: int) -> tuple[LunarMonth, ...]:
    """The 12 or 13 months of the lunar year that begins in `year`, 1900 to 2100, in order.

    The last month of 2100 ends in 2101.
    """
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise OutsideCalendar(f"Chỉ có lịch của các năm từ 1900 đến 2100, không có năm {year}.")
    return _months(year)


def name_of_year(year: int) -> str:
    """The stem and branch (can chi) of the lunar year that begins in `year`: 2025 is "Ất Tỵ"."""
    return f"{STEMS[(year - 4) % 10]} {BRANCHES[(year - 4) % 12]}"


def name_of_month(year: int, month: int) -> str:
    """The stem and branch of a lunar month; a leap month has those of the month that it repeats."""
    return f"{STEMS[(year * 12 + month + 3) % 10]} {BRANCHES[(month + 1) % 12]}"


def name_of_day(day: date) -> str:
    """The stem and branch of a day: 1 January 2000 is "Mậu Ngọ". They follow without end, in steps of 60."""
    number = day.toordinal() + _JULIAN_DAY_OF_ORDINAL_0
    return f"{STEMS[(number + 9) % 10]} {BRANCHES[(number + 1) % 12]}"


@cache
def _months(year: int) -> tuple[LunarMonth, ...]:
    """The months of a lunar year: months 1 to 10 count from last winter, 11 and 12 from this winter."""
    months = [item for item in _months_of_winter(year - 1) if item.year == year]
    months += [item for item in _months_of_winter(year) if item.year == year]
    return tuple(months)


@cache
def _months_of_winter(year: int) -> tuple[LunarMonth, ...]:
    """The months from month 11 of `year` up to, without, month 11 of the year after."""
    first, end = _month_of_winter_solstice(year), _month_of_winter_solstice(year + 1)
    starts = [_first_day(number) for number in range(first, end + 1)]
    leap_at = None
    if end - first == 13:
        sectors = [_sector(start) for start in starts]
        leap_at = next(i for i in range(1, 13) if sectors[i] == sectors[i + 1])
    found = []
    for i in range(end - first):
        counted = i if leap_at is None or i < leap_at else i - 1
        found.append(
            LunarMonth(
                year=year if counted < 2 else year + 1,
                month=(10 + counted) % 12 + 1,
                leap=i == leap_at,
                first_day=date.fromordinal(starts[i]),
                days=starts[i + 1] - starts[i],
            )
        )
    return tuple(found)


@cache
def _month_of_winter_solstice(year: int) -> int:
    """The number of the new moon whose month holds the winter solstice of `year`."""
    latest = date(year, 12, 31).toordinal()
    number = new_moon_number_near(_julian_day_at_midnight(latest)) + 1
    while True:
        start = _first_day(number)
        if start <= latest and _sector(start) < _WINTER_SOLSTICE_SECTOR:
            return number
        number -= 1


@cache
def _first_day(number: int) -> int:
    """The ordinal of the day on which a new moon falls, by the calendar's own time."""
    moment = new_moon(number) - _JULIAN_DAY_OF_ORDINAL_0 + 0.5
    # No new moon falls within an hour of the two midnights at which the time changed.
    return math.floor(moment + _hours_ahead(math.floor(moment)) / 24)


def _sector(ordinal: int) -> int:
    """In which twelfth of its way, 0 to 11 from the spring equinox, the sun stands when a day begins."""
    return int(sun_longitude(_julian_day_at_midnight(ordinal)) // 30)


def _julian_day_at_midnight(ordinal: int) -> float:
    return ordinal + _JULIAN_DAY_OF_ORDINAL_0 - 0.5 - _hours_ahead(ordinal) / 24


def _hours_ahead(ordinal: int) -> float:
    """By how many hours the calendar's own time is ahead of universal time on a day."""
    if ordinal >= _VIETNAMESE_TIME_FROM:
        return _HOURS_OF_VIETNAM
    return _HOURS_OF_CHINA if ordinal >= _BEIJING_ZONE_TIME_FROM else _HOURS_OF_BEIJING
