"""Web text freed of its marks: emphasis `*`, rules of dashes, and tables written one cell a line.

Public collections print a table as a line `|` before and after every cell, each row with a `|` of
its own at both ends, so that two rows meet in two `|` lines, and an empty cell looks just like a
row's end. The number of columns settles which is which: the cells are cut into rows of the most
frequent length with as few exceptions as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from khuevan.plain.official_documents.source import Line, Table

_RULE = re.compile(r"^[\s*_\-–—=.~]{3,}$|^[*_\s]+$")
_OF_RULES = "*_-–—=.~"
_EMPHASIS = re.compile(r"\*+")
_BREAK = "<br>"
_TWO_RUNS = re.compile(r"(?<=\S)\*{2,3}\s+(?:\*{2,3}(?=\S)|(?=-{3,}))")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE_AT_END = re.compile(r"\s+-{3,}\s*$")
_INLINE_ROW = re.compile(r"^\s*\|.*\|.*\|\s*$")
_RULE_CELL = re.compile(r"^[\s:\-]*$")


def without_marks(blocks: Iterable[Line | Table]) -> list[Line | Table]:
    """The blocks with emphasis marks and rules gone and `|` tables as tables, in their order."""
    found = list(blocks)
    starred = any(isinstance(block, Line) and "**" in block.text for block in found)
    barred = False
    cleaned: list[Line | Table] = []
    for block in found:
        if isinstance(block, Table):
            cleaned.append(block)
            continue
        bare = block.text.strip()
        if bare == "|":
            barred = True
            cleaned.append(Line("|", block.page))
        elif bare and bare[0] in _OF_RULES and _RULE.match(bare):
            cleaned.append(Line("", block.page))
        elif starred and "*" in bare and bare[0] == "|":
            barred = True
            text = _EMPHASIS.sub("", _TWO_RUNS.sub(_BREAK, block.text))
            cleaned.append(Line(text, block.page))
        elif starred and "*" in bare:
            cleaned.append(Line(_EMPHASIS.sub("", block.text), block.page, block.starts_paragraph))
        else:
            barred = barred or bare.startswith("|")
            cleaned.append(block)
    return list(_tables(cleaned)) if barred else cleaned


def _tables(blocks: list[Line | Table]) -> Iterator[Line | Table]:
    position = 0
    while position < len(blocks):
        block = blocks[position]
        if isinstance(block, Line) and block.text == "|":
            end = _table_end(blocks, position)
            yield from _table(blocks[position:end])
            position = end
        elif isinstance(block, Line) and _INLINE_ROW.match(block.text):
            rows = []
            while position < len(blocks):
                row = blocks[position]
                if not (isinstance(row, Line) and _INLINE_ROW.match(row.text)):
                    break
                inner = row.text.strip().removeprefix("|").removesuffix("|")
                cells = tuple(_cell(cell) for cell in inner.split("|"))
                if not all(_RULE_CELL.match(cell) for cell in cells):
                    rows.append(cells)
                position += 1
            if rows:
                yield Table(tuple(rows), block.page)
        else:
            yield block
            position += 1


def _cell(text: str) -> str:
    """A cell of a row in one line; its own lines are parted by <br> or by the ends of emphasis."""
    lines = (_RULE_AT_END.sub("", line).strip() for line in _LINE_BREAK.split(text))
    return "\n".join(line for line in lines if line)


def _table_end(blocks: list[Line | Table], start: int) -> int:
    """The index after the last `|` of the table that starts at `start`.

    A cell's text follows its `|` at once; text after a blank line is the document's again.
    """
    end = position = start + 1
    while position < len(blocks):
        block = blocks[position]
        if not isinstance(block, Line):
            break
        if block.text == "|":
            end = position = position + 1
        elif not block.text.strip() and position == end:
            break
        else:
            position += 1
    return end


def _table(lines: list[Line | Table]) -> Iterator[Line | Table]:
    cells: list[str] = []
    current: list[str] = []
    for line in lines[1:]:
        assert isinstance(line, Line)
        if line.text == "|":
            cells.append("\n".join(text.rstrip() for text in current if text.strip()))
            current = []
        else:
            current.append(line.text)
    rows = _rows(cells)
    page = lines[0].page
    if rows:
        yield Table(tuple(rows), page)
    for text in current:
        yield Line(text, page)


def _rows(cells: list[str]) -> list[tuple[str, ...]]:
    """The cells cut into rows; between two rows stands one empty string that is no cell."""
    if not any(cells):
        return []
    width = _width(cells)
    if width is None:
        return [tuple(cells)]
    best: list[tuple[int, int] | None] = [None] * (len(cells) + 2)
    best[0] = (0, 0)
    for start in range(len(cells)):
        here = best[start]
        if here is None:
            continue
        for length in range(1, width + 1):
            end = start + length
            if end > len(cells):
                break
            if end < len(cells) and cells[end]:
                continue
            cost = here[0] + (0 if length == width else 3 + width - length)
            if not any(cells[start:end]):
                cost += 2 * width
            after = end + 1
            if after <= len(cells) + 1:
                known = best[after]
                if known is None or cost < known[0]:
                    best[after] = (cost, start)
    if best[len(cells) + 1] is None:
        return [tuple(cells)]
    rows: list[tuple[str, ...]] = []
    position = len(cells) + 1
    while position > 0:
        step = best[position]
        assert step is not None
        rows.append(tuple(cells[step[1] : position - 1]))
        position = step[1]
    return [row for row in reversed(rows) if any(row)]


def _width(cells: list[str]) -> int | None:
    """The number of columns: the longest run of cells between empty ones that some later row confirms."""
    runs: list[int] = []
    run = 0
    for cell in [*cells, ""]:
        if cell:
            run += 1
        elif run:
            runs.append(run)
            run = 0
    if not runs:
        return None
    if len(cells) <= 60 and len(runs) == 1:
        return runs[0]
    candidates = range(max(runs), min(max(runs) + 6, 30))
    return min(candidates, key=lambda width: (_misfit(cells, width), width))


def _misfit(cells: list[str], width: int) -> int:
    """How many full-width steps from the start do not meet an empty string where a row must end."""
    position, misses = 0, 0
    while position < len(cells):
        end = position + width
        if end < len(cells) and cells[end]:
            misses += 1
            end = position
            while end < len(cells) and cells[end]:
                end += 1
            if end == position:
                end += 1
        position = end + 1
    return misses
