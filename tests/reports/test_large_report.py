"""A year's report of many units: right to the last figure, in as many questions to the database as one of few."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khuevan.core import clock
from khuevan.reports.actions import compose_report
from khuevan.reports.models import ComposedReport, ReportFigure
from khuevan.reports.queries.gathering import gathered
from khuevan.reports.queries.report_values import report_values
from tests.factories.large_reports import MONEY_PLACE, NAMES, RATE_PLACE, LargeCycle, large_cycle, value_at
from tests.factories.work import at

pytestmark = pytest.mark.django_db
INDICATORS, RECORDS = 20, 3


def composed(made: LargeCycle) -> ComposedReport:
    with clock.stopped_at(at(made.cycle.due_date)):
        return compose_report(by=made.planner, cycle=made.cycle)


def test_sums_of_a_large_report_are_those_of_a_loop_over_units():
    made = large_cycle(45, INDICATORS, RECORDS)
    report = composed(made)
    assert (report.unit_count, len(report.missing_units), len(made.sent)) == (45, 2, 43)
    expected = {}
    for place in range(INDICATORS):
        if place % len(NAMES) == RATE_PLACE:
            expected[f"chi_tieu_{place}"] = Decimal(100)
            continue
        total = Decimal(0)
        for unit in range(len(made.sent)):
            total += value_at(unit, place, RECORDS) or 0
        expected[f"chi_tieu_{place}"] = total
    assert dict(ReportFigure.objects.filter(report=report).values_list("code", "value")) == expected


def test_comparisons_of_a_large_report_are_those_reckoned_by_hand():
    made = large_cycle(24, INDICATORS, RECORDS)
    values = report_values(composed(made))
    place = 0
    for part in values.parts:
        for figure in part.figures:
            comparison = figure.comparison
            assert comparison.value is not None
            assert comparison.before == comparison.last_year == Decimal(100 + place)
            assert comparison.change == comparison.value - (100 + place)
            rate = ((comparison.value - (100 + place)) * 100 / (100 + place)).quantize(
                Decimal("0.1"), ROUND_HALF_UP
            )
            assert comparison.change_rate == comparison.yearly_rate == rate
            has_plan = place % len(NAMES) not in (RATE_PLACE, MONEY_PLACE)
            assert comparison.plan == (Decimal(5_000) if has_plan else None)
            assert figure.year_sum == comparison.value
            place += 1
    assert place == INDICATORS


def test_questions_to_the_database_do_not_grow_with_units():
    counts = []
    # Not so many that SQLite, which takes 999 values at once, writes the units' words in two goes.
    for units, code in ((12, "bc-it"), (20, "bc-nhieu")):
        made = large_cycle(units, INDICATORS, RECORDS, code=code)
        with CaptureQueriesContext(connection) as gathering:
            gathered(made.cycle)
        with CaptureQueriesContext(connection) as composing:
            report = composed(made)
        with CaptureQueriesContext(connection) as reading:
            report_values(ComposedReport.objects.select_related("cycle__rule").get(pk=report.pk))
        counts.append((len(gathering), len(composing), len(reading)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 6
    assert counts[0][2] <= 7
