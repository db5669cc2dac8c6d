"""Which units' figures a report adds up, and how it names them: by the unit, never by its name or kind alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.reports.actions import gather_again
from khuevan.reports.models import ComposedReport
from khuevan.reports.queries.report_values import report_values
from khuevan.reports.queries.reporters import names_apart
from tests.factories.people import UnitFactory
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, composed

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
