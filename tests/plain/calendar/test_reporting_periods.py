"""Reporting periods by the cut-off days of Decree 09/2019."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.calendar.deadline_rules import MONTHS_IN, PeriodLength
from khuevan.plain.calendar.reporting_periods import (
    NoReportingPeriod,
    cut_offs,
    reporting_period,
    reporting_period_at,
    reporting_periods,
)


@pytest.mark.parametrize(
    ("length", "number", "name", "first", "last", "send_by"),
    [
        ("MONTH", 1, "Tháng 1 năm 2025", date(2024, 12, 15), date(2025, 1, 14), date(2025, 1, 25)),
        ("MONTH", 3, "Tháng 3 năm 2025", date(2025, 2, 15), date(2025, 3, 14), date(2025, 3, 25)),
        ("QUARTER", 1, "Quý I năm 2025", date(2024, 12, 15), date(2025, 3, 14), date(2025, 3, 25)),
        ("QUARTER", 4, "Quý IV năm 2025", date(2025, 9, 15), date(2025, 12, 14), date(2025, 12, 25)),
        ("HALF_YEAR", 1, "6 tháng đầu năm 2025", date(2024, 12, 15), date(2025, 6, 14), date(2025, 6, 25)),
        ("HALF_YEAR", 2, "6 tháng cuối năm 2025", date(2025, 6, 15), date(2025, 12, 14), date(2025, 12, 25)),
        ("NINE_MONTHS", 1, "9 tháng đầu năm 2025", date(2024, 12, 15), date(2025, 9, 14), date(2025, 9, 25)),
        ("YEAR", 1, "Năm 2025", date(2024, 12, 15), date(2025, 12, 14), date(2025, 12, 25)),
    ],
)
def test_reporting_period(
    length: PeriodLength, number: int, name: str, first: date, last: date, send_by: date
) -> None:
    period = reporting_period(length, 2025, number)
    assert (period.name, period.first, period.last, period.send_by) == (name, first, last, send_by)
    assert period.verified is (length != "NINE_MONTHS")


@pytest.mark.parametrize("length", ["MONTH", "QUARTER", "HALF_YEAR", "YEAR"])
def test_periods_follow_each_other_without_gap(length: PeriodLength) -> None:
    periods = [period for year in range(2020, 2030) for period in reporting_periods(length, year)]
    assert len(periods) == 10 * 12 // MONTHS_IN[length]
    for before, after in pairwise(periods):
        assert after.first == before.last + timedelta(days=1)


@settings(deadline=None)
@given(
    st.sampled_from(["MONTH", "QUARTER", "HALF_YEAR", "NINE_MONTHS", "YEAR"]),
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
)
def test_the_period_at_a_day_is_the_one_that_holds_it(length: PeriodLength, day: date) -> None:
    holding = [
        period
        for year in (day.year, day.year + 1)
        for period in reporting_periods(length, year)
        if period.first <= day <= period.last
    ]
    found = reporting_period_at(length, day)
    assert [found] == holding or (found is None and holding == [] and length == "NINE_MONTHS")


def test_a_period_before_the_decree_or_beyond_the_year_is_refused() -> None:
    with pytest.raises(NoReportingPeriod, match="Quý IV năm 2018"):
        reporting_period("QUARTER", 2018, 4)
    with pytest.raises(NoReportingPeriod, match="Tháng 2 năm 2019"):
        reporting_period("MONTH", 2019, 2)
    with pytest.raises(NoReportingPeriod, match="kỳ báo cáo thứ 5"):
        reporting_period("QUARTER", 2025, 5)
    with pytest.raises(NoReportingPeriod, match="Chưa có quy định ngày chốt số liệu"):
        reporting_period_at("MONTH", date(2018, 12, 1))


def test_each_cut_off_names_its_source() -> None:
    assert [item.length for item in cut_offs()] == list(MONTHS_IN)
    assert all(item.verified is not ("[chưa kiểm chứng" in item.source) for item in cut_offs())
