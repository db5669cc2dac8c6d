"""Writes of those who compose: the report gathered, its own words edited, frozen as a draft, corrected."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.documents.models import NumberBook
from khuevan.people.models import Unit, User
from khuevan.reports.actions.gathered_passages import keep_passages
from khuevan.reports.actions.locks import lock_cycle
from khuevan.reports.actions.passages import editable
from khuevan.reports.actions.stamps import stamp_of_english, stamp_of_report, stamp_of_words
from khuevan.reports.choices import ReportState
from khuevan.reports.drafts import draft_of_report, give_up_draft
from khuevan.reports.models import ComposedReport, Cycle, Passage, ReportFigure, UnitReport
from khuevan.reports.permissions import check_can_export_report, check_can_gather
from khuevan.reports.queries.gathering import Gathering, earlier_figures, gathered
from khuevan.reports.secrecy import refuse_marked, refuse_marked_fields


class WordsChangedMeanwhile(ValidationError):
    """Somebody edited the report's own words since they were seen; `report` holds what stands now."""

    def __init__(self, report: ComposedReport) -> None:
        super().__init__(
            _("A colleague changed these words meanwhile: look at what stands now, then save again.")
        )
        self.report = report


@action
def compose_report(*, by: User, cycle: Cycle) -> ComposedReport:
    """A new report of the cycle from what units have sent; refused while another version is being edited."""
    check_can_gather(by, cycle.rule, clock.today())
    lock_cycle(cycle.pk)
    there = ComposedReport.objects.filter(cycle=cycle).exclude(state=ReportState.DISCARDED)
    if there.filter(state=ReportState.COMPOSED).exists():
        raise ValidationError(_("A version of this report is being edited: go on with that one."))
    if there.exists():
        raise ValidationError(_("This report is frozen: correct it instead."))
    return _composed(by, ComposedReport(cycle=cycle, title=cycle.name), None)


@action
def correct_report(*, by: User, report: ComposedReport, reason: str) -> ComposedReport:
    """A new version that names the frozen one; its words are taken over, its figures gathered anew.

    A version whose document was issued is corrected openly: the new report says so, and why. One that was not is
    replaced: its draft is given up, and only the trail knows of it.
    """
    check_can_gather(by, report.cycle.rule, clock.today())
    lock_cycle(report.cycle_id)
    old = ComposedReport.objects.select_related("cycle__rule", "draft__unit").get(pk=report.pk)
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Say what is corrected, and why.")})
    refuse_marked((words,), "reason")
    if old.state != ReportState.FROZEN:
        raise ValidationError(_("Only a frozen report is corrected; this one can still be edited."))
    if ComposedReport.objects.filter(corrects=old).exists():
        raise ValidationError(_("This version was corrected already: correct the newer one."))
    give_up_draft(by=by, report=old, reason=words)
    new = ComposedReport(
        cycle=old.cycle, title=old.title, opening=old.opening, assessment=old.assessment,
        next_steps=old.next_steps, english_issuer=old.english_issuer, english_words=old.english_words,
        english_contact=old.english_contact, corrects=old, correction_reason=words,
    )  # fmt: skip
    return _composed(by, new, old)


@action
def gather_again(*, by: User, report: ComposedReport) -> ComposedReport:
    """The report with figures and words as units have them now; what was edited of words stays edited."""
    lock_cycle(report.cycle_id)
    fresh = editable(by, report)
    # Before anything is read: what a unit does later than this is told as a change.
    fresh.composed_at = clock.now()
    gathering = gathered(fresh.cycle)
    fresh.missing_units, fresh.unit_count = list(gathering.missing_units), gathering.unit_count
    fresh.save()
    ReportFigure.objects.filter(report=fresh).delete()
    _keep_figures(fresh, gathering)
    keep_passages(fresh, Passage.objects.filter(report=fresh))
    return fresh


@action
def edit_report_words(
    *,
    by: User,
    report: ComposedReport,
    title: str,
    opening: str,
    assessment: str,
    next_steps: str,
    seen: str | None = None,
) -> ComposedReport:
    """The report with the department's own words.

    `seen` is the `stamp_of_words` that were edited: raises WordsChangedMeanwhile where others stand there now.
    """
    refuse_marked_fields(
        {"title": title, "opening": opening, "assessment": assessment, "next_steps": next_steps}
    )
    fresh = editable(by, report)
    if seen is not None and seen != stamp_of_words(fresh):
        raise WordsChangedMeanwhile(fresh)
    words = " ".join(title.split())
    if not words:
        raise ValidationError({"title": _("Give the report a title.")})
    fresh.title, fresh.opening = words[:500], opening.strip()
    fresh.assessment, fresh.next_steps = assessment.strip(), next_steps.strip()
    fresh.save()
    return fresh


