"""Tasks that stand in a table: TT | Nội dung | Chủ trì | Phối hợp | Thời gian | Sản phẩm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khuevan.plain.folding import fold

from .blocks import Grid, squeeze

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(s?tt|so tt|so thu tu|#)$")),
    ("support", re.compile(r"phoi hop")),
    (
        "lead",
        re.compile(
            r"chu tri|"
            r"(don vi|co quan|bo phan|nguoi|phong)( \w+){0,2} (thuc hien|phu trach|tham muu)|trach nhiem|"
            r"phan cong|^thuc hien$|(don vi|co quan) (trien khai|dau moi)|giao cho"
        ),
    ),
    ("due", re.compile(r"thoi gian|thoi han|tien do|hoan thanh|thoi diem|han ")),
    ("product", re.compile(r"san pham|ket qua|dau ra")),
    (
        "content",
        re.compile(
            r"noi dung|nhiem vu|cong viec|hoat dong|giai phap|ten (de an|van ban|chuong trinh|ke hoach)|ten$|"
            r"hang muc|chuong trinh|van ban"
        ),
    ),
    ("other", re.compile(r"kinh phi|ghi chu|nguon|so luong|dia diem|can cu|hinh thuc")),
)  # fmt: skip
_NUMBERED = re.compile(r"^(\d{1,3}(\.\d{1,3})*|[IVX]{1,6}|[A-Ea-eđ])\s*[.)]?$")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row that orders work; `number` as printed, "" where the table has no numbers."""

    row: int
    number: str
    content: str
    lead: str
    support: str
    due: str
    start: int


def task_rows(grid: Grid) -> tuple[TaskRow, ...] | None:
    """The rows that order work, None where the table is of another kind."""
    found = _header(grid.rows)
    if found is None:
        return None
    columns, first, width = found
    rows: list[TaskRow] = []
    above: Sequence[str] = [""] * width
    for index, row in enumerate(grid.rows[first:], first):
        cells = _fitted(row, above, width, columns)
        named = {
            name: squeeze(cells[position]) for name, position in columns.items() if position < len(cells)
        }
        content = named.get("content", "")
        filled = [
            cell for position, cell in enumerate(cells) if cell.strip() and position != columns.get("number")
        ]
        if not content or len(set(filled)) < 2 or _is_group(named) or re.fullmatch(r"[\d().\s]*", content):
            continue
        above = cells
        start = 0
        for position in range(columns["content"]):
            if position < len(row):
                start += len(squeeze(row[position])) + 3
        number = named.get("number", "").rstrip(".)")
        rows.append(
            TaskRow(
                index,
                number,
                content,
                named.get("lead", ""),
                named.get("support", ""),
                named.get("due", ""),
                min(start, sum(len(squeeze(cell)) + 3 for cell in row)),
            )
        )
    return tuple(rows)


def _header(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int, int] | None:
    for index, row in enumerate(rows[:3]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(row):
            folded = fold(squeeze(cell)).strip(" .:")
            if not folded or len(folded) > 80:
                continue
            for name, pattern in _COLUMNS:
                if pattern.search(folded):
                    if name not in columns:
                        columns[name] = position
                    break
        if "content" in columns and (
            "lead" in columns or ("due" in columns and ("product" in columns or "support" in columns))
        ):
            return columns, index + 1, len(row)
        if "content" in columns and "due" in columns and "number" in columns and len(row) <= 5:
            return columns, index + 1, len(row)
    return None


def _fitted(row: Sequence[str], above: Sequence[str], width: int, columns: dict[str, int]) -> list[str]:
    """The row in the header's width; cells that span rows are taken from the row above."""
    cells = list(row)
    missing = width - len(cells)
    if missing <= 0:
        return cells[:width]
    number = columns.get("number")
    if number == 0 and cells and _NUMBERED.match(squeeze(cells[0])):
        filled = list(above)
        tail = [filled[position] for position in range(len(cells), width)]
        return cells + tail
    return [above[position] for position in range(missing)] + cells


def _is_group(named: dict[str, str]) -> bool:
    """Whether the row only heads a group: a Roman number or letter, and nothing but its content."""
    return bool(re.fullmatch(r"[IVX]+|[A-E]", named.get("number", "").rstrip(".)"))) and not any(
        named.get(name) for name in ("lead", "support", "due", "product")
    )
