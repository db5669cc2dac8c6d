"""The periods that periodic reports count: from the cut-off of one to the cut-off of the next.

Source: Decree 09/2019/NĐ-CP, Article 12, as data in `data/reporting_periods.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from khuevan.plain.calendar.deadline_rules import MONTHS_IN, PeriodLength

_DATA = Path(__file__).parent / "data" / "reporting_periods.toml"
_ROMAN = ("I", "II", "III", "IV")


class NoReportingPeriod(ValueError):
    """A period of a year before the decree, or a number that the year does not have."""


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """A period by length, year and number from 1; data counts from `first` to `last`, both inclusive.

    `send_by` is the day by which the top level sends it to the Government (Article 13).
    """

    length: PeriodLength
    year: int
    number: int
    name: str
    first: date
    last: date
    send_by: date
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class CutOff:
    """The cut-off days of one length of period from `valid_from`."""

    length: PeriodLength
    from_day: int
    to_day: int
    send_by: int
    valid_from: date
    source: str
    verified: bool


def reporting_periods(length: PeriodLength, year: int) -> tuple[ReportingPeriod, ...]:
    """All periods of a length in a year, in order: twelve months, four quarters, one time nine months."""
    return tuple(reporting_period(length, year, number) for number in range(1, 12 // MONTHS_IN[length] + 1))


def reporting_period(length: PeriodLength, year: int, number: int = 1) -> ReportingPeriod:
    """One period: the third quarter of 2025 runs from 15 June to 14 September 2025."""
    months = MONTHS_IN[length]
    if not 1 <= number <= 12 // months:
        raise NoReportingPeriod(f"Năm {year} không có kỳ báo cáo thứ {number} như vậy.")
    last_month = months * number
    before = last_month - months
    for cut_off in sorted(cut_offs(), key=lambda item: item.valid_from, reverse=True):
        last = date(year, last_month, cut_off.to_day)
        if cut_off.length == length and last >= cut_off.valid_from:
            first_year, first_month = (year, before) if before else (year - 1, 12)
            return ReportingPeriod(
                length=length,
                year=year,
                number=number,
                name=_name(length, year, number),
                first=date(first_year, first_month, cut_off.from_day),
                last=last,
                send_by=date(year, last_month, cut_off.send_by),
                source=cut_off.source,
                verified=cut_off.verified,
            )
    raise NoReportingPeriod(f"Chưa có quy định ngày chốt số liệu cho {_name(length, year, number)}.")


def reporting_period_at(length: PeriodLength, day: date) -> ReportingPeriod | None:
    """The period whose data a day counts to; None from 15 September to 14 December for nine months.

    `NoReportingPeriod` for a day in a period before the decree.
    """
    # Month 0 is December of the year before: from its cut-off a day counts to the next year.
    for year in (day.year + 1, day.year):
        for number in range(12 // MONTHS_IN[length], 0, -1):
            first_month = date(year, (number - 1) * MONTHS_IN[length] + 1, 1)
            if day < first_month - timedelta(days=31):
                continue
            period = reporting_period(length, year, number)
            if period.first <= day <= period.last:
                return period
    return None


@cache
def cut_offs() -> tuple[CutOff, ...]:
    """All cut-offs in the data, in its order."""
    entries = tomllib.loads(_DATA.read_text(encoding="utf-8"))["cut_off"]
    return tuple(CutOff(**entry) for entry in entries)


def _name(length: PeriodLength, year: int, number: int) -> str:
    names: dict[PeriodLength, str] = {
        "MONTH": f"Tháng {number} năm {year}",
        "QUARTER": f"Quý {_ROMAN[(number - 1) % 4]} năm {year}",
        "HALF_YEAR": f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}",
        "NINE_MONTHS": f"9 tháng đầu năm {year}",
        "YEAR": f"Năm {year}",
    }
    return names[length]
