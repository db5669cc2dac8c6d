"""The year so far: sums of what is added up, formulas over these sums for what is computed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.reports.actions import compose_report
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.models import Indicator, ReportFigure
from tests.factories.documents import NumberBookFactory
from tests.factories.reports import reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import Scene, issued

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2025, 3, 17), date(2025, 6, 16)


def test_an_average_of_the_year_is_computed_from_the_years_sums():
    place = reporting_office()
    with unaudited("figures of the form"):
        for order, (code, kind, formula) in enumerate(
            [
                ("gia", FigureType.MONEY, "kinh_phi / tin_bai"),
                ("ty_le_dau_tu", FigureType.PERCENT, "100 * tin_bai / kinh_phi"),
            ],
            start=3,
        ):
            Indicator.objects.create(
                section=place.media, code=code, name=code, source=FigureSource.COMPUTED, type=kind,
                formula=formula, order=order,
            )  # fmt: skip
    book = NumberBookFactory(unit=place.office.department)
    for number, day, stories, money in ((1, FIRST, 10, 1000), (2, SECOND, 30, 1000)):
        with clock.stopped_at(at(day - timedelta(days=4))):
            cycle = place.cycle(2025, number)
        with clock.stopped_at(at(day)):
            place.sent(cycle, place.office.lead, stories=stories, money=(money, ""))
            report = compose_report(by=place.office.planner, cycle=cycle)
            if number == 1:
                issued(Scene(place, cycle, report, book))
    found = ReportFigure.objects.filter(report=report).values_list("code", "value", "before", "year_sum")
    figures = {code: tuple(values) for code, *values in found}
    assert figures["tin_bai"] == (Decimal(30), Decimal(10), Decimal(40))
    assert figures["gia"] == (Decimal("33.33"), Decimal(100), Decimal(50))
    assert figures["ty_le_dau_tu"] == (Decimal(3), Decimal(1), Decimal(2))
    # Nothing was due in the second quarter's form of the lead: what is unknown stays unknown.
    assert figures["ty_le"] == (None, None, None)
