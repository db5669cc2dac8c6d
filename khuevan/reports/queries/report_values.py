"""A composed report as the plain composer wants it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import cast

from khuevan.plain.calendar.deadline_rules import PeriodLength
from khuevan.plain.calendar.reporting_periods import reporting_period
from khuevan.plain.official_documents.writing.arrangement import long_date
from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.report import Answered, Figure, FigureType, Part, Report, Words
from khuevan.reports.choices import PassageKind
from khuevan.reports.models import ComposedReport, FormSection, Indicator, Passage, Question, ReportFigure
from khuevan.reports.periods import period_before
from khuevan.reports.queries.composed import is_issued


def report_values(report: ComposedReport) -> Report:
    """The report with its figures and the passages that are included. Five queries."""
    cycle = report.cycle
    sections = list(FormSection.objects.filter(rule=cycle.rule).order_by("order", "pk"))
    english = {
        code: (name, unit)
        for code, name, unit in Indicator.objects.filter(section__rule=cycle.rule).values_list(
            "code", "english_name", "english_unit"
        )
    }
    figures: dict[int, list[ReportFigure]] = defaultdict(list)
    for figure in ReportFigure.objects.filter(report=report).order_by("order"):
        figures[figure.section_id].append(figure)
    passages = list(Passage.objects.said().filter(report=report).select_related("question"))
    before = last_year = ""
    if cycle.year is not None and cycle.number is not None:
        before = _period_name(cycle.rule.frequency, *period_before(cycle.rule, cycle.year, cycle.number))
        last_year = _period_name(cycle.rule.frequency, cycle.year - 1, cycle.number)
        period = _period_name(cycle.rule.frequency, cycle.year, cycle.number)
    else:
        period = ""
    corrected, reason = _corrected(report)
    return Report(
        title=report.title,
        period=period,
        first=cycle.first_date,
        last=cycle.last_date,
        parts=tuple(_part(section, figures[section.pk], passages, english) for section in sections),
        unit_count=report.unit_count,
        missing_units=tuple(report.missing_units),
        period_before=before,
        period_last_year=last_year,
        plan_title=cycle.rule.plan_title,
        opening=report.opening,
        assessment=report.assessment,
        next_steps=report.next_steps,
        difficulties=tuple(
            Words(one.unit_name, one.text) for one in passages if one.kind == PassageKind.DIFFICULTY
        ),
        proposals=tuple(
            Words(one.unit_name, one.text) for one in passages if one.kind == PassageKind.PROPOSAL
        ),
        corrects=_named(corrected) if corrected is not None else "",
        correction_reason=reason,
        english_title=cycle.rule.english_name,
    )


def _period_name(frequency: str, year: int, number: int) -> str:
    return reporting_period(cast("PeriodLength", frequency), year, number).name


def _corrected(report: ComposedReport) -> tuple[ComposedReport | None, str]:
    """The issued version that this one corrects, and why; what was never issued in between is passed over."""
    reason, old = report.correction_reason, report.corrects
    while old is not None and not is_issued(old):
        reason, old = old.correction_reason, old.corrects
    return (None, "") if old is None else (old, reason)


def _named(report: ComposedReport) -> str:
    """The version that is corrected: its symbol and day where it was issued, else its title and version."""
    document = report.draft.document if report.draft is not None else None
    if document is not None and document.symbol and document.issued_date:
        return f"Báo cáo số {document.symbol} {long_date(document.issued_date)}"
    return f"{report.title} (bản {report.version})"


def _part(
    section: FormSection,
    figures: list[ReportFigure],
    passages: list[Passage],
    english: dict[str, tuple[str, str]],
) -> Part:
    said: dict[Question, list[Words]] = defaultdict(list)
    for one in passages:
        if one.kind == PassageKind.ANSWER and one.section_id == section.pk and one.question is not None:
            said[one.question].append(Words(one.unit_name, one.text))
    return Part(
        heading=section.heading,
        plan_ref=section.plan_ref,
        figures=tuple(_figure(one, *english.get(one.code, ("", ""))) for one in figures),
        answered=tuple(Answered(question.text, tuple(words)) for question, words in said.items()),
        by_unit=_by_unit(figures),
        english_heading=section.english_heading,
    )


def _figure(figure: ReportFigure, english_name: str, english_unit: str) -> Figure:
    return Figure(
        code=figure.code,
        name=figure.name,
        unit=figure.unit_of_measure,
        type=cast("FigureType", figure.type),
        comparison=Comparison(figure.value, figure.before, figure.last_year, figure.target),
        year_sum=figure.year_sum,
        missing=tuple(figure.missing),
        in_chart=figure.in_chart,
        english_name=english_name,
        english_unit=english_unit,
    )


def _by_unit(figures: list[ReportFigure]) -> tuple[tuple[str, tuple[Decimal | None, ...]], ...]:
    """A row a unit that gave any of the figures, in the order in which units stand in them."""
    names: dict[int, str] = {}
    rows: dict[int, list[Decimal | None]] = {}
    for place, figure in enumerate(figures):
        for part in figure.parts:
            names.setdefault(part["unit"], str(part["name"]))
            row = rows.setdefault(part["unit"], [None] * len(figures))
            row[place] = Decimal(part["value"])
    return tuple((names[unit], tuple(row)) for unit, row in rows.items())
