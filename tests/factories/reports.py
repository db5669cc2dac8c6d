"""An office that reports every quarter: a rule in force with its form, a cycle, units that fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from khuevan.core.recording import unaudited
from khuevan.people.models import Unit
from khuevan.reports.actions import UnitWords, open_period, save_unit_report, send_unit_report
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.choices import FigureSource, FigureType, Frequency, RuleState
from khuevan.reports.models import (
    Cycle,
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    RuleRecipient,
    RuleReporter,
    UnitReport,
)
from tests.factories.people import RecordFactory
from tests.factories.work import Office, office

CODE = "bc-quy"


class RuleFactory(RecordFactory):
    """A version of the quarterly rule, in force since 2024; the gatherer must be given."""

    class Meta:
        model = ReportingRule

    code = CODE
    version = 1
    name = "Báo cáo công tác thông tin đối ngoại"
    frequency = Frequency.QUARTER
    state = RuleState.IN_FORCE
    valid_from = date(2024, 1, 1)
    calls = [-2, 0, 1]


@dataclass(frozen=True)
class ReportingOffice:
    """The office of `tests.factories.work.office`, whose lead and supporting divisions report every quarter.

    The form has two parts: “Kết quả” with `done` (counted), `due` (counted), `rate` (computed from both) and a
    question; “Truyền thông” with `stories` (entered) and `money` (entered, money, not required).
    """

    office: Office
    rule: ReportingRule
    results: FormSection
    media: FormSection
    done: Indicator
    due: Indicator
    rate: Indicator
    stories: Indicator
    money: Indicator
    question: Question

    def cycle(self, year: int = 2025, number: int = 2) -> Cycle:
        """The cycle of a quarter, opened by the planner or before."""
        return open_period(by=self.office.planner, rule=self.rule, year=year, number=number)

    def report_of(self, cycle: Cycle, unit: Unit) -> UnitReport:
        """The unit's report of the cycle as it is stored now."""
        return UnitReport.objects.select_related("cycle__rule", "unit").get(cycle=cycle, unit=unit)

    def filled(
        self, cycle: Cycle, unit: Unit, stories: int = 3, answer: str = "", **figures: Any
    ) -> UnitReport:
        """The unit's report, saved by one of its officers; `figures` by name as (value, reason)."""
        report = self.report_of(cycle, unit)
        entries = {self.stories.pk: FigureEntry(Decimal(stories))}
        for name, (value, reason) in figures.items():
            entries[getattr(self, name).pk] = FigureEntry(Decimal(value), reason)
        return save_unit_report(
            by=self.officer_of(unit),
            report=report,
            seen_version=report.version,
            figures=entries,
            words=UnitWords(answers={self.question.pk: answer}),
        )

    def sent(self, cycle: Cycle, unit: Unit, **filled: Any) -> UnitReport:
        """The unit's report, filled and sent; the clock must stand after the cut-off."""
        report = self.filled(cycle, unit, **filled)
        return send_unit_report(by=self.officer_of(unit), report=report, seen_version=report.version)

    def officer_of(self, unit: Unit) -> Any:
        """Who fills the unit's form."""
        return self.office.lead_officer if unit == self.office.lead else self.office.support_officer


def reporting_office(**rule: Any) -> ReportingOffice:
    """The office with its quarterly rule; no cycle is open yet."""
    place = office()
    made = RuleFactory(gatherer=place.planner.posts.get().unit, **rule)
    with unaudited("a factory"):
        for unit in (place.lead, place.support):
            RuleReporter.objects.create(rule=made, unit=unit)
        RuleRecipient.objects.create(rule=made, name="UBND Thành phố", purpose="để b/c", is_addressed=True)
        results = FormSection.objects.create(rule=made, heading="Kết quả thực hiện nhiệm vụ", order=1)
        media = FormSection.objects.create(rule=made, heading="Truyền thông đối ngoại", order=2)

        def indicator(section: FormSection, code: str, name: str, **fields: Any) -> Indicator:
            return Indicator.objects.create(section=section, code=code, name=name, **fields)

        counted, computed = FigureSource.COUNTED, FigureSource.COMPUTED
        return ReportingOffice(
            office=place,
            rule=made,
            results=results,
            media=media,
            done=indicator(
                results, "xong", "Nhiệm vụ hoàn thành", source=counted, source_key="programme.done",
                unit_of_measure="nhiệm vụ", in_chart=True, order=1,
            ),
            due=indicator(
                results, "den_han", "Nhiệm vụ đến hạn", source=counted, source_key="programme.due",
                unit_of_measure="nhiệm vụ", order=2,
            ),
            rate=indicator(
                results, "ty_le", "Tỷ lệ hoàn thành", source=computed, formula="100 * xong / den_han",
                type=FigureType.PERCENT, unit_of_measure="%", order=3,
            ),
            stories=indicator(
                media, "tin_bai", "Tin, bài đã đăng", unit_of_measure="tin, bài", in_chart=True, order=1
            ),
            money=indicator(
                media, "kinh_phi", "Kinh phí đã sử dụng", unit_of_measure="đồng", type=FigureType.MONEY,
                is_required=False, order=2,
            ),
            question=Question.objects.create(section=results, text="Kết quả nổi bật trong kỳ", order=1),
        )  # fmt: skip
