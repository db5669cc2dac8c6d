"""What changed between two versions of a draft: line by line, and word by word within a line.

A line is one field of the head, one legal basis, one paragraph or heading, one row of a table, one recipient.
A label that only counting changed is no change of the words: the line is `renumbered`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from khuevan.plain.official_documents.writing.arrangement import recipient_lines
from khuevan.plain.official_documents.writing.composition import Composition, Paragraph, Section, Table
from khuevan.plain.official_documents.writing.marks import marked
from khuevan.plain.official_documents.writing.printed_body import printed_label

Field = Literal[
    "type", "notation", "parent_body", "issuer", "place", "title", "enacting_authority", "addressee",
    "legal_basis", "body", "table", "picture", "annex", "recipient", "signatory", "urgency", "circulation",
    "drafter_mark", "contact",
]  # fmt: skip
PieceKind = Literal["same", "added", "removed"]
LineKind = Literal["same", "added", "removed", "changed", "renumbered"]

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_SIGN = re.compile(r"\w+|[^\w\s]")
# Lines less alike than this are one line gone and another come, not one that changed.
_ALIKE = 0.4
# Fields that a document has once: the new words stand for the old ones, alike or not.
_ONCE = frozenset(
    {
        "type", "notation", "parent_body", "issuer", "place", "title", "enacting_authority", "signatory", "urgency",
        "circulation", "drafter_mark", "contact",
    }
)  # fmt: skip
# Comparing every line with every other is for short stretches only.
_PAIRED_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft. `lead` is its label as printed; `place` the labels of what it stands in."""

    field: Field
    text: str
    lead: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that stayed, came, or went."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line of either version or of both; `pieces` in reading order."""

    kind: LineKind
    before: Line | None
    after: Line | None
    pieces: tuple[Piece, ...]

    @property
    def line(self) -> Line:
        """The line as it stands now, else as it stood."""
        line = self.after or self.before
        assert line is not None
        return line


def changes(before: Composition, after: Composition) -> tuple[LineChange, ...]:
    """Every line of both versions in order, each with what happened to it."""
    return line_changes(tuple(lines_of(before)), tuple(lines_of(after)))


def line_changes(before: Sequence[Line], after: Sequence[Line]) -> tuple[LineChange, ...]:
    """The same for lines. The lines with an `after` are all of `after` in order, and so for `before`."""
    olds, news = [(old.field, old.text) for old in before], [(new.field, new.text) for new in after]
    found: list[LineChange] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_same(old, new) for old, new in zip(before[i1:i2], after[j1:j2], strict=True)]
        else:
            found += _rewritten(before[i1:i2], after[j1:j2])
    return tuple(found)


