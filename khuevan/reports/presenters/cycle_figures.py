"""The figures of a cycle so far, and the table of units and indicators, as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from khuevan.plain.reporting.amounts import UNKNOWN
from khuevan.plain.reporting.charts import printed
from khuevan.reports.choices import FigureSource
from khuevan.reports.models import FormSection, Indicator, UnitReport
from khuevan.reports.presenters.cycle_sheets import unit_of_measure
from khuevan.reports.queries.cycle_data import Cell, CycleData, IndicatorSum

NOT_ASKED = "not-asked"
NOT_SENT = "not-sent"
OPEN = "open"
CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """A unit's own figure, what was counted, and why they differ."""

    report: UnitReport
    value: str
    known: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One indicator: its sum so far, how many units gave it, who did not, who said another than was counted."""

    indicator: Indicator
    measure: str
    value: str
    is_computed: bool
    given: int
    asked: int
    missing: tuple[UnitReport, ...]
    corrected: tuple[CorrectedRow, ...]


def figure_sections(sums: Sequence[IndicatorSum]) -> list[dict[str, Any]]:
    """The rows under the headings of the form."""
    found: dict[int, dict[str, Any]] = {}
    for one in sums:
        section = one.indicator.section
        found.setdefault(section.pk, {"section": section, "rows": []})["rows"].append(_row(one))
    return list(found.values())


def _row(one: IndicatorSum) -> FigureRow:
    return FigureRow(
        one.indicator,
        unit_of_measure(one.indicator),
        UNKNOWN if one.value is None else printed(one.value),
        one.indicator.source == FigureSource.COMPUTED,
        len(one.given),
        one.asked,
        one.missing,
        tuple(_corrected(report, cell) for report, cell in one.corrected),
    )


def _corrected(report: UnitReport, cell: Cell) -> CorrectedRow:
    return CorrectedRow(
        report,
        UNKNOWN if cell.value is None else printed(cell.value),
        UNKNOWN if cell.known is None else printed(cell.known),
        cell.reason,
    )


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands in a cell, and what it is: a figure, a changed one (with its reason), or why there is none."""

    text: str
    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One unit's line in the table."""

    report: UnitReport
    is_sent: bool
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units × indicators of one part of the form, or of all; the last line has the sums."""

    indicators: tuple[tuple[Indicator, str], ...]
    rows: tuple[MatrixRow, ...]
    sums: tuple[str, ...]


def matrix(data: CycleData, sums: Sequence[IndicatorSum], section: FormSection | None) -> Matrix:
    """The table of the section's indicators, of all indicators for None."""
    chosen = [one for one in sums if section is None or one.indicator.section_id == section.pk]
    indicators = [one.indicator for one in chosen]
    sent = {report.pk for report in data.sent}
    rows = [
        MatrixRow(
            report,
            report.pk in sent,
            tuple(_cell(data, report, one, is_sent=report.pk in sent) for one in indicators),
        )
        for report in data.reports
    ]
    return Matrix(
        tuple((one, unit_of_measure(one)) for one in indicators),
        tuple(rows),
        tuple(UNKNOWN if one.value is None else printed(one.value) for one in chosen),
    )


def _cell(data: CycleData, report: UnitReport, indicator: Indicator, *, is_sent: bool) -> MatrixCell:
    if not data.asks(report, indicator.section):
        return MatrixCell("", NOT_ASKED)
    if not is_sent:
        return MatrixCell("–", NOT_SENT)
    cell = data.cell(report, indicator)
    if cell is None or cell.value is None:
        return MatrixCell(UNKNOWN, OPEN)
    if cell.is_corrected:
        return MatrixCell(printed(cell.value), CHANGED, cell.reason)
    return MatrixCell(printed(cell.value))
