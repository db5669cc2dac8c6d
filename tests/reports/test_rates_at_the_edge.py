"""A computed rate of a report: 100% only where all of it is done, 0% only where nothing is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from khuevan.core import clock
from khuevan.plain.reporting.narrative import narrative
from khuevan.reports.models import ComposedReport, UnitFigure
from khuevan.reports.queries.cycle_data import cycle_data, sums_of
from khuevan.reports.queries.report_values import report_values
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, composed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("done", "due", "rate", "said"),
    [
        (29_999, 30_000, "99.99", "99,99%"),
        (1, 90_000, "0.01", "0,01%"),
        (30_000, 30_000, "100", "100%"),
        (0, 30_000, "0", "0%"),
    ],
)
def test_a_rate_says_all_or_nothing_only_where_it_is_so(done, due, rate, said):
    scene = composed(both=False, done=(done, "Sổ giấy."), due=(due, "Sổ giấy."))
    figure = next(
        one for part in report_values(ComposedReport.objects.get(pk=scene.report.pk)).parts for one in part.figures
        if one.code == "ty_le"
    )  # fmt: skip
    assert figure.comparison.value == Decimal(rate)
    assert UnitFigure.objects.get(
        report__unit=scene.place.office.lead, indicator=scene.place.rate
    ).value == Decimal(rate)
    with clock.stopped_at(at(SENT)):
        sums = sums_of(cycle_data(scene.cycle))
        values = report_values(ComposedReport.objects.get(pk=scene.report.pk))
    assert next(one.value for one in sums if one.indicator == scene.place.rate) == Decimal(rate)
    words = " ".join(one.text for chapter in narrative(values) for one in chapter.paragraphs)
    assert f"Tỷ lệ hoàn thành: {said}" in words
