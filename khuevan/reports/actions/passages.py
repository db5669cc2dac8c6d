"""The words of units in a report: gathered under its sections, edited down, moved, left out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.reports.choices import PassageKind, ReportState, UnitReportState
from khuevan.reports.models import ComposedReport, Passage, UnitAnswer, UnitDifficulty, UnitReport
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.secrecy import refuse_marked


class PassageChangedMeanwhile(ValidationError):
    """Somebody edited these words since they were seen; `passage` is what stands now."""

    def __init__(self, passage: Passage) -> None:
        super().__init__(
            _("A colleague changed these words meanwhile: look at what stands now, then save again.")
        )
        self.passage = passage


@action
def edit_passage(
    *, by: User, passage: Passage, text: str, is_included: bool, seen: str | None = None
) -> Passage:
    """A unit's words as the report says them; what the unit wrote stays beside them.

    `seen` is the `stamp_of` the words that were edited: raises PassageChangedMeanwhile where others stand there now.
    Words that are emptied are left out.
    """
    refuse_marked((text,), "text")
    report = editable(by, passage.report)
    fresh = Passage.objects.get(pk=passage.pk, report=report)
    if seen is not None and seen != stamp_of(fresh):
        raise PassageChangedMeanwhile(fresh)
    if fresh.is_gone and is_included:
        raise ValidationError(
            _("The unit does not say this any more: it comes back with the unit's report, edited as it is.")
        )
    fresh.text, fresh.is_included = text.strip(), is_included and bool(text.strip())
    # Whoever saves has seen what the unit says now.
    fresh.edited_from = ""
    fresh.save()
    return fresh


@action
def move_passage(*, by: User, passage: Passage, up: bool) -> Passage:
    """The words one place higher or lower among those of their kind that the report says; at the end they stay."""
    report = editable(by, passage.report)
    group = list(
        Passage.objects.said()
        .filter(report=report, kind=passage.kind, question=passage.question_id)
        .order_by("order", "pk")
    )
    place = next((at for at, one in enumerate(group) if one.pk == passage.pk), None)
    if place is None:
        raise ValidationError(_("Only words that the report says have a place in it."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(group):
        mine, theirs = group[place], group[other]
        mine.order, theirs.order = theirs.order, mine.order
        mine.save()
        theirs.save()
    return group[place]


def stamp_of(passage: Passage) -> str:
    """By what two states of a passage's words are told apart."""
    state = f"{passage.is_included}{passage.is_gone}\n{passage.original}\n{passage.text}"
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def editable(by: User, report: ComposedReport) -> ComposedReport:
    """The report, locked; raises PermissionDenied or ValidationError unless `by` may edit it now."""
    fresh: ComposedReport = (
        ComposedReport.objects.select_for_update(of=("self",)).select_related("cycle__rule").get(pk=report.pk)
    )
    check_can_gather(by, fresh.cycle.rule, clock.today())
    if fresh.state != ReportState.COMPOSED:
        raise ValidationError(_("This version is not edited any more."))
    return fresh


def keep_passages(report: ComposedReport, edited: QuerySet[Passage]) -> None:
    """Gathers the words of the units that sent; what was edited, left out or moved stays so.

    `edited` are the passages of the report itself or of the version that it corrects. A passage whose unit says
    something else now keeps what was edited, marked as edited from other words; one whose unit says nothing now waits.
    """
    before = list(edited.select_related("unit").order_by("order", "pk"))
    sent = set(UnitReport.objects.sent().filter(cycle=report.cycle).values_list("unit", flat=True))
    now: dict[_Place, list[Passage]] = defaultdict(list)
    for passage in _words_of_units(report):
        now[passage.kind, passage.question_id].append(passage)
    for old in before:
        # Places at which only words stand that are gone.
        now[old.kind, old.question_id] += ()
    old_of: dict[Passage, Passage] = {}
    rows: list[Passage] = []
    for place, group in now.items():
        there = [old for old in before if (old.kind, old.question_id) == place]
        matches, gone = matched(group, there)
        pairs = [(one, match) for one, match in zip(group, matches, strict=True)]
        pairs += [(_gone(report, old), old) for old in gone if old.unit_id not in sent or _touched(old)]
        for one, match in pairs:
            if match is not None and not one.is_gone:
                _take_over(one, match)
        # In the order of the units, unless somebody moved them: then as they were moved, new units behind.
        pairs.sort(key=lambda pair: pair[0].unit.path)
        for one, match in _in_order(pairs, there):
            one.order = len(rows)
            rows.append(one)
            if match is not None and match.report_id == report.pk:
                # The same row: a page that somebody has open still finds it.
                one.pk = match.pk
                old_of[one] = match
    Passage.objects.filter(report=report).exclude(pk__in=[one.pk for one in rows if one.pk]).delete()
    Passage.objects.bulk_update([one for one, old in old_of.items() if _differs(one, old)], _KEPT)
    Passage.objects.bulk_create([one for one in rows if one not in old_of])


def _words_of_units(report: ComposedReport) -> Iterator[Passage]:
    sent = {"report__cycle": report.cycle, "report__state": UnitReportState.SENT}
    answers = (
        UnitAnswer.objects.filter(**sent)
        .exclude(text="")
        .select_related("question__section", "report__unit")
        .order_by("question__section__order", "question__order", "question", "report__unit__path")
    )
    for answer in answers:
        yield _passage(report, answer.report, PassageKind.ANSWER, answer.text, answer)
    difficulties = (
        UnitDifficulty.objects.filter(**sent)
        .select_related("report__unit")
        .order_by("report__unit__path", "order", "pk")
    )
    for difficulty in difficulties:
        # Words of the report itself, which is Vietnamese whatever language its composer's screen has.
        asks = f"Đề nghị: {difficulty.asks_for}" if difficulty.asks_for else ""
        words = "\n".join(part for part in (difficulty.text, asks) if part)
        yield _passage(report, difficulty.report, PassageKind.DIFFICULTY, words)
    proposing = (
        UnitReport.objects.sent()
        .filter(cycle=report.cycle)
        .exclude(proposals="")
        .select_related("unit")
        .order_by("unit__path")
    )
    for proposal in proposing:
        yield _passage(report, proposal, PassageKind.PROPOSAL, proposal.proposals)


def _passage(
    report: ComposedReport,
    said_in: UnitReport,
    kind: PassageKind,
    words: str,
    answer: UnitAnswer | None = None,
) -> Passage:
    question = answer.question if answer is not None else None
    return Passage(
        report=report,
        section=question.section if question is not None else None,
        question=question,
        unit=said_in.unit,
        kind=kind,
        original=words,
        text=words,
    )
