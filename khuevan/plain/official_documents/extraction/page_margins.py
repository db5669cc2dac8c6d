"""Page numbers and running headers and footers, told from the text by where and how often they stand."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Final

from khuevan.plain.official_documents.extraction.page_geometry import Page, Row, rows_of, text_of

# One letter before the figure is what recognition makes of a speck beside a lone figure; annexes print A2, B1.
_PAGE_NUMBER: Final = re.compile(
    r"[\s\-–—.|~_]*(?:trang\s*|[^\W\d_])?(\d{1,4})(?:\s*/\s*\d{1,4})?[\s\-–—.|~_]*\Z", re.IGNORECASE
)
_ADDRESS: Final = re.compile(
    r"@|www\.|\.vn\b|\b(?:địa chỉ|điện thoại|đt|fax|e-?mail|thư điện tử|website|trang thông tin)\b",
    re.IGNORECASE,
)
_LONG_RULE: Final = 0.6  # of the width of the page
_FOOT: Final = 0.75  # of its height
_MARGIN: Final = 0.13  # of the height of the page, at its top and bottom
_DEEPEST: Final = 3  # rows of a running header or footer


@dataclass(slots=True)
class PageRows:
    """A page with its rows of text from top to bottom."""

    page: Page
    rows: list[Row]


def without_margins(pages: list[Page]) -> tuple[list[PageRows], tuple[str, ...]]:
    """The rows of each page without page numbers and running texts, and those running texts.

    A page number is a lone number in the margin that counts with the pages. The body's address stands at the
    foot of page 1 below a rule over the whole width. A running text is set apart
    from the text by a gap and stands, its figures aside, at the same height on at least half of the pages,
    and on three or more.
    """
    read = [PageRows(page, rows_of(page.pieces)) for page in pages]
    removed: dict[str, None] = dict.fromkeys(_without_address(read[0])) if read else {}
    for _ in range(_DEEPEST):
        found = _page_numbers(read)
        found.update(_running(read))
        if not found:
            break
        for number, at in sorted(found, reverse=True):
            text = text_of(read[number].rows.pop(at))
            if _PAGE_NUMBER.match(text) is None:
                removed[text] = None
    return read, tuple(removed)


def _without_address(first: PageRows) -> list[str]:
    """The lines of the address at the foot of the first page, which are taken out of its rows."""
    page = first.page
    rules = [
        rule.at
        for rule in page.rules
        if rule.at > _FOOT * page.height and rule.end - rule.start > _LONG_RULE * page.width
    ]
    below = [row for row in first.rows if rules and row[0].y > max(rules)]
    texts = [text_of(row) for row in below]
    if not 1 <= len(below) <= _DEEPEST or not _ADDRESS.search(" ".join(texts)):
        return []
    del first.rows[-len(below) :]
    return texts


def _edges_of(entry: PageRows) -> list[int]:
    """The first and last row of a page, where they stand in the margins and no table stands beyond."""
    if not entry.rows:
        return []
    edges = []
    height = entry.page.height
    first, last = entry.rows[0][0].y, entry.rows[-1][0].y
    if first < _MARGIN * height and all(table.top > first for table in entry.page.tables):
        edges.append(0)
    if last > (1 - _MARGIN) * height and all(table.bottom < last for table in entry.page.tables):
        edges.append(len(entry.rows) - 1)
    return edges


def _page_numbers(read: list[PageRows]) -> set[tuple[int, int]]:
    numbered: list[tuple[int, int, int]] = []
    for number, entry in enumerate(read):
        for at in _edges_of(entry):
            row = entry.rows[at]
            match = _PAGE_NUMBER.match(text_of(row)) if len(row) == 1 else None
            if match is not None:
                numbered.append((number, at, int(match.group(1)) - entry.page.number))
    # Annexes count anew, so several differences may be right: each that two pages share, and none at all.
    shared = Counter(difference for _, _, difference in numbered)
    return {(number, at) for number, at, difference in numbered if difference == 0 or shared[difference] >= 2}


def _running(read: list[PageRows]) -> set[tuple[int, int]]:
    places: dict[tuple[str, int], list[tuple[int, int, bool]]] = {}
    for number, entry in enumerate(read):
        apart = _apart(entry)
        for at in dict.fromkeys((*apart, *_edges_of(entry))):
            row = entry.rows[at]
            key = re.sub(r"\d+", "0", text_of(row)).casefold()
            band = round(row[0].y / 4)
            for near in (band, band + 1):
                places.setdefault((key, near), []).append((number, at, at in apart))
    enough = max(3, (len(read) + 1) // 2)
    return {
        (number, at)
        for found in places.values()
        # A full page may leave no more than a line's distance: half of the pages have to show the gap.
        if len(found) >= enough and sum(apart for _, _, apart in found) * 2 >= len(found)
        for number, at, _ in found
    }


def _apart(entry: PageRows) -> list[int]:
    """The rows in the margins that a gap wider than that between lines sets apart from the text."""
    rows = entry.rows
    edges = _edges_of(entry)
    if not edges:
        return []
    gaps = [low[0].y - high[0].y for high, low in itertools.pairwise(rows)]
    wide = 1.35 * median(gaps) if len(gaps) > 4 else 0.0
    apart: list[int] = []
    if 0 in edges:
        end = next((at for at, gap in enumerate(gaps[:_DEEPEST]) if gap > wide), None)
        apart.extend(range(end + 1) if end is not None else ([0] if len(rows) == 1 else []))
    if len(rows) - 1 in edges:
        lowest = len(rows) - 1
        start = next((at for at in range(lowest, max(lowest - _DEEPEST, 0), -1) if gaps[at - 1] > wide), None)
        apart.extend(range(start, lowest + 1) if start is not None else [])
    height = entry.page.height
    margins = (_MARGIN * height, (1 - _MARGIN) * height)
    return [at for at in dict.fromkeys(apart) if not margins[0] < rows[at][0].y < margins[1]]
