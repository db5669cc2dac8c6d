"""Figures that cannot be kept to the last digit, and units that are not the figure's own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.plain.reporting.typed_numbers import NotOneNumber, typed_number
from khuevan.reports.actions import compose_report
from khuevan.reports.actions.filling import LARGEST, unfit
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.forms.typed_form import may_follow, measure_of
from khuevan.reports.models import Indicator, ReportFigure
from khuevan.reports.presenters.number_sentences import number_sentence
from khuevan.reports.queries.unit_forms import rounded, unit_form
from tests.factories.reports import reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import OPENED, SENT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("12.345", "12.35"),
        ("170000000000000", "170000000000000.00"),
        ("9999999999999.99", "9999999999999.99"),
        ("12345678901234.56", None),
        ("1e15", None),
        ("1e28", None),
        ("Infinity", None),
    ],
)
def test_a_computed_figure_is_kept_to_the_last_digit_or_not_at_all(value, kept):
    assert rounded(Decimal(value)) == (None if kept is None else Decimal(kept))


def test_a_formula_that_multiplies_locks_no_unit_out():
    place = reporting_office()
    with unaudited("a figure of the form"):
        product = Indicator.objects.create(
            section=place.media, code="tich", name="Tích", source=FigureSource.COMPUTED,
            formula="kinh_phi * tin_bai", type=FigureType.MONEY, order=3,
        )  # fmt: skip
    with clock.stopped_at(at(OPENED)):
        cycle = place.cycle(2025, 2)
    with clock.stopped_at(at(SENT)):
        report = place.sent(cycle, place.office.lead, stories=10**12, money=(10**12, ""))
        place.sent(cycle, place.office.support, stories=10**12, money=(10**12 - 1, ""))
        composed = compose_report(by=place.office.planner, cycle=cycle)
    line = unit_form(report).figure(product.pk)
    assert line is not None
    assert line.value is None
    assert dict(ReportFigure.objects.filter(report=composed).values_list("code", "value")) == {
        "xong": 0, "den_han": 0, "ty_le": None, "tin_bai": 2 * 10**12, "kinh_phi": 2 * 10**12 - 1, "tich": None,
    }  # fmt: skip


def test_more_than_can_be_added_up_to_the_last_digit_is_refused():
    place = reporting_office()
    with clock.stopped_at(at(OPENED)):
        cycle = place.cycle(2025, 2)
        with pytest.raises(ValidationError) as found:
            place.filled(cycle, place.office.lead, stories=int(LARGEST) + 1)
    assert list(found.value.message_dict) == [f"figure-{place.stories.pk}"]
    with translation.override("vi"):
        assert unfit(FigureType.COUNT, LARGEST + 1) == (
            "số này quá lớn, chỉ nhập được tối đa 1.000.000.000.000."
        )
        assert unfit(FigureType.DECIMAL, Decimal("10000000000.01")) == (
            "số này quá lớn, chỉ nhập được tối đa 10.000.000.000."
        )
    assert unfit(FigureType.COUNT, LARGEST) == unfit(FigureType.DECIMAL, Decimal(10) ** 10) == ""


@pytest.mark.parametrize(
    ("measure", "text", "value"),
    [
        ("triệu đồng", "5 triệu đồng", 5),
        ("đồng", "5.000.000 VNĐ", 5_000_000),
        ("", "5.000.000 đồng", 5_000_000),
        ("Đồng", "5.000.000đ", 5_000_000),
    ],
)
def test_a_figures_own_unit_may_stand_behind_it(measure, text, value):
    assert typed_number(text, may_follow(Indicator(type=FigureType.MONEY, unit_of_measure=measure))) == value


@pytest.mark.parametrize(
    ("kind", "measure", "text"),
    [
        (FigureType.MONEY, "triệu đồng", "5.000.000 đồng"),
        (FigureType.MONEY, "nghìn đồng", "5.000 đ"),
        (FigureType.MONEY, "đồng", "5 triệu đồng"),
        (FigureType.COUNT, "tin, bài", "5 %"),
    ],
)
def test_any_other_unit_is_refused_with_the_figures_own(kind, measure, text):
    indicator = Indicator(type=kind, unit_of_measure=measure)
    with pytest.raises(NotOneNumber) as found:
        typed_number(text, may_follow(indicator))
    with translation.override("vi"):
        assert number_sentence(found.value, text, measure_of(indicator)) == (
            f"“{text}”: chỉ tiêu này có đơn vị tính “{measure}”, hãy nhập số theo đơn vị này."
        )
