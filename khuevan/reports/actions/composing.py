"""Writes of those who compose: the report gathered, its words edited, frozen as a draft, corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.models import NumberBook
from khuevan.people.models import Unit, User
from khuevan.reports.choices import PassageKind, ReportState, UnitReportState
from khuevan.reports.drafts import draft_of_report
from khuevan.reports.models import (
    ComposedReport,
    Cycle,
    Passage,
    ReportFigure,
    UnitAnswer,
    UnitDifficulty,
    UnitReport,
)
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.queries.gathering import Gathered, earlier_figures, gathered


@action
def compose_report(*, by: User, cycle: Cycle) -> ComposedReport:
    """A new report of the cycle from what units have sent; refused while another version is being edited."""
    check_can_gather(by, cycle.rule, clock.today())
    _lock(cycle)
    there = ComposedReport.objects.filter(cycle=cycle).exclude(state=ReportState.DISCARDED)
    if there.filter(state=ReportState.COMPOSED).exists():
        raise ValidationError(_("A version of this report is being edited: go on with that one."))
    if there.exists():
        raise ValidationError(_("This report is frozen: correct it instead."))
    return _composed(by, ComposedReport(cycle=cycle, title=cycle.name), None)


@action
def correct_report(*, by: User, report: ComposedReport, reason: str) -> ComposedReport:
    """A new version that names the frozen one; its words are taken over, its figures gathered anew."""
    check_can_gather(by, report.cycle.rule, clock.today())
    _lock(report.cycle)
    old = ComposedReport.objects.select_related("cycle__rule").get(pk=report.pk)
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Say what is corrected, and why.")})
    if old.state != ReportState.FROZEN:
        raise ValidationError(_("Only a frozen report is corrected; this one can still be edited."))
    if ComposedReport.objects.filter(corrects=old).exists():
        raise ValidationError(_("This version was corrected already: correct the newer one."))
    new = ComposedReport(
        cycle=old.cycle, title=old.title, opening=old.opening, assessment=old.assessment,
        next_steps=old.next_steps, corrects=old, correction_reason=words,
    )  # fmt: skip
    return _composed(by, new, old)


@action
def gather_again(*, by: User, report: ComposedReport) -> ComposedReport:
    """The report with figures and words as units have them now; what was edited of words stays edited."""
    fresh = _editable(by, report)
    gathering = gathered(fresh.cycle)
    fresh.missing_units, fresh.unit_count = list(gathering.missing_units), gathering.unit_count
    fresh.composed_at = clock.now()
    fresh.save()
    ReportFigure.objects.filter(report=fresh).delete()
    _keep_figures(fresh, gathering.figures)
    _keep_passages(fresh, Passage.objects.filter(report=fresh))
    return fresh


@action
def edit_report_words(
    *, by: User, report: ComposedReport, title: str, opening: str, assessment: str, next_steps: str
) -> ComposedReport:
    """The report with the department's own words."""
    fresh = _editable(by, report)
    words = " ".join(title.split())
    if not words:
        raise ValidationError({"title": _("Give the report a title.")})
    fresh.title, fresh.opening = words[:500], opening.strip()
    fresh.assessment, fresh.next_steps = assessment.strip(), next_steps.strip()
    fresh.save()
    return fresh


@action
def edit_passage(*, by: User, passage: Passage, text: str, is_included: bool) -> Passage:
    """A unit's words as the report says them; what the unit wrote stays beside them."""
    report = _editable(by, passage.report)
    fresh = Passage.objects.get(pk=passage.pk, report=report)
    fresh.text, fresh.is_included = text.strip(), is_included and bool(text.strip())
    fresh.save()
    return fresh


@action
def freeze_report(*, by: User, report: ComposedReport, book: NumberBook, unit: Unit) -> ComposedReport:
    """The report, frozen, with a draft of the official document that goes on through review and register."""
    fresh = _editable(by, report)
    fresh.draft = draft_of_report(by=by, report=fresh, book=book, unit=unit)
    fresh.state, fresh.frozen_at, fresh.frozen_by = ReportState.FROZEN, clock.now(), by
    fresh.save()
    return fresh


