"""A unit's form as its page shows it: sections, figures with what is known of them, words, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.reports.choices import FigureSource
from khuevan.reports.forms.typed_form import Difficulties, TypedForm, own_value, plain
from khuevan.reports.presenters.form_texts import conflict_sentences, figure_text
from khuevan.reports.queries.unit_forms import FigureLine, Figures, SectionLines, UnitForm

# Rows that wait to be filled, so that a page without JavaScript takes more than one at a time.
BLANK_ROWS = 2


@dataclass(frozen=True, slots=True)
class WordsShown:
    """A text area. `conflict` says what a colleague stored there meanwhile, empty where nobody did."""

    name: str
    label: str
    text: str
    note: str = ""
    is_required: bool = False
    problems: tuple[str, ...] = ()
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One figure. `text` stands in the field (or alone where it is computed or read), `known` is what was counted.

    `known_plain` is the same for the page's script; both are empty where nothing is counted. `differs`: the unit
    says another figure. `formula` says in names what a computed one is made of.
    """

    key: int
    name: str
    label: str
    unit: str
    note: str
    text: str
    is_computed: bool
    is_required: bool
    known: str
    known_plain: str
    record_count: int
    records_url: str
    before: str
    last_year: str
    reason_name: str
    reason: str
    differs: bool
    formula: str
    problems: tuple[str, ...]
    reason_problems: tuple[str, ...]
    conflict: str
    reason_conflict: str


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A part of the form. `open_count` is how many of its required fields are still open."""

    anchor: str
    heading: str
    figures: tuple[FigureShown, ...]
    answers: tuple[WordsShown, ...]
    open_count: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with the place in the page where it is mended."""

    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FormShown:
    """The whole form; `difficulties` as (difficulty, what is asked for)."""

    sections: tuple[SectionShown, ...]
    difficulties: Difficulties
    difficulties_problems: tuple[str, ...]
    difficulties_conflict: str
    proposals: WordsShown
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Beside:
    """What stands beside the stored form: earlier figures of the unit, and what a person typed but is not stored."""

    before: Figures = field(default_factory=dict)
    last_year: Figures = field(default_factory=dict)
    typed: TypedForm = field(default_factory=TypedForm)
    problems: Mapping[str, list[str]] = field(default_factory=dict)
    conflicts: Mapping[str, str] = field(default_factory=dict)
    keeps_typed: bool = False

    def text(self, name: str, stored: str) -> str:
        """What stands in the field: what was typed where that is not stored, else what is stored."""
        unstored = self.keeps_typed or name in self.typed.problems or name in self.conflicts
        return self.typed.texts.get(name, stored) if unstored else stored


def form_shown(form: UnitForm, beside: Beside | None = None) -> FormShown:
    """The form with what stands beside it."""
    what = beside or Beside()
    page = _Page(
        form,
        what,
        {line.indicator.code: line.indicator.name for line in form.figures},
        conflict_sentences(form, what.conflicts),
    )
    sections = tuple(_section(page, section) for section in form.sections)
    stored = tuple((one.text, one.asks_for) for one in form.difficulties)
    is_unstored = (
        what.keeps_typed or "difficulties" in what.typed.problems or "difficulties" in what.conflicts
    )
    proposals = WordsShown(
        "proposals",
        _("Proposals"),
        what.text("proposals", form.report.proposals),
        problems=tuple(what.problems.get("proposals", ())),
        conflict=page.conflicts.get("proposals", ""),
    )
    return FormShown(
        sections,
        what.typed.difficulties if is_unstored else stored,
        tuple(what.problems.get("difficulties", ())),
        page.conflicts.get("difficulties", ""),
        proposals,
        tuple(_problems(sections, what, proposals)),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page is made from: names of indicators by code, `conflicts` as sentences by field."""

    form: UnitForm
    what: Beside
    names: Mapping[str, str]
    conflicts: Mapping[str, str]


def _section(page: _Page, section: SectionLines) -> SectionShown:
    what = page.what
    open_count = sum(_is_open(line) for line in section.figures) + sum(
        one.question.is_required and not one.text.strip() for one in section.answers
    )
    return SectionShown(
        f"phan-{section.section.pk}",
        section.section.heading,
        tuple(_figure(page, line) for line in section.figures),
        tuple(
            WordsShown(
                name := f"answer-{one.question.pk}",
                one.question.text,
                what.text(name, one.text),
                one.question.note,
                one.question.is_required,
                tuple(what.problems.get(name, ())),
                page.conflicts.get(name, ""),
            )
            for one in section.answers
        ),
        open_count,
    )


def _is_open(line: FigureLine) -> bool:
    if line.indicator.source == FigureSource.COMPUTED:
        return False
    if line.known is None:
        return line.indicator.is_required and line.value is None
    return line.is_corrected and not line.reason


def _figure(page: _Page, line: FigureLine) -> FigureShown:
    indicator, what = line.indicator, page.what
    name, reason = f"figure-{indicator.pk}", f"reason-{indicator.pk}"
    computed = indicator.source == FigureSource.COMPUTED
    counts = line.known is not None
    return FigureShown(
        key=indicator.pk,
        name=name,
        label=indicator.name,
        unit=indicator.unit_of_measure,
        note=indicator.note,
        text=figure_text(line.value) if computed else what.text(name, figure_text(line.value)),
        is_computed=computed,
        is_required=indicator.is_required and not computed and not counts,
        known=figure_text(line.known),
        known_plain=plain(line.known),
        record_count=len(line.records),
        records_url=reverse("reports:unit_records", args=[page.form.report.pk, indicator.pk])
        if counts
        else "",
        before=figure_text(what.before.get(indicator.code)),
        last_year=figure_text(what.last_year.get(indicator.code)),
        reason_name=reason if counts else "",
        reason=what.text(reason, line.reason),
        differs=own_value(line) is not None if counts else False,
        formula=_formula(indicator.formula, page.names),
        problems=tuple(what.problems.get(name, ())),
        reason_problems=tuple(what.problems.get(reason, ())),
        conflict=page.conflicts.get(name, ""),
        reason_conflict=page.conflicts.get(reason, ""),
    )


def _formula(formula: str, names: Mapping[str, str]) -> str:
    """The formula with the names of its figures in place of their codes."""
    words = re.sub(
        r"[a-z][a-z0-9_]*",
        lambda match: f"“{names[match.group()]}”" if match.group() in names else match.group(),
        formula,
    )
    return words.replace("*", "×").replace("/", ":")


def _problems(sections: tuple[SectionShown, ...], what: Beside, proposals: WordsShown) -> list[Problem]:
    """Everything that is wrong in the order of the page; a figure's sentences name it where they do not yet."""
    found = []
    for section in sections:
        for figure in section.figures:
            found += [Problem(figure.name, _named(figure.label, one)) for one in figure.problems]
            found += [
                Problem(figure.reason_name, _named(figure.label, one)) for one in figure.reason_problems
            ]
        for answer in section.answers:
            found += [Problem(answer.name, _named(answer.label, one)) for one in answer.problems]
    found += [Problem("difficulties", one) for one in what.problems.get("difficulties", ())]
    found += [Problem(proposals.name, _named(proposals.label, one)) for one in proposals.problems]
    return found


def _named(label: str, sentence: str) -> str:
    return sentence if label in sentence else f"{label}: {sentence}"
