"""Writes of a unit: its form saved as it goes, and sent; and the return by those who gather."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.plain.reporting.charts import printed
from khuevan.reports.actions.locks import lock_cycle
from khuevan.reports.choices import CycleState, FigureSource, FigureType, UnitReportState
from khuevan.reports.models import UnitAnswer, UnitDifficulty, UnitFigure, UnitReport
from khuevan.reports.permissions import check_can_fill, check_can_gather
from khuevan.reports.presenters.call_mails import tell_returned
from khuevan.reports.queries.unit_forms import FigureLine, UnitForm, rounded, unit_form
from khuevan.reports.secrecy import refuse_marked, refuse_marked_fields

# The sum of what 170 units give at most is still kept to the last digit (`EXACT_DIGITS`), with decimals and without.
LARGEST, LARGEST_WITH_DECIMALS = Decimal(10) ** 12, Decimal(10) ** 10
MOST_CHARACTERS = 20_000
MOST_DIFFICULTIES = 30
MOST_REASON = 500


class ReportChangedMeanwhile(ValidationError):
    """Somebody of the unit saved the form since it was seen; `report` is what stands now."""

    def __init__(self, report: UnitReport) -> None:
        super().__init__(
            _(
                "A colleague saved this form while you filled it: look at both, then save again. Nothing was lost."
            )
        )
        self.report = report


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure as the unit says it; None for left open, and for a counted one: as counted."""

    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The unit's words: answers by the question's key, difficulties as (difficulty, what is asked for).

    What is not named stays as it was: a question that is not in `answers`, and what is None.
    """

    answers: Mapping[int, str] = field(default_factory=dict)
    difficulties: Sequence[tuple[str, str]] | None = None
    proposals: str | None = None


@action
def save_unit_report(
    *, by: User, report: UnitReport, seen_version: int, figures: Mapping[int, FigureEntry], words: UnitWords
) -> UnitReport:
    """The form as it stands now; what is not named in `figures` (by the indicator's key) stays as it was.

    A counted figure is kept only where the unit says another, or gives a reason. Raises ReportChangedMeanwhile where
    the version seen is no longer the last, ValidationError by field (`figure-<key>`, `answer-<key>`, `difficulties`,
    `proposals`). Words with a state-secret marking are refused before anything is looked at (`reason-<key>` too).
    """
    refuse_marked_fields(_words_by_field(figures, words))
    fresh = _locked(report)
    check_may_write(by, fresh)
    if fresh.version != seen_version:
        raise ReportChangedMeanwhile(fresh)
    form = unit_form(fresh)
    _refuse_unfit(form, figures, words)
    stored = {figure.indicator_id: figure for figure in UnitFigure.objects.filter(report=fresh)}
    for line in form.figures:
        entry = figures.get(line.indicator.pk)
        if entry is not None and line.indicator.source != FigureSource.COMPUTED:
            _keep_figure(fresh, line, entry, stored.get(line.indicator.pk))
    _keep_words(fresh, form, words)
    if words.proposals is not None:
        fresh.proposals = words.proposals.strip()
    fresh.version += 1
    fresh.saved_at, fresh.saved_by = clock.now(), by
    fresh.save()
    return fresh


@action
def send_unit_report(
    *,
    by: User,
    report: UnitReport,
    seen_version: int,
    seen_known: Mapping[int, Decimal | None] | None = None,
) -> UnitReport:
    """The report as sent: every figure stands with what was counted and the list of it.

    `seen_known` is what was counted, by the indicator's key, when whoever sends looked at the form: nobody sends a
    figure that they never saw. None for a caller that shows none. Raises ValidationError by field for such a figure,
    for a required figure or answer that is missing and for a figure that differs from what was counted without a
    reason.
    """
    # Whoever adds up what was sent has either read this report or not begun.
    lock_cycle(report.cycle_id)
    fresh = _locked(report)
    check_may_write(by, fresh)
    if fresh.version != seen_version:
        raise ReportChangedMeanwhile(fresh)
    if clock.today() <= fresh.cycle.last_date:
        raise ValidationError(
            _("The period is counted until %(day)s: send the report after that day.")
            % {"day": f"{fresh.cycle.last_date:%d/%m/%Y}"}
        )
    form = unit_form(fresh)
    problems = problems_before_sending(form)
    if seen_known is not None:
        for field_name, sentences in _counted_since(form, seen_known).items():
            problems[field_name] = [*sentences, *problems.get(field_name, ())]
    if problems:
        raise ValidationError(problems)
    refuse_marked(_stored_words(form))
    UnitFigure.objects.filter(report=fresh).delete()
    UnitFigure.objects.bulk_create(
        [
            UnitFigure(
                report=fresh,
                indicator=line.indicator,
                value=line.value,
                known=line.known,
                reason=line.reason if line.is_corrected or line.known is None else "",
                records=[record.as_stored() for record in line.records],
            )
            for line in form.figures
        ]
    )
    fresh.state = UnitReportState.SENT
    fresh.sent_at, fresh.sent_by = clock.now(), by
    fresh.version += 1
    fresh.save()
    return fresh


@action
def return_unit_report(*, by: User, report: UnitReport, reason: str) -> UnitReport:
    """The report, which the unit mends and sends again; the cycle must be open."""
    lock_cycle(report.cycle_id)
    fresh = _locked(report)
    check_can_gather(by, fresh.cycle.rule, clock.today())
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Say what the unit should mend.")})
    refuse_marked((words,), "reason")
    if fresh.state != UnitReportState.SENT:
        raise ValidationError(_("Only a report that was sent can be returned."))
    if fresh.cycle.state != CycleState.OPEN:
        raise ValidationError(_("The cycle is closed: open it again first, so that the unit can send."))
    fresh.state = UnitReportState.RETURNED
    fresh.returned_at, fresh.returned_by, fresh.returned_reason = clock.now(), by, words
    fresh.version += 1
    fresh.save()
    tell_returned(fresh)
    return fresh


def problems_before_sending(form: UnitForm) -> dict[str, list[str]]:
    """What keeps the form from being sent, by field."""
    problems: dict[str, list[str]] = {}
    for line in form.figures:
        indicator = line.indicator
        # A counted one whose source is no longer part of the installation is entered like the others.
        is_entered = indicator.source != FigureSource.COMPUTED and line.known is None
        if is_entered and indicator.is_required and line.value is None:
            problems[f"figure-{indicator.pk}"] = [
                _("“%(name)s” is still open: give the figure, 0 if there was nothing.")
                % {"name": indicator.name}
            ]
        elif line.is_corrected and not line.reason:
            problems[f"figure-{indicator.pk}"] = [
                _("“%(name)s”: say why it is %(value)s and not %(known)s as counted.")
                % {"name": indicator.name, "value": _plain(line.value), "known": _plain(line.known)}
            ]
    for answer in form.answers:
        if answer.question.is_required and not answer.text.strip():
            problems[f"answer-{answer.question.pk}"] = [
                _("“%(question)s” is still without an answer.") % {"question": answer.question.text}
            ]
    return problems


def _counted_since(form: UnitForm, seen: Mapping[int, Decimal | None]) -> dict[str, list[str]]:
    """The counted figures that are others now than those seen, each with what it was and what it is."""
    return {
        f"figure-{line.indicator.pk}": [
            _("“%(name)s”: %(now)s is counted now, the page showed %(shown)s. Look at it, then send again.")
            % {
                "name": line.indicator.name,
                "now": _plain(line.known),
                "shown": _plain(seen.get(line.indicator.pk)),
            }
        ]
        for line in form.figures
        if line.known is not None and line.known != seen.get(line.indicator.pk)
    }


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else printed(value)


def _locked(report: UnitReport) -> UnitReport:
    fresh: UnitReport = (
        UnitReport.objects.select_for_update(of=("self",))
        .select_related("cycle__rule", "unit")
        .get(pk=report.pk)
    )
    return fresh


def check_may_write(by: User, report: UnitReport) -> None:
    """Raises PermissionDenied or ValidationError with the reason unless `by` may save or send the form now."""
    check_can_fill(by, report, clock.today())
    if report.cycle.state != CycleState.OPEN:
        raise ValidationError(
            _("This cycle is closed: ask the division that gathers the report to open it again.")
        )
    if report.state == UnitReportState.RELEASED:
        raise ValidationError(_("Your unit is released from this report: nothing is to be sent."))
    if report.state == UnitReportState.SENT:
        raise ValidationError(_("The report was sent: it can be changed once it is returned to you."))


def _stored_words(form: UnitForm) -> tuple[str, ...]:
    difficulties = (text for one in form.difficulties for text in (one.text, one.asks_for))
    return (
        *(line.reason for line in form.figures),
        *(answer.text for answer in form.answers),
        *difficulties,
        form.report.proposals,
    )


def _words_by_field(figures: Mapping[int, FigureEntry], words: UnitWords) -> dict[str, str]:
    return {
        **{f"reason-{key}": entry.reason for key, entry in figures.items()},
        **{f"answer-{key}": text for key, text in words.answers.items()},
        # Each line is looked at by itself.
        "difficulties": "\n".join(text for row in words.difficulties or () for text in row),
        "proposals": words.proposals or "",
    }


def _refuse_unfit(form: UnitForm, figures: Mapping[int, FigureEntry], words: UnitWords) -> None:
    problems: dict[str, list[str]] = {}
    for line in form.figures:
        entry = figures.get(line.indicator.pk)
        if entry is None or entry.value is None:
            continue
        problem = unfit(line.indicator.type, entry.value)
        if problem:
            problems[f"figure-{line.indicator.pk}"] = [f"“{line.indicator.name}”: {problem}"]
    for answer in form.answers:
        if problem := too_long(words.answers.get(answer.question.pk, "")):
            problems[f"answer-{answer.question.pk}"] = [problem]
    if problem := unfit_difficulties(words.difficulties or ()):
        problems["difficulties"] = [problem]
    if problem := too_long(words.proposals or ""):
        problems["proposals"] = [problem]
    if problems:
        raise ValidationError(problems)


def too_long(text: str) -> str:
    """What is wrong with the length of the unit's words, as one sentence; empty for nothing."""
    if len(text) <= MOST_CHARACTERS:
        return ""
    return _("Write at most %(most)s characters here, these are %(count)s.") % {
        "most": f"{MOST_CHARACTERS:,}".replace(",", "."),
        "count": f"{len(text):,}".replace(",", "."),
    }


def unfit_difficulties(rows: Sequence[tuple[str, str]]) -> str:
    """What is wrong with the list of difficulties, as one sentence; empty for nothing."""
    if len(rows) > MOST_DIFFICULTIES:
        return _("A report names at most %(most)s difficulties.") % {"most": MOST_DIFFICULTIES}
    return next((problem for row in rows for text in row if (problem := too_long(text))), "")


def unfit(figure_type: str, value: Decimal) -> str:
    """What is wrong with a figure of this type, as one sentence; empty for nothing."""
    is_whole = figure_type in (FigureType.COUNT, FigureType.MONEY)
    largest = LARGEST if is_whole else LARGEST_WITH_DECIMALS
    if not value.is_finite() or abs(value) > largest:
        return _("this number is too large, at most %(most)s can be given.") % {"most": printed(largest)}
    if value < 0:
        return _("a figure cannot be below zero.")
    if is_whole and value != value.to_integral_value():
        return _("give a whole number.")
    if value != rounded(value):
        return _("give at most two decimals.")
    if figure_type == FigureType.PERCENT and value > 1000:
        return _("this is no rate in per cent.")
    return ""


def _keep_figure(report: UnitReport, line: FigureLine, entry: FigureEntry, stored: UnitFigure | None) -> None:
    reason = " ".join(entry.reason.split())[:MOST_REASON]
    own = entry.value
    if line.known is not None and own == line.known:
        # As counted: no figure of the unit's own is kept, so that what is counted later is seen.
        own = None
    if own is None and not reason and (line.known is not None or stored is None):
        if stored is not None:
            stored.delete()
        return
    figure = stored or UnitFigure(report=report, indicator=line.indicator)
    figure.value, figure.reason = rounded(own), reason
    figure.known, figure.records = None, []
    figure.save()


def _keep_words(report: UnitReport, form: UnitForm, words: UnitWords) -> None:
    stored = {answer.question_id: answer for answer in UnitAnswer.objects.filter(report=report)}
    for line in form.answers:
        key = line.question.pk
        if key not in words.answers:
            continue
        text = words.answers[key].strip()
        answer = stored.get(key)
        if answer is None and text:
            UnitAnswer(report=report, question=line.question, text=text).save()
        elif answer is not None and answer.text != text:
            answer.text = text
            answer.save()
    if words.difficulties is None:
        return
    wanted = [
        (text.strip(), asks.strip()) for text, asks in words.difficulties if text.strip() or asks.strip()
    ]
    there = list(UnitDifficulty.objects.filter(report=report))
    if [(one.text, one.asks_for) for one in there] != wanted:
        UnitDifficulty.objects.filter(report=report).delete()
        UnitDifficulty.objects.bulk_create(
            [
                UnitDifficulty(report=report, text=text, asks_for=asks, order=order)
                for order, (text, asks) in enumerate(wanted)
            ]
        )
