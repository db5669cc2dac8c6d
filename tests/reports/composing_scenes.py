"""A quarter with a composed report, as several tests need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.actions import issue_document
from khuevan.documents.choices import DraftState
from khuevan.documents.models import Draft, NumberBook
from khuevan.people.choices import Role
from khuevan.people.models import Unit
from khuevan.reports.actions import compose_report, freeze_report
from khuevan.reports.models import ComposedReport, Cycle
from tests.factories.documents import NumberBookFactory
from tests.factories.people import PostFactory
from tests.factories.reports import ReportingOffice, reporting_office
from tests.factories.work import at

OPENED = date(2025, 6, 5)
SENT = date(2025, 6, 16)


@dataclass
class Scene:
    """An office whose second quarter of 2025 was sent by the units named, and composed by the planner."""

    place: ReportingOffice
    cycle: Cycle
    report: ComposedReport
    book: NumberBook

    @property
    def planner(self) -> Any:
        """Who composes."""
        return self.place.office.planner

    def frozen(self, report: ComposedReport | None = None) -> ComposedReport:
        """The report frozen in the planner's unit."""
        return freeze_report(
            by=self.planner,
            report=report or self.report,
            book=self.book,
            unit=self.planner.posts.get().unit,
        )


def composed(*, both: bool = True, **filled: Any) -> Scene:
    """The report as it is composed at nine on 16 June: the lead sent 5 stories, the support 2 (if `both`)."""
    place = reporting_office()
    with clock.stopped_at(at(OPENED)):
        cycle = place.cycle(2025, 2)
    with clock.stopped_at(at(SENT, 8)):
        place.sent(cycle, place.office.lead, **{"stories": 5, "answer": "Đã mở trang tin.", **filled})
        if both:
            place.sent(cycle, place.office.support, stories=2, answer="Đã dịch 3 trang.")
    with clock.stopped_at(at(SENT)):
        report = compose_report(by=place.office.planner, cycle=cycle)
        return Scene(place, cycle, report, NumberBookFactory(unit=place.office.department))


def issued(scene: Scene) -> ComposedReport:
    """The report frozen, its draft approved as it stands and numbered by a clerk, on the day that the clock says."""
    return numbered(scene.frozen(), scene.place.office.other)


def numbered(report: ComposedReport, unit: Unit) -> ComposedReport:
    """The frozen report, its draft approved as it stands and numbered by a clerk of the unit."""
    clerk = PostFactory(role=Role.CLERK, unit=unit).person
    with unaudited("approved as it stands"):
        draft = Draft.objects.get(pk=report.draft_id)
        draft.state, draft.approved_version = DraftState.APPROVED, draft.version
        draft.save()
    issue_document(by=clerk, draft=draft)
    return ComposedReport.objects.get(pk=report.pk)
