"""All data behind a cycle: what each unit that sent says to each indicator and question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from khuevan.plain.reporting.formulas import BadFormula, computed
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
from khuevan.reports.queries.unit_forms import RuleForm, form_of_rule, rounded


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

    `corrected` are the units whose figure is not the counted one. A computed figure is computed from the sums.
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

    @property
    def sent(self) -> tuple[UnitReport, ...]:
        """The reports that stand as sent; of others only their own units read what they hold."""
        return tuple(report for report in self.reports if report.state == UnitReportState.SENT)

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
    return CycleData(cycle, form_of_rule(cycle.rule), found, cells)


def sums_of(data: CycleData) -> list[IndicatorSum]:
    """Every indicator in the form's order, over the units that sent."""
    sent = data.sent
    found: list[IndicatorSum] = []
    sums: dict[str, Decimal | None] = {}
    for section, indicators, _questions in data.form.sections:
        asked = [report for report in sent if asks(section, report.unit)]
        for indicator in indicators:
            one = _sum(data, indicator, asked)
            found.append(one)
            if indicator.source != FigureSource.COMPUTED:
                sums[indicator.code] = one.value
    try:
        values = computed(data.form.formulas, sums)
    except BadFormula:
        values = {}
    return [
        IndicatorSum(one.indicator, rounded(values.get(one.indicator.code)), one.asked, (), (), ())
        if one.indicator.source == FigureSource.COMPUTED
        else one
        for one in found
    ]


def _sum(data: CycleData, indicator: Indicator, asked: Sequence[UnitReport]) -> IndicatorSum:
    value: Decimal | None = None
    given, missing, corrected = [], [], []
    for report in asked:
        cell = data.cell(report, indicator)
        if cell is None or cell.value is None:
            missing.append(report)
            continue
        given.append(report)
        value = (value or Decimal(0)) + cell.value
        if cell.is_corrected:
            corrected.append((report, cell))
    return IndicatorSum(indicator, value, len(asked), tuple(given), tuple(missing), tuple(corrected))


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
