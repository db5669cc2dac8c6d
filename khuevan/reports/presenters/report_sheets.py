"""The data behind a composed report as tables: figures, what each unit gave, the records counted, the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.sheets import SheetColumn, Value
from khuevan.reports.choices import FigureType
from khuevan.reports.counting import CountedRecord
from khuevan.reports.models import ComposedReport, Passage, ReportFigure
from khuevan.reports.presenters.figure_page import part_rows

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # For the type checker; not a dependency of the program.

Row = list[Value]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `code` stands in its address and in the name of its file."""

    code: str
    label: StrOrPromise
    columns: Callable[[], list[SheetColumn]]
    rows: Callable[[ComposedReport], Iterator[Row]]


def _figure_columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("Section"), 32),
        SheetColumn(_("Code"), 18),
        SheetColumn(_("Figure"), 44),
        SheetColumn(_("Unit of measure"), 14),
        SheetColumn(_("This period"), 14),
        SheetColumn(_("Period before"), 14),
        SheetColumn(_("Change, %"), 12),
        SheetColumn(_("Same period last year"), 14),
        SheetColumn(_("Change on last year, %"), 12),
        SheetColumn(_("Year so far"), 14),
        SheetColumn(_("Target of the year"), 14),
        SheetColumn(_("Of the target, %"), 12),
        SheetColumn(_("Formula"), 24),
        SheetColumn(_("Units without this figure"), 40),
    ]


def _figure_rows(report: ComposedReport) -> Iterator[Row]:
    for one in ReportFigure.objects.filter(report=report).defer("parts").select_related("section"):
        held = Comparison(one.value, one.before, one.last_year)
        # Of a rate there is no sum; what stands for it is the rate itself.
        is_rate = one.type == FigureType.PERCENT
        share = Comparison(one.year_sum, plan=one.target).plan_rate
        yield [
            one.section.heading,
            one.code,
            one.name,
            one.unit_of_measure or ("%" if is_rate else ""),
            one.value,
            one.before,
            held.change_rate,
            one.last_year,
            held.yearly_rate,
            None if is_rate else one.year_sum,
            one.target,
            None if is_rate else share,
            one.formula,
            "; ".join(one.missing),
        ]


def _part_columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("Code"), 18),
        SheetColumn(_("Figure"), 44),
        SheetColumn(_("Unit"), 40),
        SheetColumn(_("Reported"), 14),
        SheetColumn(_("Counted by the software"), 14),
        SheetColumn(_("Why it differs"), 40),
        SheetColumn(_("Records counted"), 12),
        SheetColumn(_("Sent on the day"), 14),
        SheetColumn(_("Sent by the person"), 28),
    ]


def _part_rows(report: ComposedReport) -> Iterator[Row]:
    for figure in _figures(report):
        stored = {int(part["unit"]): part for part in figure.parts}
        for row in part_rows(figure):
            part = stored[row.unit_id]
            yield [
                figure.code,
                figure.name,
                row.unit,
                Decimal(part["value"]),
                None if part["known"] is None else Decimal(part["known"]),
                row.reason,
                row.record_count,
                timezone.localdate(row.sent_at) if row.sent_at else None,
                row.sent_by,
            ]


def _record_columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("Code"), 18),
        SheetColumn(_("Figure"), 44),
        SheetColumn(_("Unit"), 40),
        SheetColumn(_("Record"), 70),
        SheetColumn(_("Day"), 14),
        SheetColumn(_("Counts for"), 12),
        SheetColumn(_("Kind and key in the software"), 28),
    ]


def _record_rows(report: ComposedReport) -> Iterator[Row]:
    for figure in _figures(report):
        for part in figure.parts:
            for stored in part["records"]:
                record = CountedRecord.from_stored(stored)
                yield [
                    figure.code,
                    figure.name,
                    str(part["name"]),
                    record.title,
                    record.day,
                    record.amount,
                    f"{record.label} {record.pk}",
                ]


def _figures(report: ComposedReport) -> Iterable[ReportFigure]:
    # One after another: the lists of a year's report need not stand in memory together.
    found: Iterable[ReportFigure] = ReportFigure.objects.filter(report=report).iterator(chunk_size=10)
    return found


def _word_columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("Kind of words"), 18),
        SheetColumn(_("Section"), 32),
        SheetColumn(_("Question"), 40),
        SheetColumn(_("Unit"), 40),
        SheetColumn(_("As the unit wrote it"), 70),
        SheetColumn(_("As the report says it"), 70),
        SheetColumn(_("In the report"), 12),
    ]


def _word_rows(report: ComposedReport) -> Iterator[Row]:
    for one in Passage.objects.filter(report=report).select_related("section", "question"):
        yield [
            one.get_kind_display(),
            one.section.heading if one.section is not None else "",
            one.question.text if one.question is not None else "",
            one.unit_name,
            one.original,
            one.text if one.is_included and not one.is_gone else "",
            _("yes") if one.is_included and not one.is_gone else _("no"),
        ]


TABLES = (
    Table("so-lieu", gettext_lazy("Figures with comparisons"), _figure_columns, _figure_rows),
    Table("don-vi", gettext_lazy("Figures by unit"), _part_columns, _part_rows),
    Table("ho-so", gettext_lazy("Records counted"), _record_columns, _record_rows),
    Table("loi-van", gettext_lazy("Words of units"), _word_columns, _word_rows),
)


def table_with(code: str) -> Table | None:
    """The table of the code; None where there is none."""
    return next((table for table in TABLES if table.code == code), None)


def file_stem(report: ComposedReport) -> str:
    """How files of the report begin: which rule, which period, which version."""
    cycle = report.cycle
    period = f"-{cycle.year}-{cycle.number}" if cycle.year is not None else f"-{cycle.pk}"
    return f"{cycle.rule_code}{period}-ban-{report.version}"
