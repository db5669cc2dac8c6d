"""A quarter from the opening of its cycle to the frozen report and its correction, by the actions alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from khuevan.core import clock
from khuevan.documents.choices import DraftState
from khuevan.programme.actions import accept_reply, save_reply_draft, send_reply
from khuevan.programme.choices import Outcome
from khuevan.reports.actions import (
    compose_report,
    correct_report,
    freeze_report,
    gather_again,
    return_unit_report,
    send_unit_report,
)
from khuevan.reports.choices import ReportState
from khuevan.reports.models import ComposedReport, ReportFigure
from tests.factories.documents import NumberBookFactory
from tests.factories.reports import ReportingOffice, reporting_office
from tests.factories.work import at

pytestmark = pytest.mark.django_db
CUT_OFF = date(2025, 6, 14)


def done_by_the_lead(place: ReportingOffice, day: date) -> None:
    """The lead reports its instalment done on the day, the planner accepts it."""
    office = place.office
    with clock.stopped_at(at(day, 10)):
        draft = save_reply_draft(
            by=office.lead_officer, instalment=office.lead_instalment, outcome=Outcome.DONE, text="Xong."
        )
        draft.no_evidence_reason = "Không có"
        draft = save_reply_draft(
            by=office.lead_officer, instalment=office.lead_instalment, outcome=Outcome.DONE, text="Xong.",
            no_evidence_reason="Chưa có",
        )  # fmt: skip
        accept_reply(by=office.planner, reply=send_reply(by=office.lead_officer, reply=draft))


def figures(report: ComposedReport) -> dict[str, Decimal | None]:
    return dict(ReportFigure.objects.filter(report=report).values_list("code", "value"))


def test_a_quarter_is_filled_sent_composed_frozen_and_corrected():
    place = reporting_office()
    office = place.office
    done_by_the_lead(place, date(2025, 6, 10))
    with clock.stopped_at(at(date(2025, 6, 5))):
        cycle = place.cycle(2025, 2)
    assert (cycle.first_date, cycle.last_date) == (date(2025, 3, 15), CUT_OFF)
    with clock.stopped_at(at(date(2025, 6, 16))):
        place.sent(cycle, office.lead, stories=5, answer="Đã mở trang tin.")
        report = compose_report(by=office.planner, cycle=cycle)
        assert report.missing_units == [office.support.name]
        assert figures(report) == {
            "xong": Decimal(1), "den_han": Decimal(0), "ty_le": None, "tin_bai": Decimal(5), "kinh_phi": None,
        }  # fmt: skip
        place.sent(cycle, office.support, stories=2)
        report = gather_again(by=office.planner, report=report)
        assert report.missing_units == []
        assert figures(report)["tin_bai"] == Decimal(7)
        [part] = ReportFigure.objects.get(report=report, code="xong").parts[:1]
        assert (part["name"], [record[:2] for record in part["records"]]) == (
            office.lead.name,
            [["programme.instalment", office.lead_instalment.pk]],
        )
        book = NumberBookFactory(unit=office.department)
        unit = office.planner.posts.get().unit
        frozen = freeze_report(by=office.planner, report=report, book=book, unit=unit)
        assert (frozen.state, frozen.draft.state) == (ReportState.FROZEN, DraftState.DRAFTING)
        with pytest.raises(ValidationError):
            gather_again(by=office.planner, report=frozen)
        lead = place.report_of(cycle, office.lead)
        back = return_unit_report(by=office.planner, report=lead, reason="Đếm lại tin, bài.")
        assert back.returned_reason == "Đếm lại tin, bài."
        again = place.filled(cycle, office.lead, stories=6)
        send_unit_report(by=office.lead_officer, report=again, seen_version=again.version)
        new = correct_report(by=office.planner, report=frozen, reason="Phòng đếm lại.")
        assert (new.version, new.corrects, figures(new)["tin_bai"]) == (2, frozen, Decimal(8))
        assert figures(frozen)["tin_bai"] == Decimal(7)
