"""Rows of text on pages → lines that know whether they begin a paragraph, and two-column tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Final

from khuevan.plain.official_documents.extraction.page_geometry import Piece, Row, text_of
from khuevan.plain.official_documents.extraction.page_margins import PageRows
from khuevan.plain.official_documents.source import Line, Table

_INDENT: Final = 12.0  # points by which a first line stands in at least
_LIST_MARK: Final = re.compile(r"(?:[-–—+•*]|\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s")
# The name of a document's type stands alone below the head in two columns.
_TYPE_NAME: Final = re.compile(
    r"\W*(?:KẾ\s*HOẠCH|QUYẾT\s*ĐỊNH|CHỈ\s*THỊ|THÔNG\s*BÁO|BÁO\s*CÁO|TỜ\s*TRÌNH|CHƯƠNG\s*TRÌNH|NGHỊ\s*QUYẾT"
    r"|KẾT\s*LUẬN|HƯỚNG\s*DẪN|ĐỀ\s*ÁN|PHƯƠNG\s*ÁN|DỰ\s*ÁN|QUY\s*CHẾ|QUY\s*ĐỊNH|THÔNG\s*CÁO|CÔNG\s*ĐIỆN"
    r"|BIÊN\s*BẢN|HỢP\s*ĐỒNG|BẢN\s*GHI\s*NHỚ|BẢN\s*TH(?:ỎA|OẢ)\s*THUẬN|THƯ\s*CÔNG"
    r"|GIẤY\s*(?:MỜI|[UỦ][ỶY]\s*QUYỀN|GIỚI\s*THIỆU|NGHỈ\s*PHÉP)|PHIẾU\s*(?:GỬI|CHUYỂN|BÁO)|PHỤ\s*LỤC)\W*\Z"
)
# So do the words before those to whom a letter goes.
_ADDRESSED: Final = re.compile(r"\W*k[ií]nh\s+g[ửu]i\b", re.IGNORECASE)
_ENDS: Final = (".", ";", ":", "!", "?")


@dataclass(frozen=True, slots=True)
class Column:
    """The usual text area of pages of one width: its left and right ends and the distance of lines."""

    left: float
    right: float
    pitch: float


def columns_of(pages: list[PageRows]) -> dict[int, Column]:
    """The text area by rounded page width."""
    by_width: dict[int, list[PageRows]] = {}
    for entry in pages:
        by_width.setdefault(round(entry.page.width), []).append(entry)
    return {width: _column(width, entries) for width, entries in by_width.items()}


def _column(width: int, entries: list[PageRows]) -> Column:
    wide = [
        row[0]
        for entry in entries
        for row in entry.rows
        if len(row) == 1 and row[0].right - row[0].left > 0.5 * width
    ]
    if not wide:
        return Column(0.14 * width, 0.9 * width, 18.0)
    lefts = Counter(round(piece.left / 3) for piece in wide)
    rights = sorted(piece.right for piece in wide)
    # The left end: the leftmost place at which at least a tenth of the long lines begin.
    left = min(place for place, count in lefts.items() if count * 10 >= len(wide)) * 3.0
    pairs = [
        (high, low[0].y - high[0].y)
        for entry in entries
        for high, low in zip(entry.rows, entry.rows[1:], strict=False)
        if 6 < low[0].y - high[0].y < 60
    ]
    # Below a long line goes the text on; head and recipients stand closer, and are most of a short document.
    text = [gap for high, gap in pairs if len(high) == 1 and high[0].right - high[0].left > 0.5 * width]
    distances = text if len(text) > 1 else [gap for _, gap in pairs]
    pitch = median(distances) if distances else 18.0
    # Where paragraphs are short, the median is that between paragraphs: the usual least is better.
    if distances:
        close = sorted(distances)[len(distances) // 4]
        pitch = close if pitch > 1.25 * close else pitch
    return Column(left, rights[int(len(rights) * 0.8)], pitch)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line or table with the height at which it stands on its page."""

    y: float
    block: Line | Table


def blocks_of(entry: PageRows, column: Column, previous: Row | None) -> list[Placed]:
    """The lines and two-column tables of a page, from top to bottom.

    `previous` is the last row of the page before, by which the first line is judged.
    """
    placed: list[Placed] = []
    rows = entry.rows
    last = previous
    at = 0
    while at < len(rows):
        end = _two_columns_end(entry, at, column)
        if end > at:
            placed.append(Placed(rows[at][0].y, _two_columns(entry, rows[at:end])))
            last = None
            at = end
            continue
        starts = _starts_paragraph(rows[at], last, column, same_page=last is not previous)
        placed.append(Placed(rows[at][0].y, Line(text_of(rows[at]), entry.page.number, starts)))
        last = rows[at]
        at += 1
    return placed