def changed_only(found: Iterable[LineChange], around: int = 1) -> tuple[LineChange | None, ...]:
    """The changes, each with some unchanged lines around it; None where lines are left out."""
    lines = list(found)
    kept = {
        near
        for place, line in enumerate(lines)
        if line.kind != "same"
        for near in range(place - around, place + around + 1)
    }
    shown: list[LineChange | None] = []
    for place, line in enumerate(lines):
        if place in kept:
            shown.append(line)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return tuple(shown)


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in one reading order, neighbours of a kind joined."""
    olds, news = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []

    def add(kind: PieceKind, words: Sequence[str]) -> None:
        text = "".join(words)
        if not text:
            return
        if pieces and pieces[-1].kind == kind:
            pieces[-1] = Piece(kind, pieces[-1].text + text)
        else:
            pieces.append(Piece(kind, text))

    gone: list[str] = []
    come: list[str] = []
    codes = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    for tag, i1, i2, j1, j2 in _without_islands(codes, olds):
        if tag != "equal":
            # Neighbouring changes are read as one: first all that went, then all that came.
            gone += olds[i1:i2]
            come += news[j1:j2]
            continue
        add("removed", gone)
        add("added", come)
        gone, come = [], []
        add("same", olds[i1:i2])
    add("removed", gone)
    add("added", come)
    return tuple(pieces)


def lines_of(composition: Composition) -> Iterator[Line]:
    """The lines of a composition, in the order of the page."""
    yield Line("type", composition.type)
    for field in ("notation", "parent_body", "issuer", "place", "urgency", "circulation", "title"):
        if words := getattr(composition, field):
            yield Line(field, words)
    for words in composition.addressees:
        yield Line("addressee", words)
    if composition.enacting_authority:
        yield Line("enacting_authority", composition.enacting_authority)
    for words in composition.legal_bases:
        yield Line("legal_basis", words)
    yield from _body(composition.sections, "")
    if composition.signatory is not None:
        signed = composition.signatory
        yield Line("signatory", " / ".join(filter(None, (signed.authority, signed.position, signed.name))))
    for words in recipient_lines(composition):
        # The mark behind it follows from its place in the list.
        yield Line("recipient", words.rstrip(" ;.").removeprefix("- "))
    if composition.drafter_mark:
        yield Line("drafter_mark", composition.drafter_mark)
    if composition.contact:
        yield Line("contact", composition.contact)
    for annex in composition.annexes:
        name = annex.label or annex.type
        yield Line("annex", " · ".join(filter(None, (annex.type, annex.title))), annex.label)
        yield from _body(annex.sections, name)


def _body(sections: Iterable[Section], place: str) -> Iterator[Line]:
    for section in sections:
        lead = printed_label(section.label)
        inside = " ".join(filter(None, (place, lead if lead not in ("-", "+") else "")))
        blocks = list(section.blocks)
        if section.heading is not None:
            yield Line("body", section.heading, lead, place)
        elif blocks and isinstance(blocks[0], Paragraph):
            first = blocks.pop(0)
            assert isinstance(first, Paragraph)
            yield Line("body", marked(first.runs), lead, place)
        elif section.label:
            yield Line("body", "", lead, place)
        for block in blocks:
            if isinstance(block, Paragraph):
                yield Line("body", marked(block.runs), "", inside)
            elif isinstance(block, Table):
                if block.caption:
                    yield Line("table", block.caption, "", inside)
                for row in block.rows:
                    yield Line("table", " | ".join(cell.replace("\n", " ") for cell in row), "", inside)
            else:
                yield Line(
                    "picture", " · ".join(filter(None, (block.caption, block.alternative))), "", inside
                )
        yield from _body(section.children, inside)


def _same(old: Line, new: Line) -> LineChange:
    return LineChange(
        "same" if old.lead == new.lead else "renumbered",
        old,
        new,
        (Piece("same", new.text),) if new.text else (),
    )


def _rewritten(before: Sequence[Line], after: Sequence[Line]) -> Iterator[LineChange]:
    """Lines that differ: one that is alike changed, the others went or came; what went stands before what came."""
    mates: list[int | None] = []
    start = 0
    for new in after:
        mates.append(_mate(before, start, new))
        start = start if mates[-1] is None else mates[-1] + 1
    place = 0
    for position, (new, mate) in enumerate(zip(after, mates, strict=True)):
        until = next((later for later in mates[position:] if later is not None), len(before))
        yield from map(_gone, before[place:until])
        place = until
        if mate is None:
            yield LineChange("added", None, new, (Piece("added", new.text),) if new.text else ())
        else:
            yield LineChange("changed", before[mate], new, word_pieces(before[mate].text, new.text))
            place = mate + 1
    yield from map(_gone, before[place:])


def _gone(old: Line) -> LineChange:
    return LineChange("removed", old, None, (Piece("removed", old.text),) if old.text else ())


def _mate(before: Sequence[Line], start: int, new: Line) -> int | None:
    """The next old line that `new` came of, None where it is new altogether."""
    for place in range(start, min(len(before), start + _PAIRED_AT_MOST)):
        old = before[place]
        if old.field == new.field and (new.field in _ONCE or _alike(old.text, new.text)):
            return place
    return None


def _alike(old: str, new: str) -> bool:
    olds, news = _SIGN.findall(old), _SIGN.findall(new)
    if not olds or not news or 2 * min(len(olds), len(news)) < _ALIKE * (len(olds) + len(news)):
        return False
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _without_islands(
    codes: Sequence[tuple[str, int, int, int, int]], olds: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """The codes, with a lone space that two changes share taken into them: words are read, not blanks."""
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        between = 0 < place < len(codes) - 1
        if tag == "equal" and between and not "".join(olds[i1:i2]).strip():
            yield "replace", i1, i2, j1, j2
        else:
            yield tag, i1, i2, j1, j2