@action
def edit_english_summary(
    *, by: User, report: ComposedReport, issuer: str, words: str, contact: str, seen: str | None = None
) -> ComposedReport:
    """The report with the words of its English page; the figures of that page are the report's own.

    `seen` is the `stamp_of_english` that was edited: raises WordsChangedMeanwhile where others stand there now.
    """
    refuse_marked_fields({"issuer": issuer, "words": words, "contact": contact})
    fresh: ComposedReport = (
        ComposedReport.objects.select_for_update(of=("self",)).select_related("cycle__rule").get(pk=report.pk)
    )
    check_can_gather(by, fresh.cycle.rule, clock.today())
    if fresh.state == ReportState.DISCARDED:
        raise ValidationError(_("This version is not edited any more."))
    if seen is not None and seen != stamp_of_english(fresh):
        raise WordsChangedMeanwhile(fresh)
    fresh.english_issuer, fresh.english_contact = " ".join(issuer.split()), " ".join(contact.split())
    fresh.english_words = words.strip()
    fresh.save()
    return fresh


@action
def freeze_report(
    *, by: User, report: ComposedReport, book: NumberBook, unit: Unit, seen: str | None = None
) -> ComposedReport:
    """The report, frozen, with a draft of the official document that goes on through review and register.

    `seen` is the `stamp_of_report` of what the person looked at: nobody freezes what they never saw.
    """
    fresh = editable(by, report)
    if seen is not None and seen != stamp_of_report(fresh):
        raise ValidationError(
            _("A colleague changed this report meanwhile: look at it as it stands now, then freeze it.")
        )
    _refuse_marked_report(fresh)
    fresh.draft = draft_of_report(by=by, report=fresh, book=book, unit=unit)
    fresh.state, fresh.frozen_at, fresh.frozen_by = ReportState.FROZEN, clock.now(), by
    fresh.save()
    return fresh


@action
def discard_report(*, by: User, report: ComposedReport) -> ComposedReport:
    """The report, given up before it was frozen; it stays readable."""
    fresh = editable(by, report)
    fresh.state = ReportState.DISCARDED
    # A correction that is given up leaves the place to another.
    fresh.corrects, fresh.correction_reason = None, ""
    fresh.save()
    return fresh


@action
def note_export(*, by: User, report: ComposedReport, file: str) -> None:
    """Says in the trail that `by` took the data behind the report along, and in which file."""
    check_can_export_report(by, report, clock.today())
    note(report, {"file": [None, file]})


def _refuse_marked_report(report: ComposedReport) -> None:
    """What was written before markings were refused reaches no draft, whoever wrote it."""
    own = (report.title, report.opening, report.assessment, report.next_steps, report.correction_reason)
    refuse_marked((*own, *Passage.objects.filter(report=report).values_list("text", flat=True)))


def _composed(by: User, report: ComposedReport, old: ComposedReport | None) -> ComposedReport:
    cycle = report.cycle
    if not UnitReport.objects.sent().filter(cycle=cycle).exists():
        raise ValidationError(_("No unit has sent its figures yet: there is nothing to compose."))
    last = ComposedReport.objects.filter(cycle=cycle).aggregate(last=Max("version"))["last"] or 0
    report.composed_at, report.composed_by = clock.now(), by
    gathering = gathered(cycle)
    report.version = last + 1
    report.missing_units, report.unit_count = list(gathering.missing_units), gathering.unit_count
    report.save()
    _keep_figures(report, gathering)
    keep_passages(report, Passage.objects.filter(report=old if old is not None else report))
    return report


def _keep_figures(report: ComposedReport, gathering: Gathering) -> None:
    now = {one.indicator.code: (one.indicator.type, one.value) for one in gathering.figures}
    earlier = earlier_figures(report.cycle, now, gathering.formulas)
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
            for order, one in enumerate(gathering.figures)
        ]
    )
