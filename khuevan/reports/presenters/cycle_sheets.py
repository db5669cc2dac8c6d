"""The data behind a cycle as sheets: units × indicators, every figure by itself, the words of units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.people.choices import UnitKind
from khuevan.plain.sheets import Sheet, SheetColumn, Value
from khuevan.reports.choices import FigureType, UnitReportState
from khuevan.reports.models import Indicator, UnitReport
from khuevan.reports.queries.cycle_data import CycleData, UnitSaid

Row = list[Value]


def unit_of_measure(indicator: Indicator) -> str:
    """What a figure of the indicator counts in."""
    if indicator.unit_of_measure:
        return indicator.unit_of_measure
    return {FigureType.PERCENT.value: "%", FigureType.MONEY.value: "đồng"}.get(indicator.type, "")


def workbook(data: CycleData, words: list[UnitSaid]) -> list[Sheet]:
    """The sheets of the workbook, in order."""
    return [
        Sheet(_("Units and indicators"), _matrix_columns(data), _matrix_rows(data)),
        Sheet(_("Figures"), _columns(_FIGURE_WIDTHS), _figure_rows(data)),
        Sheet(_("Answers"), _columns(_ANSWER_WIDTHS), _answer_rows(words)),
        Sheet(_("Difficulties and proposals"), _columns(_DIFFICULTY_WIDTHS), _difficulty_rows(words)),
    ]


def long_columns() -> list[SheetColumn]:
    """The columns of the one table that holds everything."""
    return _columns(
        (
            ("unit", 36), ("kind", 16), ("state", 14), ("sent", 13), ("section", 32), ("what", 16), ("code", 18),
            ("name", 44), ("measure", 14), ("value", 16), ("known", 16), ("reason", 40), ("text", 60),
            ("asks_for", 40),
        )
    )  # fmt: skip


def long_rows(data: CycleData, words: list[UnitSaid]) -> Iterator[Row]:
    """One row a figure, answer, difficulty, proposal; a unit that has not sent, or said nothing, has one row."""
    said = {one.report.pk: one for one in words}
    for report in data.reports:
        head = _head(report)
        rows = [*_figures_of(data, report), *(_words_of(said[report.pk]) if report.pk in said else ())]
        for row in rows or [[""] * 10]:
            yield head + row


def _figures_of(data: CycleData, report: UnitReport) -> Iterator[Row]:
    for section, indicators, _questions in data.form.sections:
        for indicator in indicators:
            cell = data.cell(report, indicator)
            if cell is None:
                continue
            yield [
                section.heading, _("Figure"), indicator.code, indicator.name, unit_of_measure(indicator),
                cell.value, cell.known, cell.reason, "", "",
            ]  # fmt: skip


def _words_of(one: UnitSaid) -> Iterator[Row]:
    for question, text in one.answers:
        yield [
            question.section.heading, _("Answer"), "", question.text, "", None, None, "", text, "",
        ]  # fmt: skip
    for text, asks_for in one.difficulties:
        yield ["", _("Difficulty"), "", "", "", None, None, "", text, asks_for]
    if one.report.proposals:
        yield ["", _("Proposal"), "", "", "", None, None, "", one.report.proposals, ""]


def _head(report: UnitReport) -> Row:
    return [
        report.unit.name,
        str(UnitKind(report.unit.kind).label),
        str(UnitReportState(report.state).label),
        _sent_day(report),
    ]


def _sent_day(report: UnitReport) -> date | None:
    if report.state != UnitReportState.SENT or report.sent_at is None:
        return None
    return timezone.localdate(report.sent_at)


def _matrix_columns(data: CycleData) -> list[SheetColumn]:
    columns = _columns((("unit", 36), ("kind", 16), ("state", 14), ("sent", 13)))
    for indicator in data.form.indicators:
        measure = unit_of_measure(indicator)
        columns.append(SheetColumn(f"{indicator.name} ({measure})" if measure else indicator.name, 14))
    return columns


def _matrix_rows(data: CycleData) -> Iterator[Row]:
    indicators = data.form.indicators
    for report in data.reports:
        row = _head(report)
        for indicator in indicators:
            cell = data.cell(report, indicator)
            row.append(cell.value if cell is not None else None)
        yield row


_FIGURE_WIDTHS = (
    ("unit", 36), ("section", 32), ("code", 18), ("name", 44), ("measure", 14), ("value", 16), ("known", 16),
    ("reason", 60),
)  # fmt: skip
_ANSWER_WIDTHS = (("unit", 36), ("section", 32), ("name", 44), ("text", 80))
_DIFFICULTY_WIDTHS = (("unit", 36), ("what", 16), ("text", 80), ("asks_for", 60))


def _columns(widths: tuple[tuple[str, int], ...]) -> list[SheetColumn]:
    labels = {
        "unit": _("Unit"), "kind": _("Kind of unit"), "state": _("State"), "sent": _("Sent on"),
        "section": _("Section"), "what": _("Kind of entry"), "code": _("Code"),
        "name": _("Indicator or question"), "measure": _("Unit of measure"), "value": _("Figure"),
        "known": _("Counted by the software"), "reason": _("Why it differs"), "text": _("Words of the unit"),
        "asks_for": _("What is asked for"),
    }  # fmt: skip
    return [SheetColumn(labels[name], width) for name, width in widths]


def _figure_rows(data: CycleData) -> Iterator[Row]:
    """One row a figure; also where a unit that is asked left it open, so that what is missing is seen."""
    for report in data.sent:
        for section, indicators, _questions in data.form.sections:
            if not data.asks(report, section):
                continue
            for indicator in indicators:
                cell = data.cell(report, indicator)
                yield [
                    report.unit.name, section.heading, indicator.code, indicator.name,
                    unit_of_measure(indicator), cell.value if cell else None, cell.known if cell else None,
                    cell.reason if cell else "",
                ]  # fmt: skip


def _answer_rows(words: list[UnitSaid]) -> Iterator[Row]:
    for one in words:
        for question, text in one.answers:
            yield [one.report.unit.name, question.section.heading, question.text, text]


def _difficulty_rows(words: list[UnitSaid]) -> Iterator[Row]:
    for one in words:
        for text, asks_for in one.difficulties:
            yield [one.report.unit.name, _("Difficulty"), text, asks_for]
        if one.report.proposals:
            yield [one.report.unit.name, _("Proposal"), one.report.proposals, ""]
