"""Which units' figures a report adds up, and how it names them: by the unit, never by its name or kind alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.reports.actions import gather_again
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.models import ComposedReport, FormSection, Indicator
from khuevan.reports.queries.cycle_data import cycle_data, sums_of
from khuevan.reports.queries.gathering import gathered
from khuevan.reports.queries.report_values import report_values
from khuevan.reports.queries.reporters import names_apart
from khuevan.reports.queries.unit_forms import unit_form
from tests.factories.people import UnitFactory
from tests.factories.reports import reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import OPENED, SENT, composed

pytestmark = pytest.mark.django_db


def test_two_units_with_one_name_are_two_rows_with_the_units_above_them():
    scene = composed(both=True)
    lead, support = scene.place.office.lead, scene.place.office.support
    with unaudited("a ward of the same name under another body"):
        support.name, support.parent = lead.name, UnitFactory(name="Cụm phía Nam", kind=UnitKind.WARD)
        support.save()
    with clock.stopped_at(at(SENT)):
        gather_again(by=scene.planner, report=scene.report)
    report = ComposedReport.objects.get(pk=scene.report.pk)
    media = next(part for part in report_values(report).parts if part.heading == "Truyền thông đối ngoại")
    assert dict(media.by_unit) == {
        f"{lead.name} ({lead.parent.name})": (Decimal(5), None),
        f"{lead.name} (Cụm phía Nam)": (Decimal(2), None),
    }
    assert sorted(media.figures[1].missing) == sorted(dict(media.by_unit))


def test_names_that_differ_stay_as_they_are_and_equal_ones_go_up_as_far_as_needed():
    tops = [UnitFactory(name=name, parent=None) for name in ("Hà Đông", "Sơn Tây")]
    middles = [UnitFactory(name="Khối phường", parent=top) for top in tops]
    wards = [UnitFactory(name="Trung Tâm", parent=middle) for middle in middles]
    other = UnitFactory(name="Cửa Nam", parent=tops[0])
    assert names_apart([*wards, other]) == {
        wards[0].pk: "Trung Tâm (Khối phường) (Hà Đông)",
        wards[1].pk: "Trung Tâm (Khối phường) (Sơn Tây)",
        other.pk: "Cửa Nam",
    }


def test_a_rate_leaves_out_units_without_one_of_its_figures_and_names_them():
    place = reporting_office()
    with unaudited("a figure of the form"):
        Indicator.objects.create(
            section=place.media, code="gia", name="Chi phí một tin", source=FigureSource.COMPUTED,
            formula="kinh_phi / tin_bai", type=FigureType.MONEY, order=3,
        )  # fmt: skip
    with clock.stopped_at(at(OPENED)):
        cycle = place.cycle(2025, 2)
    with clock.stopped_at(at(SENT)):
        place.sent(cycle, place.office.lead, stories=10, money=(1000, ""))
        place.sent(cycle, place.office.support, stories=90)
    found = {one.indicator.code: one for one in gathered(cycle).figures}
    assert (found["gia"].value, found["gia"].missing) == (Decimal(100), [place.office.support.name])
    so_far = {one.indicator.code: one for one in sums_of(cycle_data(cycle))}
    assert so_far["gia"].value == Decimal(100)
    assert [report.unit for report in so_far["gia"].missing] == [place.office.support]


def test_what_was_sent_counts_whatever_kind_the_unit_becomes():
    place = reporting_office()
    lead, support = place.office.lead, place.office.support
    with unaudited("a section for divisions"):
        FormSection.objects.filter(pk=place.media.pk).update(asked_kinds=[support.kind])
    with clock.stopped_at(at(OPENED)):
        cycle = place.cycle(2025, 2)
    with clock.stopped_at(at(SENT)):
        place.sent(cycle, lead, stories=10)
        sent = place.sent(cycle, support, stories=90)
    with unaudited("a division becomes a centre"):
        support.kind = UnitKind.CENTRE
        support.save()
    stories = next(one for one in gathered(cycle).figures if one.indicator.code == "tin_bai")
    assert (stories.value, stories.missing) == (Decimal(100), [])
    so_far = next(one for one in sums_of(cycle_data(cycle)) if one.indicator.code == "tin_bai")
    assert (so_far.value, so_far.asked, len(so_far.given)) == (Decimal(100), 2, 2)
    line = unit_form(place.report_of(cycle, sent.unit)).figure(place.stories.pk)
    assert line is not None
    assert line.value == Decimal(90)
