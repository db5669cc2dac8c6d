"""All data behind a cycle: what each unit that sent says to each indicator and question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from khuevan.plain.reporting.totals import Total, totals
from khuevan.reports.choices import FigureSource, UnitReportState
from khuevan.reports.models import (
    Cycle,
    FormSection,
    Indicator,
    Question,
    UnitAnswer,
    UnitDifficulty,
    UnitFigure,
    UnitReport,
)
from khuevan.reports.queries.reporters import asks
from khuevan.reports.queries.unit_forms import RuleForm, form_of_rule, rounded, sections_sent


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit says to one indicator. `known` is what was counted, None where nothing was counted."""

    value: Decimal | None
    known: Decimal | None
    reason: str

    @property
    def is_corrected(self) -> bool:
        """Whether the unit said another figure than was counted."""
        return self.known is not None and self.value != self.known


@dataclass(frozen=True, slots=True)
class IndicatorSum:
    """One indicator over the units. `given` said a figure, `missing` sent without one, `asked` are asked at all.

    `corrected` are the units whose figure is not the counted one. A computed figure is computed from the sums of
    those that gave all that its formula reads; `missing` are then those that left something of it open.
    """

    indicator: Indicator
    value: Decimal | None
    asked: int
    given: tuple[UnitReport, ...]
    missing: tuple[UnitReport, ...]
    corrected: tuple[tuple[UnitReport, Cell], ...]


@dataclass(frozen=True, slots=True)
class CycleData:
    """The form, the reports in the tree's order, and the figures of those that were sent, by their keys."""

    cycle: Cycle
    form: RuleForm
    reports: tuple[UnitReport, ...]
    cells: dict[tuple[int, int], Cell]
    # The sections with figures that reports were asked when they were sent, by the keys of both.
    asked: frozenset[tuple[int, int]]

    @property
    def sent(self) -> tuple[UnitReport, ...]:
        """The reports that stand as sent; of others only their own units read what they hold."""
        return tuple(report for report in self.reports if report.state == UnitReportState.SENT)

    def asks(self, report: UnitReport, section: FormSection) -> bool:
        """Whether the unit is asked the section's figures; of what was sent: whether it was asked them then."""
        if report.state == UnitReportState.SENT:
            return (report.pk, section.pk) in self.asked
        return asks(section, report.unit)

    def cell(self, report: UnitReport, indicator: Indicator) -> Cell | None:
        """What the unit says; None where it was not asked, has not sent, or left it open."""
        return self.cells.get((report.pk, indicator.pk))


def cycle_data(cycle: Cycle, unit_ids: Collection[int] | None = None) -> CycleData:
    """The data of all units of the cycle, or of those of `unit_ids`. Five queries, whatever the size."""
    reports = (
        UnitReport.objects.asked()
        .filter(cycle=cycle)
        .select_related("unit", "sent_by")
        .order_by("unit__path")
    )
    if unit_ids is not None:
        reports = reports.filter(unit__in=unit_ids)
    found = tuple(reports)
    sent = {report.pk for report in found if report.state == UnitReportState.SENT}
    rows = UnitFigure.objects.filter(
        report__cycle=cycle, report__state=UnitReportState.SENT
    ).values_list("report", "indicator", "value", "known", "reason")  # fmt: skip
    cells = {
        (report, indicator): Cell(value, known, reason)
        for report, indicator, value, known, reason in rows.iterator(chunk_size=5000)
        if report in sent
    }
    form = form_of_rule(cycle.rule)
    return CycleData(cycle, form, found, cells, frozenset(sections_sent(form, cells)))


def sums_of(data: CycleData) -> list[IndicatorSum]:
    """Every indicator in the form's order, over the units that sent."""
    reports = {report.pk: report for report in data.sent}
    said: dict[str, dict[int, Decimal | None]] = {}
    asked: dict[str, list[UnitReport]] = {}
    for section, indicators, _questions in data.form.sections:
        asking = [report for report in data.sent if data.asks(report, section)]
        for indicator in indicators:
            asked[indicator.code] = asking
            if indicator.source != FigureSource.COMPUTED:
                cells = {report.pk: data.cell(report, indicator) for report in asking}
                said[indicator.code] = {key: cell.value if cell else None for key, cell in cells.items()}
    found = totals(data.form.formulas, said)
    sums = []
    for indicator in data.form.indicators:
        total = found.get(indicator.code, Total(None, ()))
        given = {key for key, value in said.get(indicator.code, {}).items() if value is not None}
        sums.append(
            IndicatorSum(
                indicator,
                rounded(total.value, indicator.type),
                len(asked[indicator.code]),
                tuple(report for report in asked[indicator.code] if report.pk in given),
                tuple(reports[key] for key in total.missing),
                _corrected(data, indicator, asked[indicator.code]),
            )
        )
    return sums


def _corrected(
    data: CycleData, indicator: Indicator, asked: Sequence[UnitReport]
) -> tuple[tuple[UnitReport, Cell], ...]:
    if indicator.source == FigureSource.COMPUTED:
        return ()
    cells = ((report, data.cell(report, indicator)) for report in asked)
    return tuple(
        (report, cell) for report, cell in cells if cell and cell.value is not None and cell.is_corrected
    )


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """What a unit wrote: its answers as (question, text), its difficulties as (difficulty, what is asked for)."""

    report: UnitReport
    answers: tuple[tuple[Question, str], ...]
    difficulties: tuple[tuple[str, str], ...]


def words_of(data: CycleData) -> list[UnitSaid]:
    """The words of the units that sent, in the order of the tree; units that wrote nothing too. Two queries."""
    sent = {"report__cycle": data.cycle, "report__state": UnitReportState.SENT}
    texts = {
        (report, question): text
        for report, question, text in UnitAnswer.objects.filter(**sent)
        .exclude(text="")
        .values_list("report", "question", "text")
    }
    difficulties: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = UnitDifficulty.objects.filter(**sent).order_by("report", "order", "pk")
    for report, text, asks_for in rows.values_list("report", "text", "asks_for"):
        difficulties[report].append((text, asks_for))
    questions = [question for _section, _indicators, found in data.form.sections for question in found]
    return [
        UnitSaid(
            report,
            tuple((one, texts[report.pk, one.pk]) for one in questions if (report.pk, one.pk) in texts),
            tuple(difficulties[report.pk]),
        )
        for report in data.sent
    ]


def sections_with(data: CycleData) -> list[FormSection]:
    """The parts of the form that ask for figures."""
    return [section for section, indicators, _questions in data.form.sections if indicators]