def _starts_paragraph(row: Row, previous: Row | None, column: Column, *, same_page: bool) -> bool:
    if previous is None:
        return True
    piece, before = row[0], Piece("", previous[0].left, previous[-1].right, previous[0].y, previous[0].size)
    before.text = previous[-1].text
    gap = piece.y - before.y
    if same_page and gap > column.pitch + max(3.5, 0.18 * column.pitch):
        return True
    full = before.right >= column.right - 0.04 * (column.right - column.left)
    if piece.left > column.left + _INDENT:
        if abs(piece.left - before.left) > 4:
            # Standing in further than the line before begins a paragraph; standing out goes on with it.
            return piece.left > before.left or not full
        if not full:
            return True
        return _LIST_MARK.match(piece.text) is not None or (
            before.text.rstrip().endswith(_ENDS) and piece.text[:1].isupper()
        )
    if full:
        # Only a list mark that stands out begins a paragraph after a line that was filled to its end.
        return before.text.rstrip().endswith(_ENDS) and _LIST_MARK.match(piece.text) is not None
    first_word = piece.text.split(" ", 1)[0]
    letters = max(len(piece.text), 1)
    word = len(first_word) * (piece.right - piece.left) / letters
    return before.right + word + 2 * piece.size < column.right


def _two_columns_end(entry: PageRows, start: int, column: Column) -> int:
    """The row after the two-column block that begins at row `start`; `start` where none does.

    Such a block has lines on both sides of an empty strip that no line crosses: a row of two pieces, or
    a piece on the right level with one on the left. A line centred on the page ends it.
    """
    rows = entry.rows
    seed = _seed(rows, start)
    if seed is None and start == 0 and entry.page.number == 1:
        # The head may begin with lines of one side only.
        seed = next((s for at in range(1, min(4, len(rows))) if (s := _seed(rows, at)) is not None), None)
    elif seed is None and _is_only_right(rows[start], entry.page.width):
        seed = next((s for at in range(start + 1, min(start + 3, len(rows))) if (s := _seed(rows, at))), None)
    if seed is None:
        return start
    low, high = seed
    end = start
    sides = [0, 0]
    centre = (column.left + column.right) / 2
    for at in range(start, len(rows)):
        row = rows[at]
        if at > start and row[0].y - rows[at - 1][0].y > 150:
            break
        if any(table.top < row[0].y and table.top > rows[start][0].y for table in entry.page.tables):
            break
        new_low, new_high = low, high
        middle = (low + high) / 2
        for piece in row:
            if piece.centre < middle:
                new_low = max(new_low, piece.right)
            else:
                new_high = min(new_high, piece.left)
        if new_high - new_low < 3:
            break
        if at > start and (
            _TYPE_NAME.match(text_of(row)) or (len(row) == 1 and _ADDRESSED.match(row[0].text))
        ):
            break
        if len(row) == 1 and abs(row[0].centre - centre) < 8 and not _leans(row[0].centre, low, high, column):
            break
        low, high = new_low, new_high
        for piece in row:
            sides[piece.centre > middle] += 1
        end = at + 1
    return end if min(sides) >= 1 and sum(sides) >= 3 else start


def _leans(centre: float, low: float, high: float, column: Column) -> bool:
    """Whether a column's own middle lies so near the middle of the page that a line there is its own."""
    middles = ((column.left + low) / 2, (high + column.right) / 2)
    page = (column.left + column.right) / 2
    return any(abs(centre - middle) < abs(centre - page) for middle in middles)


def _seed(rows: list[Row], at: int) -> tuple[float, float] | None:
    """The empty strip between the two pieces of a row, or of a row and the next one level with it."""
    if at >= len(rows):
        return None
    row = rows[at]
    if len(row) == 2:
        return row[0].right, row[1].left
    if len(row) == 1 and at + 1 < len(rows) and len(rows[at + 1]) == 1:
        one, other = row[0], rows[at + 1][0]
        if other.y - one.y < 0.75 * max(one.size, other.size):
            first, second = (one, other) if one.left < other.left else (other, one)
            if second.left - first.right > 3:
                return first.right, second.left
    return None


def _is_only_right(row: Row, width: float) -> bool:
    return len(row) == 1 and row[0].left > 0.42 * width


def _two_columns(entry: PageRows, rows: list[Row]) -> Table:
    low, high = 0.0, entry.page.width
    for row in rows:
        if len(row) == 2:
            low, high = max(low, row[0].right), min(high, row[1].left)
    if low == 0.0:
        low = high = entry.page.width / 2
    middle = (low + high) / 2
    # A column's own line may have gaps, which are left to write in: Số:      /KH-SVHTT.
    left = [text for row in rows if (text := text_of([p for p in row if p.centre < middle]).strip())]
    right = [text for row in rows if (text := text_of([p for p in row if p.centre >= middle]).strip())]
    return Table((("\n".join(left), "\n".join(right)),), entry.page.number)
