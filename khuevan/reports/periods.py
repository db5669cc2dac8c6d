"""Which days a cycle of a rule counts and by when it is sent: the decree's cut-offs, or the rule's own."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from khuevan.plain.calendar.deadline_rules import MONTHS_IN, PeriodLength
from khuevan.plain.calendar.reporting_periods import ReportingPeriod, reporting_period
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.reporting.deadlines import Basis, report_deadline
from khuevan.reports.models import ReportingRule, RuleRecipient


@dataclass(frozen=True, slots=True)
class CyclePeriod:
    """A period of a rule: data from `first` to `last` inclusive, units by `due`, closed after `closes`."""

    year: int
    number: int
    name: str
    first: date
    last: date
    due: date
    opens: date
    closes: date


def period_of(rule: ReportingRule, year: int, number: int) -> CyclePeriod:
    """The rule's period of the year; raises NoReportingPeriod where the year has no such period."""
    period = with_own_cut_off(
        rule, reporting_period(cast("PeriodLength", rule.frequency), year, number)
    )  # fmt: skip
    due = units_deadline(rule, period.last)
    return CyclePeriod(
        year,
        number,
        f"{rule.name} {_lower(period.name)}",
        period.first,
        period.last,
        due,
        period.last - timedelta(days=rule.opens_before),
        due + timedelta(days=rule.closes_after),
    )


def with_own_cut_off(rule: ReportingRule, period: ReportingPeriod) -> ReportingPeriod:
    """The decree's period with the rule's cut-off days, where the rule has its own."""
    if rule.cut_from_day is None or rule.cut_to_day is None:
        return period
    return dataclasses.replace(
        period,
        first=period.first.replace(day=rule.cut_from_day),
        last=period.last.replace(day=rule.cut_to_day),
    )


def units_deadline(rule: ReportingRule, cut_off: date) -> date:
    """The last day on which units are in time."""
    basis = cast("Basis", rule.deadline_basis)
    return report_deadline(basis, rule.deadline_number, cut_off, vietnamese_working_calendar())


def periods_open_on(rule: ReportingRule, day: date) -> list[CyclePeriod]:
    """The periods of a periodic rule whose cycle should be open on the day, the earlier first."""
    count = 12 // MONTHS_IN[cast("PeriodLength", rule.frequency)]
    periods = (
        period_of(rule, year, number)
        for year in (day.year - 1, day.year, day.year + 1)
        for number in range(1, count + 1)
    )
    begun = rule.valid_from
    return [
        period
        for period in periods
        if period.opens <= day <= period.closes and begun is not None and period.last >= begun
    ]


def periods_between(rule: ReportingRule, first: date, last: date) -> list[CyclePeriod]:
    """The periods of a periodic rule whose cut-off lies in these days, both inclusive, the earlier first."""
    count = 12 // MONTHS_IN[cast("PeriodLength", rule.frequency)]
    periods = (
        period_of(rule, year, number)
        for year in range(first.year, last.year + 1)
        for number in range(1, count + 1)
    )
    return [period for period in periods if first <= period.last <= last]


def recipient_deadline(recipient: RuleRecipient, cut_off: date) -> date:
    """The last day on which the report reaches this recipient in time."""
    basis = cast("Basis", recipient.deadline_basis)
    return report_deadline(basis, recipient.deadline_number, cut_off, vietnamese_working_calendar())


def period_before(rule: ReportingRule, year: int, number: int) -> tuple[int, int]:
    """The year and number of the period before."""
    count = 12 // MONTHS_IN[cast("PeriodLength", rule.frequency)]
    return (year, number - 1) if number > 1 else (year - 1, count)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
