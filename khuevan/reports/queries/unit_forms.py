"""One unit's form as it stands: what is asked, what is known, what the unit says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from khuevan.plain.reporting.edges import beside_the_edge
from khuevan.plain.reporting.formulas import BadFormula, Term, computed, parsed
from khuevan.reports.choices import FigureSource, FigureType, UnitReportState
from khuevan.reports.counting import CountedRecord
from khuevan.reports.models import (
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    UnitAnswer,
    UnitDifficulty,
    UnitFigure,
    UnitReport,
)
from khuevan.reports.periods import period_before
from khuevan.reports.queries.known import known_records, total
from khuevan.reports.queries.reporters import asks

CENT = Decimal("0.01")
# So many digits SQLite keeps of a decimal number; and from here on a figure has more of them, whatever it ends with.
EXACT_DIGITS = 15
BEYOND = Decimal(10) ** EXACT_DIGITS
Figures = dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a form. `value` is what stands for the unit: its own figure, or what was counted or computed.

    `known` and `records` are what the software counted (None and empty where it does not count), `is_corrected`
    whether the unit said another figure, with its `reason`.
    """

    indicator: Indicator
    value: Decimal | None
    known: Decimal | None
    records: tuple[CountedRecord, ...]
    is_corrected: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question of a form with the unit's answer."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class SectionLines:
    """One part of a form."""

    section: FormSection
    figures: tuple[FigureLine, ...]
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A whole form of one unit."""

    report: UnitReport
    sections: tuple[SectionLines, ...]
    difficulties: tuple[UnitDifficulty, ...]

    @property
    def figures(self) -> tuple[FigureLine, ...]:
        """All figures in the form's order."""
        return tuple(line for section in self.sections for line in section.figures)

    def figure(self, indicator_id: int) -> FigureLine | None:
        """The line of an indicator; None where the unit is not asked it."""
        return next((line for line in self.figures if line.indicator.pk == indicator_id), None)

    @property
    def answers(self) -> tuple[AnswerLine, ...]:
        """All questions in the form's order."""
        return tuple(line for section in self.sections for line in section.answers)