@action
def discard_report(*, by: User, report: ComposedReport) -> ComposedReport:
    """The report, given up before it was frozen; it stays readable."""
    fresh = _editable(by, report)
    fresh.state = ReportState.DISCARDED
    # A correction that is given up leaves the place to another.
    fresh.corrects, fresh.correction_reason = None, ""
    fresh.save()
    return fresh


def _lock(cycle: Cycle) -> None:
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)


def _editable(by: User, report: ComposedReport) -> ComposedReport:
    fresh: ComposedReport = (
        ComposedReport.objects.select_for_update(of=("self",)).select_related("cycle__rule").get(pk=report.pk)
    )
    check_can_gather(by, fresh.cycle.rule, clock.today())
    if fresh.state != ReportState.COMPOSED:
        raise ValidationError(_("This version is not edited any more."))
    return fresh


def _composed(by: User, report: ComposedReport, old: ComposedReport | None) -> ComposedReport:
    cycle = report.cycle
    if not UnitReport.objects.sent().filter(cycle=cycle).exists():
        raise ValidationError(_("No unit has sent its figures yet: there is nothing to compose."))
    last = ComposedReport.objects.filter(cycle=cycle).aggregate(last=Max("version"))["last"] or 0
    gathering = gathered(cycle)
    report.version = last + 1
    report.composed_at, report.composed_by = clock.now(), by
    report.missing_units, report.unit_count = list(gathering.missing_units), gathering.unit_count
    report.save()
    _keep_figures(report, gathering.figures)
    _keep_passages(report, Passage.objects.filter(report=old) if old is not None else ())
    return report


def _keep_figures(report: ComposedReport, found: Sequence[Gathered]) -> None:
    earlier = earlier_figures(
        report.cycle, {one.indicator.code: (one.indicator.type, one.value) for one in found}
    )
    ReportFigure.objects.bulk_create(
        [
            ReportFigure(
                report=report,
                section=one.indicator.section,
                code=one.indicator.code,
                name=one.indicator.name,
                unit_of_measure=one.indicator.unit_of_measure,
                type=one.indicator.type,
                formula=one.indicator.formula,
                value=one.value,
                before=earlier[one.indicator.code].before,
                last_year=earlier[one.indicator.code].last_year,
                year_sum=earlier[one.indicator.code].year_sum,
                target=earlier[one.indicator.code].target,
                parts=one.parts,
                missing=one.missing,
                in_chart=one.indicator.in_chart,
                order=order,
            )
            for order, one in enumerate(found)
        ]
    )


def _keep_passages(report: ComposedReport, edited: Iterable[Passage]) -> None:
    """The words of the units that sent; where an earlier passage says the same of the same, as it was edited."""
    kept = {(one.unit_id, one.question_id, one.kind, one.original): one for one in edited}
    rows: list[Passage] = []
    for passage in _words_of_units(report):
        key = (passage.unit_id, passage.question_id, passage.kind, passage.original)
        if key in kept:
            passage.text, passage.is_included = kept[key].text, kept[key].is_included
        passage.order = len(rows)
        rows.append(passage)
    Passage.objects.filter(report=report).delete()
    Passage.objects.bulk_create(rows)


def _words_of_units(report: ComposedReport) -> Iterable[Passage]:
    sent = {"report__cycle": report.cycle, "report__state": UnitReportState.SENT}
    answers = (
        UnitAnswer.objects.filter(**sent)
        .exclude(text="")
        .select_related("question__section", "report__unit")
        .order_by("question__section__order", "question__order", "question", "report__unit__path")
    )
    for answer in answers:
        yield Passage(
            report=report,
            section=answer.question.section,
            question=answer.question,
            unit=answer.report.unit,
            kind=PassageKind.ANSWER,
            original=answer.text,
            text=answer.text,
        )
    difficulties = (
        UnitDifficulty.objects.filter(**sent)
        .select_related("report__unit")
        .order_by("report__unit__path", "order", "pk")
    )
    for difficulty in difficulties:
        # Words of the report itself, which is Vietnamese whatever language its composer's screen has.
        asks = f"Đề nghị: {difficulty.asks_for}" if difficulty.asks_for else ""
        words = "\n".join(part for part in (difficulty.text, asks) if part)
        yield Passage(
            report=report,
            unit=difficulty.report.unit,
            kind=PassageKind.DIFFICULTY,
            original=words,
            text=words,
        )
