"""The words of units gathered under a report's sections, with what was edited of them before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from khuevan.reports.choices import PassageKind, UnitReportState
from khuevan.reports.models import ComposedReport, Passage, UnitAnswer, UnitDifficulty, UnitReport
from khuevan.reports.queries.reporters import names_apart

_Place = tuple[str, int | None]
# A passage as it comes out, and the one from before of which it takes over what was edited.
_Pair = tuple[Passage, Passage | None]
_KEPT = ("order", "section", "unit_name", "original", "text", "edited_from", "is_included", "is_gone")


def keep_passages(report: ComposedReport, edited: QuerySet[Passage]) -> None:
    """Gathers the words of the units that sent; what was edited, left out or moved stays so.

    `edited` are the passages of the report itself or of the version that it corrects. A passage whose unit says
    something else now keeps what was edited, marked as edited from other words; one whose unit says nothing waits.
    """
    reports = list(UnitReport.objects.asked().filter(cycle=report.cycle).select_related("unit"))
    sent = {one.unit_id for one in reports if one.state == UnitReportState.SENT}
    names = names_apart(one.unit for one in reports)
    before: dict[_Place, list[Passage]] = defaultdict(list)
    for old in edited.select_related("unit").order_by("order", "pk"):
        before[old.kind, old.question_id].append(old)
    now: dict[_Place, list[Passage]] = defaultdict(list)
    for passage in _words_of_units(report):
        now[passage.kind, passage.question_id].append(passage)
    pairs: list[_Pair] = []
    # Also the places at which nobody says anything any more.
    for place in dict.fromkeys([*now, *before]):
        group = _with_those_before(now[place], before[place], sent)
        pairs += _in_order(group, before[place])
    kept: list[Passage] = []
    for order, (one, match) in enumerate(pairs):
        one.report, one.order = report, order
        one.unit_name = names.get(one.unit_id, one.unit.name)
        if match is not None and match.report_id == report.pk:
            # The same row: a page that somebody has open still finds it.
            one.pk = match.pk
            if _as_kept(one) != _as_kept(match):
                kept.append(one)
    stays = [one.pk for one, _match in pairs if one.pk is not None]
    Passage.objects.filter(report=report).exclude(pk__in=stays).delete()
    Passage.objects.bulk_update(kept, _KEPT)
    Passage.objects.bulk_create([one for one, _match in pairs if one.pk is None])


def _as_kept(passage: Passage) -> list[object]:
    return [passage.serializable_value(name) for name in _KEPT]


def _with_those_before(now: list[Passage], before: list[Passage], sent: set[int]) -> list[_Pair]:
    """Each passage with the one from before that it continues, and behind them those that are gone."""
    left = list(before)
    matches: list[Passage | None] = [None] * len(now)
    # First what reads the same, each once: of two alike both stay. Then what stands at the same place of its unit.
    for is_same_text in (True, False):
        for at, one in enumerate(now):
            if matches[at] is None:
                matches[at] = match = _first(left, one, is_same_text)
                if match is not None:
                    left.remove(match)
    for one, match in zip(now, matches, strict=True):
        if match is not None:
            _take_over(one, match)
    # Who sent, but not this, took it back: kept where somebody's work is in it.
    gone = [old for old in left if old.unit_id not in sent or _is_touched(old)]
    return [*zip(now, matches, strict=True), *((_gone(old), old) for old in gone)]


def _first(left: Sequence[Passage], one: Passage, is_same_text: bool) -> Passage | None:
    return next(
        (
            old
            for old in left
            if old.unit_id == one.unit_id
            and (not is_same_text or one.original in (old.original, old.edited_from))
        ),
        None,
    )


def _is_touched(passage: Passage) -> bool:
    return passage.text != passage.original or not passage.is_included


def _take_over(now: Passage, old: Passage) -> None:
    now.is_included = old.is_included
    if not _is_touched(old):
        return
    if old.text not in (old.original, old.edited_from):
        now.text = old.text
    source = old.edited_from or old.original
    now.edited_from = "" if now.original == source else source


def _gone(old: Passage) -> Passage:
    return Passage(
        section=old.section,
        question=old.question,
        unit=old.unit,
        kind=old.kind,
        original=old.original,
        text=old.text,
        edited_from=old.edited_from,
        is_included=old.is_included,
        is_gone=True,
    )


def _in_order(pairs: list[_Pair], before: Sequence[Passage]) -> list[_Pair]:
    """In the order of the units, unless somebody moved them: then as they were moved, new units behind."""
    of_units: dict[int, int] = {}
    for old in before:
        of_units[old.unit_id] = min(old.order, of_units.get(old.unit_id, old.order))
    # What a unit says besides what it said stands with the rest of it.
    places = [match.order if match is not None else of_units.get(one.unit_id) for one, match in pairs]
    by_units = sorted(range(len(pairs)), key=lambda at: pairs[at][0].unit.path)
    known = [place for at in by_units if (place := places[at]) is not None]
    if known == sorted(known):
        return [pairs[at] for at in by_units]
    behind = max(known) + 1
    moved = sorted(by_units, key=lambda at: behind if (place := places[at]) is None else place)
    return [pairs[at] for at in moved]


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