@dataclass(frozen=True, slots=True)
class RuleForm:
    """What a rule asks: its sections, each with its indicators and questions, in order. Three queries."""

    sections: tuple[tuple[FormSection, tuple[Indicator, ...], tuple[Question, ...]], ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the form's order, their sections loaded."""
        return tuple(
            indicator for _section, indicators, _questions in self.sections for indicator in indicators
        )

    @property
    def formulas(self) -> dict[str, Term]:
        """The formulas of the computed ones by code; one that cannot be read is left out (and has no value)."""
        found: dict[str, Term] = {}
        for indicator in self.indicators:
            if indicator.source == FigureSource.COMPUTED:
                try:
                    found[indicator.code] = parsed(indicator.formula)
                except BadFormula:
                    continue
        return found


def form_of_rule(rule: ReportingRule) -> RuleForm:
    """What the rule asks."""
    sections = list(FormSection.objects.filter(rule=rule).order_by("order", "pk"))
    indicators = list(Indicator.objects.filter(section__rule=rule).select_related("section"))
    questions = list(Question.objects.filter(section__rule=rule).select_related("section"))
    return RuleForm(
        tuple(
            (
                section,
                tuple(one for one in indicators if one.section_id == section.pk),
                tuple(one for one in questions if one.section_id == section.pk),
            )
            for section in sections
        )
    )


def sections_sent(form: RuleForm, stored: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which sections with figures each report that was sent was asked, as (report's key, section's key).

    `stored` are the figures that were sent, as (report's key, indicator's key): a unit that sends sends a row for
    each figure that it is asked, with or without a value.
    """
    sections = {one.pk: one.section_id for one in form.indicators}
    return {(report, sections[indicator]) for report, indicator in stored if indicator in sections}


def rounded(value: Decimal | None, figure_type: str = "") -> Decimal | None:
    """The figure as it is stored: to hundredths, halves up; a rate is 0 or 100 only where it is so.

    None where the database could not keep it to the last digit: a product of two large figures is no figure.
    """
    if value is None or not value.is_finite() or abs(value) >= BEYOND:
        return None
    is_rate = figure_type == FigureType.PERCENT
    found = beside_the_edge(value, CENT) if is_rate else value.quantize(CENT, ROUND_HALF_UP)
    return found if len(found.normalize().as_tuple().digits) <= EXACT_DIGITS else None


def is_correction(figure: UnitFigure) -> bool:
    """Whether the stored figure of a counted indicator is the unit's own, not what was counted."""
    return figure.known is None or figure.value != figure.known or bool(figure.reason)


def unit_form(report: UnitReport) -> UnitForm:
    """The unit's form. What was SENT is as it was then; until it is sent, what is known is counted anew."""
    rule_form = form_of_rule(report.cycle.rule)
    stored = {figure.indicator_id: figure for figure in UnitFigure.objects.filter(report=report)}
    answers = dict(UnitAnswer.objects.filter(report=report).values_list("question", "text"))
    is_sent = report.state == UnitReportState.SENT
    sent = sections_sent(rule_form, [(report.pk, indicator) for indicator in stored])
    asked = [
        (section, found, questions)
        for section, found, questions in rule_form.sections
        if ((report.pk, section.pk) in sent if is_sent and found else asks(section, report.unit))
        or (is_sent and any(one.pk in answers for one in questions))
    ]
    indicators = [one for _section, found, _questions in asked for one in found]
    counted = {} if is_sent else known_records(report.cycle, [report.unit_id], indicators)
    lines = {
        one.pk: _sent_line(one, stored.get(one.pk))
        if is_sent
        else _line(one, stored.get(one.pk), counted.get((report.unit_id, one.pk)))
        for one in indicators
    }
    if not is_sent:
        values = {one.code: lines[one.pk].value for one in indicators if one.source != FigureSource.COMPUTED}
        _compute(rule_form, lines, values)
    return UnitForm(
        report,
        tuple(
            SectionLines(
                section,
                tuple(lines[one.pk] for one in found),
                tuple(AnswerLine(one, answers.get(one.pk, "")) for one in questions),
            )
            for section, found, questions in asked
        ),
        tuple(UnitDifficulty.objects.filter(report=report)),
    )


def _compute(form: RuleForm, lines: dict[int, FigureLine], values: Mapping[str, Decimal | None]) -> None:
    try:
        found = computed(form.formulas, values)
    except BadFormula:
        return
    for key, line in lines.items():
        if line.indicator.source == FigureSource.COMPUTED:
            value = rounded(found.get(line.indicator.code), line.indicator.type)
            lines[key] = FigureLine(line.indicator, value, None, (), False, "")


def _line(
    indicator: Indicator, stored: UnitFigure | None, records: tuple[CountedRecord, ...] | None
) -> FigureLine:
    if records is None:
        value = stored.value if stored else None
        return FigureLine(indicator, value, None, (), False, stored.reason if stored else "")
    known = total(records)
    if stored is not None and is_correction(stored) and stored.value is not None:
        return FigureLine(indicator, stored.value, known, records, stored.value != known, stored.reason)
    # A reason that was typed before the figure is kept beside what is counted.
    reason = stored.reason if stored is not None and stored.value is None else ""
    return FigureLine(indicator, known, known, records, False, reason)


def _sent_line(indicator: Indicator, stored: UnitFigure | None) -> FigureLine:
    if stored is None:
        return FigureLine(indicator, None, None, (), False, "")
    records = tuple(CountedRecord.from_stored(record) for record in stored.records)
    corrected = stored.known is not None and stored.value != stored.known
    return FigureLine(indicator, stored.value, stored.known, records, corrected, stored.reason)


def earlier_of_unit(report: UnitReport) -> tuple[Figures, Figures]:
    """The unit's own figures of the period before and of the same period a year ago, by code. One query at most.

    Empty where nothing was sent then, and for a cycle without a period.
    """
    cycle = report.cycle
    if cycle.year is None or cycle.number is None:
        return {}, {}
    before, year_ago = period_before(cycle.rule, cycle.year, cycle.number), (cycle.year - 1, cycle.number)
    found: dict[tuple[int, int], Figures] = {before: {}, year_ago: {}}
    rows = UnitFigure.objects.filter(
        Q(report__cycle__year=before[0], report__cycle__number=before[1])
        | Q(report__cycle__year=year_ago[0], report__cycle__number=year_ago[1]),
        report__cycle__rule_code=cycle.rule_code,
        report__unit=report.unit_id,
        report__state=UnitReportState.SENT,
    ).values_list("report__cycle__year", "report__cycle__number", "indicator__code", "value")
    for year, number, code, value in rows:
        if year is not None and number is not None:  # Chosen by both; the types alone do not know.
            found[year, number][code] = value
    return found[before], found[year_ago]
