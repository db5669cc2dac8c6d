"""Tables that a copy flattened to one cell a line, without any mark, made tables again.

They are known by their head: a line TT or STT, and then a few short lines that are the names of
columns an official plan uses. Rows begin where a line holds the next number of the first column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.source import Line, Table

_NUMBER_COLUMN = {"tt", "stt", "so tt", "so thu tu"}
_LONGEST_NAME = 16
_COLUMN = re.compile(
    r"^(noi dung|nhiem vu|cong viec|ten |hoat dong|chi tieu|muc tieu|don vi|co quan|chu tri|phoi hop|"
    r"thoi gian|"
    r"thoi han|tien do|hoan thanh|san pham|ket qua|ghi chu|kinh phi|so luong|dia diem|thanh phan|"
    r"nguon|trach nhiem|"
    r"phan cong|can bo|nguoi|hinh thuc|doi tuong|du kien|thuc hien|tong )"
)
_ROW_NUMBER = re.compile(r"^(\d{1,3}|[IVX]{1,5}|\d{1,2}\.\d{1,2}|[A-D])[.)]?$")
_MOST_COLUMNS = 12


def with_flat_tables(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """The blocks with every flattened table as a table, in their order."""
    result: list[Line | Table] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        if (
            isinstance(block, Line)
            and len(block.text) < _LONGEST_NAME
            and fold(block.text.strip()) in _NUMBER_COLUMN
        ):
            table, after = _table_at(blocks, position)
            if table is not None:
                result.append(table)
                position = after
                continue
        result.append(block)
        position += 1
    return result


def _table_at(blocks: Sequence[Line | Table], start: int) -> tuple[Table | None, int]:
    head: list[str] = []
    position = start
    while position < len(blocks) and len(head) <= _MOST_COLUMNS:
        block = blocks[position]
        if not isinstance(block, Line):
            return None, start
        text = block.text.strip()
        if text and _ROW_NUMBER.match(text):
            break
        if text:
            if len(text) > 60:
                return None, start
            if head and not _COLUMN.match(fold(text)) and len(head) > 1:
                head[-1] = f"{head[-1]} {text}"
            else:
                head.append(text)
        position += 1
    named = sum(1 for name in head[1:] if _COLUMN.match(fold(name)))
    if len(head) < 3 or named < 2:
        return None, start
    width = len(head)
    rows: list[list[str]] = []
    end = position
    while position < len(blocks):
        block = blocks[position]
        if not isinstance(block, Line):
            break
        text = block.text.strip()
        if text:
            if _ROW_NUMBER.match(text) and _follows(rows, text):
                rows.append([text])
            elif not rows or _closes_table(text) or len(rows[-1]) >= width + 4:
                break
            else:
                rows[-1].append(text)
            end = position + 1
        position += 1
    if not rows:
        return None, start
    return Table((tuple(head), *(tuple(_fit(row, width)) for row in rows)), None), end


def _follows(rows: list[list[str]], text: str) -> bool:
    """Whether the number can open the next row: one more than the last of its kind, or the first of one."""
    text = text.rstrip(".)")
    if text in ("1", "I", "A") or "." in text:
        return True
    if text.isdigit():
        before = [row[0].rstrip(".)") for row in rows if row[0].rstrip(".)").isdigit()]
        return bool(before) and int(text) == int(before[-1]) + 1
    return True


def _closes_table(text: str) -> bool:
    return bool(re.match(r"^(noi nhan|ghi chu\s*:|tren day la|phu luc|[ivx]+\. )", fold(text)))


def _fit(row: list[str], width: int) -> list[str]:
    """The row's lines as `width` cells: surplus lines belong to the second, the content."""
    if len(row) <= width:
        return row + [""] * (width - len(row))
    surplus = len(row) - width
    return [row[0], "\n".join(row[1 : 2 + surplus]), *row[2 + surplus :]]
