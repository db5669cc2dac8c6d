"""Which days a cycle counts, by when units send, when it opens and closes."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.plain.calendar.reporting_periods import NoReportingPeriod
from khuevan.reports.choices import DeadlineBasis, Frequency
from khuevan.reports.models import ReportingRule
from khuevan.reports.periods import period_before, period_of, periods_open_on


def rule(**fields):
    return ReportingRule(
        **{"name": "Báo cáo", "frequency": Frequency.QUARTER, "valid_from": date(2025, 1, 1)} | fields
    )


@pytest.mark.parametrize(
    ("frequency", "number", "first", "last"),
    [
        (Frequency.MONTH, 1, date(2024, 12, 15), date(2025, 1, 14)),
        (Frequency.QUARTER, 1, date(2024, 12, 15), date(2025, 3, 14)),
        (Frequency.QUARTER, 4, date(2025, 9, 15), date(2025, 12, 14)),
        (Frequency.HALF_YEAR, 1, date(2024, 12, 15), date(2025, 6, 14)),
        (Frequency.HALF_YEAR, 2, date(2025, 6, 15), date(2025, 12, 14)),
        (Frequency.NINE_MONTHS, 1, date(2024, 12, 15), date(2025, 9, 14)),
        (Frequency.YEAR, 1, date(2024, 12, 15), date(2025, 12, 14)),
    ],
)
def test_cut_offs_are_those_of_the_decree(frequency, number, first, last):
    period = period_of(rule(frequency=frequency), 2025, number)
    assert (period.first, period.last) == (first, last)


def test_a_rule_may_have_cut_offs_of_its_own():
    period = period_of(rule(cut_from_day=21, cut_to_day=20), 2025, 2)
    assert (period.first, period.last) == (date(2025, 3, 21), date(2025, 6, 20))


def test_days_of_a_quarter_follow_from_its_rule():
    period = period_of(
        rule(
            deadline_basis=DeadlineBasis.DAY_OF_LAST_MONTH,
            deadline_number=18,
            opens_before=7,
            closes_after=10,
        ),
        2025,
        3,
    )
    assert (period.name, period.opens, period.due, period.closes) == (
        "Báo cáo quý III năm 2025", date(2025, 9, 7), date(2025, 9, 18), date(2025, 9, 28),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        (date(2025, 6, 3), []),
        (date(2025, 6, 4), [(2025, 2)]),
        (date(2025, 7, 2), [(2025, 2)]),
        (date(2025, 7, 3), []),
        (date(2025, 12, 31), [(2025, 4)]),
    ],
)
def test_cycles_are_open_from_before_their_cut_off_until_after_their_deadline(day, numbers):
    assert [(period.year, period.number) for period in periods_open_on(rule(), day)] == numbers


def test_a_period_that_ended_before_the_rule_is_not_asked_for():
    assert periods_open_on(rule(valid_from=date(2025, 6, 15)), date(2025, 6, 16)) == []


def test_a_period_that_the_year_does_not_have_is_refused():
    with pytest.raises(NoReportingPeriod):
        period_of(rule(), 2025, 5)


def test_the_period_before_the_first_is_the_last_of_the_year_before():
    assert (period_before(rule(), 2025, 1), period_before(rule(), 2025, 3)) == ((2024, 4), (2025, 2))
