"""A composed report as its page shows it: the document's sentences, each figure a link, units' words to edit.

The sentences are those of `khuevan.plain.reporting.narrative`, of which the official document is made as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from khuevan.plain.reporting.amounts import NO_FIGURE, unit_of
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.narrative import Chapter, Paragraph, narrative
from khuevan.plain.reporting.report import Figure, Report
from khuevan.plain.reporting.unit_words import paragraphs_of
from khuevan.reports.actions.passages import stamp_of
from khuevan.reports.choices import PassageKind
from khuevan.reports.models import Passage
from khuevan.reports.presenters.report_bars import Bars, bars_of

_ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
)


@dataclass(frozen=True, slots=True)
class PassageOnPage:
    """A unit's words: `paragraphs` as the report says them. `form` is there where they are being edited."""

    passage: Passage
    paragraphs: tuple[str, ...]
    original: tuple[str, ...]
    is_edited: bool
    stamp: str
    is_first: bool = False
    is_last: bool = False
    form: Any = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The words of units to one question (empty for difficulties and proposals): those said, those left out."""

    question: str
    said: tuple[PassageOnPage, ...]
    left_out: tuple[PassageOnPage, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure's row in its section's table, ready to print; empty where there is nothing to say."""

    code: str
    name: str
    unit: str
    value: str
    is_known: bool
    before: str
    before_change: str
    last_year: str
    last_year_change: str
    year: str
    plan: str
    bars: Bars | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a section's table has: those for which any figure has something to say."""

    before: bool = False
    last_year: bool = False
    year: bool = False
    plan: bool = False


@dataclass(frozen=True, slots=True)
class ChapterOnPage:
    """What stands under one heading. `label` is its Roman number; empty, like the heading, for none."""

    kind: str
    label: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[FigureRow, ...] = ()
    gathered: tuple[Gathered, ...] = ()
    has_bars: bool = False
    columns: Columns = field(default_factory=Columns)


def chapters_on_page(
    report: Report,
    passages: Sequence[Passage],
    *,
    section_ids: Sequence[int],
    issuer: str = "",
    addressees: tuple[str, ...] = (),
    open_form: tuple[int, Any] | None = None,
    with_left_out: bool = False,
) -> tuple[ChapterOnPage, ...]:
    """The chapters in their order.

    `section_ids` are the keys of the form's sections in the order of `report.parts`; `open_form` is (key of a
    passage, its form); without `with_left_out` only what the report says is shown.
    """
    shown = _Shown(passages, open_form, with_left_out)
    found: list[ChapterOnPage] = []
    number = 0
    for chapter in narrative(report, issuer, addressees):
        label = ""
        if chapter.heading:
            label, number = _ROMAN[number] if number < len(_ROMAN) else str(number + 1), number + 1
        found.append(_chapter(report, chapter, label, shown, section_ids))
    return tuple(found)


class _Shown:
    """The passages by where they stand."""

    def __init__(
        self, passages: Sequence[Passage], open_form: tuple[int, Any] | None, with_left_out: bool
    ) -> None:
        self._open = open_form
        self._left_out = with_left_out
        self.answers: dict[int, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
        self.others: dict[str, list[Passage]] = defaultdict(list)
        for one in passages:
            if one.kind == PassageKind.ANSWER and one.section_id is not None and one.question is not None:
                self.answers[one.section_id][one.question.text].append(one)
            else:
                self.others[one.kind].append(one)

    def gathered(self, question: str, passages: Sequence[Passage]) -> Gathered:
        said = [one for one in passages if one.is_included and not one.is_gone]
        left = [one for one in passages if one not in said] if self._left_out else []
        last = len(said) - 1
        return Gathered(
            question,
            tuple(self._on_page(one, place == 0, place == last) for place, one in enumerate(said)),
            tuple(self._on_page(one) for one in left),
        )

    def _on_page(self, passage: Passage, is_first: bool = False, is_last: bool = False) -> PassageOnPage:
        return PassageOnPage(
            passage,
            paragraphs_of(passage.text),
            paragraphs_of(passage.original),
            passage.text != passage.original,
            stamp_of(passage),
            is_first,
            is_last,
            self._open[1] if self._open is not None and self._open[0] == passage.pk else None,
        )


_GATHERED_UNDER = {"DIFFICULTIES": PassageKind.DIFFICULTY, "PROPOSALS": PassageKind.PROPOSAL}


def _chapter(
    report: Report, chapter: Chapter, label: str, shown: _Shown, section_ids: Sequence[int]
) -> ChapterOnPage:
    paragraphs = chapter.paragraphs
    gathered: Iterable[Gathered] = ()
    rows: tuple[FigureRow, ...] = ()
    if chapter.part is not None:
        rows = tuple(_row(figure) for figure in report.parts[chapter.part].figures)
        gathered = (
            shown.gathered(question, passages)
            for question, passages in shown.answers[section_ids[chapter.part]].items()
        )
    elif kind := _GATHERED_UNDER.get(chapter.kind):
        words = shown.gathered("", shown.others[kind])
        if words.said or words.left_out:
            gathered = (words,)
        if words.said:
            # The same words, which can be edited here.
            paragraphs = ()
    return ChapterOnPage(
        chapter.kind,
        label,
        chapter.heading,
        paragraphs,
        rows,
        tuple(gathered),
        any(row.bars is not None for row in rows),
        Columns(
            any(row.before for row in rows),
            any(row.last_year for row in rows),
            any(row.year for row in rows),
            any(row.plan for row in rows),
        ),
    )


def _row(figure: Figure) -> FigureRow:
    comparison = figure.comparison
    return FigureRow(
        code=figure.code,
        name=figure.name,
        unit=unit_of(figure),
        value=NO_FIGURE if figure.value is None else printed(figure.value),
        is_known=figure.value is not None,
        before=_then(comparison.before),
        before_change=_change(figure, comparison.change_rate),
        last_year=_then(comparison.last_year),
        last_year_change=_change(figure, comparison.yearly_rate),
        # Of a rate there is no sum; what stands for it is the rate itself.
        year=_then(figure.year_sum) if figure.type != "PERCENT" else "",
        plan=_plan(figure),
        bars=bars_of(figure),
    )


def _then(value: Decimal | None) -> str:
    return "" if value is None else printed(value)


def _change(figure: Figure, rate: Decimal | None) -> str:
    """+20%: by how much of the earlier figure this one is more or less; a rate has none, it differs by points."""
    if figure.type == "PERCENT" or rate is None:
        return ""
    # A true minus sign, as wide as the plus.
    sign = "+" if rate > 0 else "−" if rate < 0 else ""
    return f"{sign}{printed(abs(rate))}%"


def _plan(figure: Figure) -> str:
    """150 (64%): the year's target, and how much of it the year so far is; a rate is held against it as it is."""
    plan = figure.comparison.plan
    if plan is None:
        return ""
    share = Comparison(figure.year_sum, plan=plan).plan_rate
    if figure.type == "PERCENT" or share is None:
        return printed(plan)
    return f"{printed(plan)} ({printed(share, '%')})"
