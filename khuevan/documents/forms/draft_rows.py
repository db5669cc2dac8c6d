"""The lines of a draft as its editor shows them: one row an item, a table, a picture, or the head of an annex."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from khuevan.plain.official_documents.writing.composition import (
    Annex,
    Composition,
    Picture,
    Section,
    Table,
)
from khuevan.plain.official_documents.writing.labels import Level
from khuevan.plain.official_documents.writing.numbering import Counter, Item, outline_of, sections_of
from khuevan.plain.official_documents.writing.printed_body import printed_label

Kind = Literal["text", "table", "picture", "annex"]


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """Where an annex begins: its label, the type of a document issued with this one, title, and which way it lies."""

    label: str = ""
    type: str = ""
    title: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the editor. `key` names it within one page; `removed` rows wait to be taken back.

    The other fields are those of an outline's `Item`; a picture's `data` is its name.
    """

    key: str
    kind: Kind = "text"
    level: Level = Level.TEXT
    text: str = ""
    titled: bool = False
    label: str = ""
    depth: int | None = None
    table: Table | None = None
    picture: Picture | None = None
    annex: AnnexHead | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its label as printed, how deep it lies, and its name for comments (II.2.-1)."""

    label: str
    depth: int
    ref: str


def rows_of(composition: Composition) -> tuple[Row, ...]:
    """The rows of a composition, keys r1, r2 …"""
    found: list[Row] = []
    for item in outline_of(composition.sections):
        found.append(row_of(item, f"r{len(found) + 1}"))
    for annex in composition.annexes:
        head = AnnexHead(annex.label, annex.type, annex.title, annex.landscape)
        found.append(Row(f"r{len(found) + 1}", "annex", annex=head))
        for item in outline_of(annex.sections):
            found.append(row_of(item, f"r{len(found) + 1}"))
    return tuple(found)


def row_of(item: Item, key: str) -> Row:
    """The row of one item of an outline."""
    if isinstance(item.block, Table):
        return Row(key, "table", table=item.block, depth=item.depth)
    if isinstance(item.block, Picture):
        return Row(key, "picture", picture=item.block, depth=item.depth)
    return Row(key, "text", item.level, item.text, item.titled, item.label, item.depth)


def body_of(rows: Iterable[Row]) -> tuple[tuple[Section, ...], tuple[Annex, ...]]:
    """The sections and annexes that the rows make; removed ones and empty lines are left out.

    Further lines of a row's words become paragraphs below it.
    """
    parts: list[tuple[AnnexHead | None, list[Item]]] = [(None, [])]
    for row in rows:
        if row.removed:
            continue
        if row.annex is not None:
            parts.append((row.annex, []))
        else:
            parts[-1][1].extend(_items(row))
    annexes = tuple(
        Annex(head.label, head.title, sections_of(items), head.type, head.landscape)
        for head, items in parts[1:]
        if head is not None
    )
    return sections_of(parts[0][1]), annexes


def _items(row: Row) -> Iterator[Item]:
    if row.table is not None or row.picture is not None:
        yield Item(Level.TEXT, "", block=row.table or row.picture, depth=row.depth)
        return
    lines = [" ".join(line.split()) for line in row.text.splitlines()]
    lines = [line for line in lines if line]
    if not lines and row.level is Level.TEXT:
        return
    yield Item(row.level, lines[0] if lines else "", row.titled and bool(lines), None, row.label, row.depth)
    for line in lines[1:]:
        yield Item(Level.TEXT, line)


def places_of(rows: Sequence[Row]) -> tuple[Place, ...]:
    """Where each row stands, counted as `numbering` counts; a removed row has no label.

    `draft_outline.js` counts the same way while somebody writes.
    """
    found: list[Place] = []
    stack: list[_Open] = [_Open(-1)]
    counter = Counter()
    annexes = 0
    for row in rows:
        if row.removed:
            found.append(Place("", len(stack) - 1, ""))
            continue
        if row.annex is not None:
            annexes += 1
            stack, counter = [_Open(-1, ref=row.annex.label or f"Phụ lục ({annexes})")], Counter()
            found.append(Place(row.annex.label, 0, stack[0].ref))
            continue
        found.append(_place(row, stack, counter))
    return tuple(found)


@dataclass(slots=True)
class _Open:
    """A section that is open where the count has come to."""

    rank: int
    label: str = ""
    ref: str = ""
    counts: dict[Level, int] = dataclasses.field(default_factory=dict)
    below: dict[str, int] = dataclasses.field(default_factory=dict)

    def ref_below(self, label: str) -> str:
        """The name of the next thing below, with a count where the label alone does not tell it."""
        name = label
        if label in ("", "-", "+"):
            self.below[label] = self.below.get(label, 0) + 1
            name = f"{label or '§'}{self.below[label]}"
        return f"{self.ref}.{name}" if self.ref else name


def _place(row: Row, stack: list[_Open], counter: Counter) -> Place:
    is_block = row.kind != "text" or (row.level is Level.TEXT and not (row.titled and row.text.strip()))
    if is_block:
        # Paragraphs and tables stand below the last section that holds text; dashes do not.
        if row.depth is not None:
            _close(stack, 0, row.depth)
        else:
            while len(stack) > 1 and stack[-1].rank > Level.LETTER.rank:
                stack.pop()
        return Place("", len(stack) - 1, stack[-1].ref_below(""))
    rank = Level.ROMAN.rank if row.level is Level.TEXT else row.level.rank
    _close(stack, rank, row.depth)
    above = stack[-1]
    numbered = next((each.label for each in reversed(stack) if each.label), "")
    label = row.label or counter.next_label(row.level, above.counts, numbered)
    if row.level is not Level.TEXT:
        counter.take(row.level, label, above.counts)
    ref = above.ref_below(label)
    depth = len(stack) - 1
    stack.append(_Open(rank, label, ref))
    return Place(printed_label(label), depth, ref)


def _close(stack: list[_Open], rank: int, depth: int | None) -> None:
    if depth is not None:
        del stack[max(1, min(depth + 1, len(stack))) :]
        return
    while len(stack) > 1 and stack[-1].rank >= rank:
        stack.pop()
