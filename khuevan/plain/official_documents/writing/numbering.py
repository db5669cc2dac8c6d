"""A draft's flat outline ↔ the nested sections of a composition, with labels counted as the decree counts them.

An outline is what a person edits: one line an item, its level chosen from a list, no number typed. A label is
given by hand only where the document wants another than counting gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from khuevan.plain.official_documents.writing.composition import (
    Block,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)
from khuevan.plain.official_documents.writing.labels import (
    RUN_THROUGH,
    Level,
    label_for,
    level_of,
    ordinal_of,
)
from khuevan.plain.official_documents.writing.marks import marked, runs_of

__all__ = ["Counter", "Item", "Level", "outline_of", "sections_of"]

_LOWEST_HOLDING_TEXT: Final = Level.LETTER.rank
"""A paragraph or table below dashes goes on with what stands above them, as people write."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an outline.

    `text` bears the marks of `marks`; `titled` where the words are a heading on a line of their own. A table
    or picture is an item of level TEXT with its `block`. `label` is empty where counting gives it; `depth`
    (how many sections stand open above, 0 for the document itself) is None where the levels tell.
    """

    level: Level
    text: str
    titled: bool = False
    block: Table | Picture | None = None
    label: str = ""
    depth: int | None = None


class Counter:
    """Counts the labels of one body, or of one annex, in reading order."""

    def __init__(self) -> None:
        self._through: dict[Level, int] = {}

    def next_label(self, level: Level, siblings: dict[Level, int], above: str) -> str:
        """The label that counting gives the next item; `siblings` holds the last ordinals of its list."""
        counts = self._through if level in RUN_THROUGH else siblings
        return label_for(level, counts.get(level, 0) + 1, above)

    def take(self, level: Level, label: str, siblings: dict[Level, int]) -> None:
        """Go on from the label that the item has, counted or given."""
        counts = self._through if level in RUN_THROUGH else siblings
        counts[level] = ordinal_of(label) or counts.get(level, 0) + 1


@dataclass(slots=True)
class _Open:
    """A section being put together. `rank` is that of its level, -1 for the document."""

    rank: int
    label: str = ""
    heading: str | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)
    counts: dict[Level, int] = field(default_factory=dict)

    def closed(self) -> Section:
        return Section(
            self.label, self.heading, tuple(self.blocks), tuple(child.closed() for child in self.children)
        )

    def hold(self, block: Block) -> None:
        """Take in a block: among the own ones, behind the children in an unlabelled section."""
        if self.rank >= 0 and not self.children:
            self.blocks.append(block)
        elif self.children and _is_unlabelled(self.children[-1]):
            self.children[-1].blocks.append(block)
        else:
            self.children.append(_Open(Level.TEXT.rank, blocks=[block]))


def _is_unlabelled(section: _Open) -> bool:
    return not section.label and section.heading is None and not section.children


def sections_of(items: Sequence[Item]) -> tuple[Section, ...]:
    """The sections that the outline makes, each item with its label."""
    root = _Open(-1)
    stack = [root]
    counter = Counter()
    for item in items:
        block = _block_of(item)
        if item.level is Level.TEXT and not (item.titled and item.text):
            if block is not None:
                _owner(stack, item.depth).hold(block)
            continue
        rank = Level.ROMAN.rank if item.level is Level.TEXT else item.level.rank
        _close(stack, rank, item.depth)
        above = stack[-1]
        label = item.label or counter.next_label(item.level, above.counts, _numbered_above(stack))
        if item.level is not Level.TEXT:
            counter.take(item.level, label, above.counts)
        section = _Open(rank, label)
        if item.titled and item.text:
            section.heading = "".join(run.text for run in runs_of(item.text))
        elif block is not None:
            section.blocks.append(block)
        above.children.append(section)
        stack.append(section)
    return tuple(child.closed() for child in root.children)


def outline_of(sections: Sequence[Section]) -> tuple[Item, ...]:
    """The outline whose sections these are; labels and depths are given only where they would not follow."""
    return tuple(_Outline().items(sections))


class _Outline:
    """Walks sections as `sections_of` will build them, so as to know what will follow by itself."""

    def __init__(self) -> None:
        self._root = _Open(-1)
        self._stack = [self._root]
        self._counter = Counter()

    def items(self, sections: Sequence[Section]) -> Iterator[Item]:
        for section in sections:
            yield from self._section(section, 0)

    def _section(self, section: Section, depth: int) -> Iterator[Item]:
        level = level_of(section.label)
        if level is Level.TEXT and not section.heading:
            yield from self._blocks(section.blocks, depth)
            for child in section.children:
                yield from self._section(child, depth)
            return
        rank = Level.ROMAN.rank if level is Level.TEXT else level.rank
        expected = list(self._stack)
        _close(expected, rank, None)
        _close(self._stack, rank, depth)
        above = self._stack[-1]
        counted = self._counter.next_label(level, above.counts, _numbered_above(self._stack))
        if level is not Level.TEXT:
            self._counter.take(level, section.label, above.counts)
        opened = _Open(rank, section.label)
        above.children.append(opened)
        self._stack.append(opened)
        blocks = list(section.blocks)
        text = marked((Run(section.heading),)) if section.heading else ""
        if not section.heading and blocks and isinstance(blocks[0], Paragraph):
            first = blocks.pop(0)
            assert isinstance(first, Paragraph)
            text = marked(first.runs)
        yield Item(
            level,
            text,
            titled=bool(section.heading),
            label="" if section.label == counted else section.label,
            depth=None if len(expected) == depth + 1 else depth,
        )
        yield from self._blocks(blocks, depth + 1)
        for child in section.children:
            yield from self._section(child, depth + 1)

    def _blocks(self, blocks: Sequence[Block], depth: int) -> Iterator[Item]:
        for block in blocks:
            given = None if _owner(list(self._stack), None) is self._stack[depth] else depth
            _owner(self._stack, depth).hold(block)
            if isinstance(block, Paragraph):
                yield Item(Level.TEXT, marked(block.runs), depth=given)
            else:
                yield Item(Level.TEXT, "", block=block, depth=given)


def _block_of(item: Item) -> Block | None:
    """The item's table or picture, else its words as a paragraph; None where it has none."""
    if item.block is not None:
        return item.block
    runs = runs_of(item.text)
    return Paragraph(runs) if runs else None


def _close(stack: list[_Open], rank: int, depth: int | None) -> None:
    """Leave open what the next item stands in."""
    if depth is not None:
        del stack[max(1, min(depth + 1, len(stack))) :]
        return
    while len(stack) > 1 and stack[-1].rank >= rank:
        stack.pop()


def _owner(stack: list[_Open], depth: int | None) -> _Open:
    """The section that a paragraph or table belongs to, the last one open."""
    if depth is not None:
        _close(stack, 0, depth)
        return stack[-1]
    while len(stack) > 1 and stack[-1].rank > _LOWEST_HOLDING_TEXT:
        stack.pop()
    return stack[-1]


def _numbered_above(stack: Sequence[_Open]) -> str:
    """The label that a decimal goes on from."""
    return next((each.label for each in reversed(stack) if each.label), "")
