"""Text pasted from Word, Excel or a page, as items of an outline: labels recognised, rows of cells as tables.

Labels are the reader's own (`structure.labels`). Each line becomes an item, no word is lost; what an item's
number was is dropped, because the outline counts anew where it is put.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import refuse_state_secret
from khuevan.plain.official_documents.structure.labels import Kind, label_of
from khuevan.plain.official_documents.writing.composition import CellAlign, Run, Table
from khuevan.plain.official_documents.writing.labels import Level
from khuevan.plain.official_documents.writing.marks import marked
from khuevan.plain.official_documents.writing.numbering import Item

MOST_CHARACTERS: Final = 300_000
MOST_ITEMS: Final = 2_000
MOST_COLUMNS: Final = 30

_LEVELS: Final[dict[Kind, Level]] = {
    "part": Level.PART,
    "chapter": Level.CHAPTER,
    "heading": Level.HEADING,
    "capital": Level.CAPITAL,
    "roman": Level.ROMAN,
    "article": Level.ARTICLE,
    "named": Level.NUMBER,
    "number": Level.NUMBER,
    "letter": Level.LETTER,
    "dash": Level.DASH,
    "plus": Level.PLUS,
}
_ALWAYS_TITLED: Final = frozenset({Level.PART, Level.CHAPTER, Level.HEADING, Level.CAPITAL, Level.ROMAN})
_TITLE_ON_THE_NEXT_LINE: Final = frozenset({Level.PART, Level.CHAPTER, Level.HEADING})
_LONGEST_TITLE: Final = 220
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b\u00ad]")
_NUMBER: Final = re.compile(r"[-–]?\d[\d.,\s%]*")
_LABEL_AND_TAB: Final = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])\s?[.)]\t|[-+•▪●o]\t")


class TooMuchPasted(ValueError):
    """More than one paste may hold; the message says how much that is."""


def items_of_text(text: str) -> tuple[Item, ...]:
    """The items that the text holds, in order.

    Raises TooMuchPasted, and StateSecretDocument for text whose first lines bear a state-secret marking.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooMuchPasted(f"More than {MOST_CHARACTERS} characters.")
    lines = [_NOT_TEXT.sub("", line) for line in unicodedata.normalize("NFC", text).splitlines()]
    refuse_state_secret(Source("txt", tuple(Line(line) for line in lines), wrapped=False))
    items = list(_items(lines))
    if len(items) > MOST_ITEMS:
        raise TooMuchPasted(f"More than {MOST_ITEMS} paragraphs.")
    return tuple(_titled(items))


def table_of_rows(rows: Sequence[Sequence[str]]) -> Table:
    """A table of these cells, short rows filled up: figures to the right, wide columns where the words are long."""
    columns = min(max(len(row) for row in rows), MOST_COLUMNS)
    cells = tuple(tuple(" ".join(cell.split()) for cell in (*row, *[""] * columns)[:columns]) for row in rows)
    widths = tuple(
        float(min(12, max(2, max(len(row[column]) for row in cells) // 4 + 1))) for column in range(columns)
    )
    return Table(widths, tuple(_align(cells, column) for column in range(columns)), cells, head_rows=1)


def _items(lines: Sequence[str]) -> Iterator[Item]:
    place = 0
    title_of: Item | None = None
    waiting = ""
    for place, line in enumerate(lines):
        rows = _rows_from(lines, place)
        if rows is not None and (place == 0 or _rows_from(lines, place - 1) is None):
            yield from _waiting(title_of, waiting)
            title_of, waiting = None, ""
            yield Item(Level.TEXT, "", block=table_of_rows(rows))
        if rows is not None:
            continue
        words = " ".join(line.split())
        if not words:
            continue
        item = _item(words)
        if title_of is not None and item.level is Level.TEXT:
            yield replace(title_of, text=item.text)
            title_of = None
            continue
        if item.level is Level.TEXT and waiting and _goes_on(waiting, words):
            waiting = f"{waiting} {words}"
            continue
        yield from _waiting(title_of, waiting)
        title_of, waiting = None, ""
        if item.level in _TITLE_ON_THE_NEXT_LINE and not item.text:
            title_of = item
        else:
            waiting = words
    yield from _waiting(title_of, waiting)


def _waiting(title_of: Item | None, waiting: str) -> Iterator[Item]:
    if title_of is not None:
        yield title_of
    if waiting:
        yield _item(waiting)


def _item(words: str) -> Item:
    label = label_of(words)
    if label is None or label.kind == "annex":
        return Item(Level.TEXT, _plain(words))
    level = _LEVELS.get(label.kind)
    if level is None:
        level = Level.DECIMAL if label.depth <= 2 else Level.SUBDECIMAL
    rest = " ".join(label.rest.split())
    # A count in words (Nhiệm vụ 1) is not one that an outline counts: it stays as it is.
    return Item(level, _plain(rest), label=label.text if label.kind == "named" else "")


def _plain(words: str) -> str:
    """The words as an outline holds them: what looks like a mark of bold or italics is meant as itself."""
    return marked((Run(words),))


def _goes_on(before: str, words: str) -> bool:
    """Whether a line that a page broke goes on in the next: that begins small, and nothing ended before it."""
    return words[:1].islower() and not before.rstrip().endswith((".", ";", ":", "!", "?"))


def _titled(items: Sequence[Item]) -> Iterator[Item]:
    """The items, those that are headings marked as such: by their level, or because others stand below them."""
    for item, below in zip_longest(items, items[1:]):
        words = item.text.rstrip()
        deeper = below is not None and (below.level.rank > item.level.rank or below.block is not None)
        is_title = item.level in _ALWAYS_TITLED or (
            item.level is not Level.TEXT
            and deeper
            and len(words) <= _LONGEST_TITLE
            and not words.endswith((".", ";", ":", ","))
        )
        yield replace(item, titled=True) if is_title and words else item


def _rows_from(lines: Sequence[str], place: int) -> list[list[str]] | None:
    """The rows of the table that the line belongs to, from it on; None where it belongs to none."""
    columns = _columns(lines[place])
    if columns < 2:
        return None
    rows: list[list[str]] = []
    for line in lines[place:]:
        if _columns(line) != columns:
            break
        rows.append(line.split("\t"))
    above = place > 0 and _columns(lines[place - 1]) == columns
    return rows if len(rows) > 1 or above else None


def _columns(line: str) -> int:
    """How many cells the line holds: Word puts a tab behind an automatic number, which makes no table."""
    return 0 if _LABEL_AND_TAB.match(line.lstrip()) else line.count("\t") + 1


def _align(cells: Iterable[Sequence[str]], column: int) -> CellAlign:
    body = [row[column] for row in list(cells)[1:] if row[column]]
    if not body or not all(_NUMBER.fullmatch(cell) for cell in body):
        return "left"
    return "center" if all(len(cell) <= 3 for cell in body) and column == 0 else "right"
