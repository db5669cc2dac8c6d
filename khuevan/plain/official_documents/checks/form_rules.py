"""Title, head, body and numbering: what a clerk would mend first (Decree 30/2020/NĐ-CP, annex I)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.texts import (
    PlacedSection,
    all_sections,
    all_texts,
    around,
    bodies,
    groups,
    without_quotations,
)
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.labels import (
    RUN_THROUGH,
    Level,
    label_for,
    level_of,
    ordinal_of,
)

# Decree 30/2020/NĐ-CP, annex VI: Subject, String 500.
LONGEST_TITLE = 500
# Words in square brackets are a template's, unless a figure makes them a source: [3], [Nguyễn Văn A, 2020].
_PLACEHOLDER = re.compile(
    r"\[\s*(?:…|\.{3,}|_{2,})\s*\]|\[(?=[^\]]*[^\W\d_])[^\[\]\d]{1,200}\]|\{\{[^}]{1,80}\}\}|\bx{3,}\b|<<[^>]{1,80}>>",
    re.IGNORECASE,
)
_DOUBLE_SPACE = re.compile(r"[^\s|](?P<gap>[ \u00a0]{2,})[^\s|]")
_SPACE_BEFORE_MARK = re.compile(r"[^\W\d_](?P<gap>[ \u00a0]+)[,;](?=\s|$)")
# Letters that look Vietnamese and are another alphabet's: search finds nothing that is written with them.
_FOREIGN = re.compile(r"[\u00d0\u00f0\u0189\u0400-\u04ff\u0370-\u03ff]")
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED_IN_LIST = frozenset(
    {Level.CAPITAL, Level.ROMAN, Level.NUMBER, Level.DECIMAL, Level.SUBDECIMAL, Level.LETTER}
)


@rule("FM1", Severity.ERROR)
def title_given(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The document has a title.

    Write in one sentence what the document is about.
    """
    if not composition.title.strip(" .…[]"):
        yield Found("title", "")


@rule("FM2", Severity.ERROR)
def title_short_enough(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The title has at most 500 characters.

    Shorten the title: the register and edXML hold no longer one.
    """
    if len(composition.title) > LONGEST_TITLE:
        yield Found("title", str(len(composition.title)), str(LONGEST_TITLE))


@rule("FM3", Severity.ERROR)
def head_complete(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Issuing body, place and symbol are given.

    Fill in what is missing at the head of the document.
    """
    for name in ("issuer", "place", "notation"):
        if not getattr(composition, name).strip():
            yield Found("head", "", name)


@rule("FM4", Severity.ERROR)
def symbol_fits_type(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The symbol begins with the code of the document's type; a letter's with that of the body.

    Correct the symbol, or choose the right type.
    """
    if facts.type_code and composition.notation:
        first = re.split(r"[-/]", composition.notation, maxsplit=1)[0]
        if first != facts.type_code:
            yield Found("head", composition.notation, f"{facts.type_code}-…")


@rule("FM5", Severity.ERROR)
def body_written(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The document says something: its body is not empty.

    Write the body of the document.
    """
    if not any(item.section.blocks or item.section.heading for item in all_sections(composition)):
        yield Found("body", "")


@rule("FM6", Severity.ERROR)
def nothing_left_to_fill_in(composition: Composition, facts: Facts) -> Iterator[Found]:
    """No place of a template is left to be filled in.

    Write what belongs there, or take the place out.
    """
    for text in all_texts(composition):
        for match in _PLACEHOLDER.finditer(without_quotations(text.words)):
            yield Found(text.place, text.words[match.start() : match.end()])


@rule("FM7", Severity.WARNING)
def spaces_in_order(composition: Composition, facts: Facts) -> Iterator[Found]:
    """One space stands between two words, and none before a comma.

    Take the spaces out that are too many.
    """
    for text in all_texts(composition):
        for pattern in (_DOUBLE_SPACE, _SPACE_BEFORE_MARK):
            for match in pattern.finditer(text.words):
                yield Found(text.place, around(text.words, match.start(), match.end(), 30))


@rule("FM8", Severity.ERROR)
def letters_of_the_standard(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Vietnamese letters are those of TCVN 6909:2001: each one character, of the Vietnamese alphabet.

    Type the word again with a Unicode keyboard.
    """
    for text in all_texts(composition):
        if not unicodedata.is_normalized("NFC", text.words):
            words = next(
                (word for word in text.words.split() if not unicodedata.is_normalized("NFC", word)), ""
            )
            yield Found(text.place, words, unicodedata.normalize("NFC", words))
        for word in _WORD.findall(text.words):
            # A word all of another alphabet is a word of another language.
            if _FOREIGN.search(word) and any(letter.isascii() for letter in word):
                yield Found(text.place, word, _FOREIGN.sub(_look_alike, word))


def _look_alike(match: re.Match[str]) -> str:
    return {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}.get(match[0], "?")


@rule("FM9", Severity.WARNING)
def numbering_without_gap(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Numbers of sections follow one another without gap or repetition.

    Number the sections anew, or restore the one that is missing.
    """
    for sections, prefix in bodies(composition):
        through: dict[Level, int] = {}
        for group in groups(sections, prefix):
            yield from _gaps(group, through)


def _gaps(group: Sequence[PlacedSection], through: dict[Level, int]) -> Iterator[Found]:
    """Where labels side by side do not follow; chapters and articles are counted on in `through`."""
    own: dict[Level, int] = {}
    for item in group:
        level, ordinal = level_of(item.section.label), ordinal_of(item.section.label)
        if not ordinal or (level not in RUN_THROUGH and level not in _COUNTED_IN_LIST):
            continue
        counts = through if level in RUN_THROUGH else own
        before = counts.get(level, 0)
        counts[level] = ordinal
        if ordinal != before + 1:
            yield Found(item.ref, item.section.label, _label_after(item.section.label, before))


def _label_after(label: str, before: int) -> str:
    """What the label would be right behind the one before it."""
    figures = re.search(r"\d+$", label)
    if figures is not None:
        return f"{label[: figures.start()]}{before + 1}"
    level = level_of(label)
    return label_for(level, before + 1) if level in (Level.ROMAN, Level.CAPITAL, Level.LETTER) else ""
