"""Who reports in an open cycle follows the units: those that begin are asked, those that end owe nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.models import Unit
from khuevan.reports.actions import (
    compose_report,
    release_unit,
    save_unit_report,
    send_unit_report,
    take_unit_in,
)
from khuevan.reports.actions.filling import UnitWords
from khuevan.reports.choices import UnitReportState
from khuevan.reports.models import Cycle, RuleReporter, UnitReport
from khuevan.reports.queries.cycle_data import cycle_data
from khuevan.reports.queries.standing import standings_of, tally_of
from tests.factories.people import UnitFactory
from tests.factories.reports import ReportingOffice, reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import OPENED, SENT
from tests.reports.form_pages import main_text
from tests.reports.test_jobs import CUT_OFF, morning

pytestmark = pytest.mark.django_db


def opened(place: ReportingOffice) -> Cycle:
    with clock.stopped_at(at(OPENED)):
        return place.cycle()


def named_in_the_rule(place: ReportingOffice, name: str, **days: date) -> Unit:
    with unaudited("a unit of a test"):
        unit: Unit = UnitFactory(name=name, **days)
        RuleReporter.objects.create(rule=place.rule, unit=unit)
    return unit


def states(cycle: Cycle) -> dict[str, tuple[str, str, str]]:
    return {
        one.unit.name: (one.state, one.taken_in_reason, one.released_reason)
        for one in UnitReport.objects.filter(cycle=cycle).select_related("unit")
    }


WAITS = (UnitReportState.WAITING, "", "")


def test_from_the_cut_off_day_on_a_cycle_follows_its_units():
    place = reporting_office()
    cycle = opened(place)
    lead, support = place.office.lead, place.office.support
    named_in_the_rule(place, "Phường mới lập", valid_from=date(2025, 6, 9))
    named_in_the_rule(place, "Phường lập sau ngày chốt", valid_from=date(2025, 6, 15))
    with unaudited("a unit that ends"):
        Unit.objects.filter(pk=support.pk).update(valid_to=date(2025, 6, 8))
    assert morning(date(2025, 6, 13)) == ""
    assert morning(CUT_OFF) == "1 đơn vị được bổ sung, 1 đơn vị được miễn"
    assert states(cycle) == {
        lead.name: WAITS,
        "Phường mới lập": ("WAITING", "Là đơn vị báo cáo theo quy định tại ngày chốt số liệu.", ""),
        support.name: ("RELEASED", "", "Đơn vị tồn tại đến hết ngày 08/06/2025."),
    }
    # Once is enough.
    assert morning(date(2025, 6, 15)) == ""


def test_a_released_unit_owes_nothing_and_is_missing_nowhere():
    place = reporting_office()
    cycle, planner = opened(place), place.office.planner
    with clock.stopped_at(at(SENT)):
        place.sent(cycle, place.office.lead, stories=1)
        released = release_unit(
            by=planner, report=place.report_of(cycle, place.office.support), reason=" Đã sáp nhập. "
        )
        report = compose_report(by=planner, cycle=cycle)
        with pytest.raises(ValidationError):
            save_unit_report(
                by=place.office.support_officer, report=released, seen_version=released.version,
                figures={}, words=UnitWords(),
            )  # fmt: skip
    assert (report.missing_units, report.unit_count) == ([], 1)
    assert (released.released_by, released.released_reason) == (planner, "Đã sáp nhập.")
    assert [one.unit for one in cycle_data(cycle).reports] == [place.office.lead]
    assert tally_of(standings_of(cycle, SENT)).all == 1


def test_a_unit_that_was_released_is_taken_in_again_and_sends():
    place = reporting_office()
    cycle, planner, support = opened(place), place.office.planner, place.office.support
    with clock.stopped_at(at(SENT)):
        release_unit(by=planner, report=place.report_of(cycle, support), reason="Nhầm.")
        take_unit_in(by=planner, cycle=cycle, unit=support, reason="Vẫn phải báo cáo.")
        assert states(cycle)[support.name] == ("WAITING", "Vẫn phải báo cáo.", "")
        filled = place.filled(cycle, support)
        sent = send_unit_report(
            by=place.office.support_officer, report=filled, seen_version=filled.version
        )  # fmt: skip
        with pytest.raises(ValidationError):
            release_unit(by=planner, report=sent, reason="Muộn rồi.")
        with pytest.raises(ValidationError):
            take_unit_in(by=planner, cycle=cycle, unit=support, reason="Hai lần.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_both_need_a_reason(reason):
    place = reporting_office()
    cycle = opened(place)
    with clock.stopped_at(at(OPENED)):
        with pytest.raises(ValidationError):
            release_unit(
                by=place.office.planner, report=place.report_of(cycle, place.office.lead), reason=reason
            )
        with pytest.raises(ValidationError):
            take_unit_in(by=place.office.planner, cycle=cycle, unit=place.office.other, reason=reason)
    assert set(states(cycle).values()) == {WAITS}


def test_whoever_gathers_releases_and_takes_in_on_the_pages_and_everybody_reads_why(client):
    place = reporting_office()
    cycle, support = opened(place), place.office.support
    report = place.report_of(cycle, support)
    client.force_login(place.office.planner)
    with clock.stopped_at(at(SENT)):
        release = reverse("reports:release_unit", args=[report.pk])
        assert release in client.get(cycle.get_absolute_url()).content.decode()
        page = client.post(release, {"reason": "Đã sáp nhập."}, follow=True)
        assert f"{support.name}: được miễn ngày 16/06/2025. Đã sáp nhập." in main_text(page)
        client.force_login(place.office.support_officer)
        form = main_text(client.get(report.get_absolute_url()))
        assert "Được miễn báo cáo này từ ngày 16/06/2025: Đã sáp nhập." in form
        client.force_login(place.office.planner)
        take_in = reverse("reports:cycle_take_in", args=[cycle.pk])
        page = client.post(take_in, {"unit": place.office.other.pk, "reason": "Mới nhận việc."}, follow=True)
    assert f"{place.office.other.name}: được bổ sung sau khi mở kỳ. Mới nhận việc." in main_text(page)
