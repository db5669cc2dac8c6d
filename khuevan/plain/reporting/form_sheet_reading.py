"""A form that came back as an Excel file, read within limits; each cell is known by the place that people see.

Nothing is judged here but what no cell may hold (a formula): texts and numbers are handed on as they would be typed,
a number the Vietnamese way (1234,5), so that one reader understands a form on paper, on the page and in a file.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from khuevan.plain.reporting.form_sheet import (
    DIFFICULTIES,
    FIGURES,
    KIND,
    MARKER,
    PROPOSALS,
    QUESTIONS,
    FormMarker,
)

MOST_BYTES: Final = 3_000_000
MOST_UNPACKED: Final = 20_000_000
MOST_ENTRIES: Final = 100
MOST_ROWS: Final = 1_000
MOST_CHARACTERS: Final = 32_767  # of one cell of Excel
_DIGITS: Final = 15  # as many as Excel keeps of a number


class SheetTrouble(StrEnum):
    """Why a file is no form that can be read."""

    NO_WORKBOOK = "NO_WORKBOOK"  # not XLSX, damaged, encrypted
    TOO_LARGE = "TOO_LARGE"
    NO_FORM = "NO_FORM"  # a workbook, but none of ours


class UnreadableSheet(ValueError):
    """The file is not read; `why` says why."""

    def __init__(self, why: SheetTrouble) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, as it would be typed. `sheet` and `place` (E7) are how people find it."""

    sheet: str
    place: str
    text: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled form: figures by code as (figure, reason), answers by code, rows of difficulties.

    `difficulties` and `proposals` are None where their page or row is gone: then nothing is said about them.
    """

    marker: FormMarker
    figures: dict[str, tuple[Cell, Cell]]
    answers: dict[str, Cell]
    difficulties: tuple[tuple[Cell, Cell], ...] | None
    proposals: Cell | None
    seen: str = ""

    def cells(self) -> Iterator[Cell]:
        """All cells that hold something."""
        for pair in (*self.figures.values(), *(self.difficulties or ())):
            yield from (cell for cell in pair if cell.text)
        yield from (cell for cell in self.answers.values() if cell.text)
        if self.proposals is not None and self.proposals.text:
            yield self.proposals


def filled_form(data: bytes) -> FilledForm:
    """What the file says. Raises UnreadableSheet."""
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return _read(book)
        finally:
            book.close()
    except UnreadableSheet:
        raise
    except Exception:
        # A damaged file breaks anywhere in the library, by any error; what it means is the same.
        raise UnreadableSheet(SheetTrouble.NO_WORKBOOK) from None


def _refuse_bombs(data: bytes) -> None:
    """Refuses by the archive's own list, and unpacks no part beyond what the list declares."""
    if len(data) > MOST_BYTES:
        raise UnreadableSheet(SheetTrouble.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise UnreadableSheet(SheetTrouble.TOO_LARGE)
            for entry in entries:
                # zipfile gives out no more than is declared; a declaration that lies fails by its checksum.
                part = archive.read(entry)
                is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
                # Entities can grow without end; a NUL is UTF-16, in which they would hide.
                if is_xml and (b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:64]):
                    raise UnreadableSheet(SheetTrouble.NO_WORKBOOK)
    except UnreadableSheet:
        raise
    except Exception:
        # Damaged, encrypted, or packed in a way that Python does not know.
        raise UnreadableSheet(SheetTrouble.NO_WORKBOOK) from None


def _read(book: Any) -> FilledForm:
    marker, seen = _marker(book)
    figures: dict[str, tuple[Cell, Cell]] = {}
    for number, row in _rows(book, FIGURES, 6):
        code = _text(row[0])
        if code and code not in figures:
            pair = _cell(FIGURES, number, 5, row[4]), _cell(FIGURES, number, 6, row[5])
            figures[code] = pair
    answers: dict[str, Cell] = {}
    for number, row in _rows(book, QUESTIONS, 3):
        code = _text(row[0])
        if code and code not in answers:
            answers[code] = _cell(QUESTIONS, number, 3, row[2])
    proposals = answers.pop(PROPOSALS, None)
    difficulties = None
    if DIFFICULTIES in book.sheetnames:
        pairs = [
            (_cell(DIFFICULTIES, number, 1, row[0]), _cell(DIFFICULTIES, number, 2, row[1]))
            for number, row in _rows(book, DIFFICULTIES, 2)
        ]
        difficulties = tuple(pair for pair in pairs if pair[0].text or pair[1].text)
    return FilledForm(marker, figures, answers, difficulties, proposals, seen)


def _marker(book: Any) -> tuple[FormMarker, str]:
    if MARKER not in book.sheetnames:
        raise UnreadableSheet(SheetTrouble.NO_FORM)
    rows = [[_text(cell) for cell in row] for row in book[MARKER].iter_rows(max_row=2, max_col=2)]
    (kind, text), (_empty, seen) = ([*row, "", ""][:2] for row in [*rows, [], []][:2])
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    names = {one.name for one in fields(FormMarker)}
    if kind != KIND or not isinstance(found, dict) or set(found) != names:
        raise UnreadableSheet(SheetTrouble.NO_FORM)
    if not all(type(found[name]) is int for name in ("report", "version")):
        raise UnreadableSheet(SheetTrouble.NO_FORM)
    marker = FormMarker(
        found["report"], str(found["rule"]), found["version"], str(found["unit"]), str(found["cycle"])
    )
    return marker, seen


def _rows(book: Any, sheet: str, columns: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows below the head; none where the page is gone."""
    if sheet not in book.sheetnames:
        return
    found = book[sheet].iter_rows(min_row=5, max_row=MOST_ROWS, max_col=columns)
    for number, row in enumerate(found, 5):
        yield number, (*row, *[None] * columns)[:columns]


def _cell(sheet: str, row: int, column: int, cell: Any) -> Cell:
    is_formula = getattr(cell, "data_type", "") == "f"
    return Cell(sheet, f"{get_column_letter(column)}{row}", _text(cell), is_formula)


def _text(cell: Any) -> str:
    """What stands in the cell as it would be typed."""
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ĐÚNG" if value else "SAI"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value)[:MOST_CHARACTERS].replace("\r\n", "\n").replace("_x000D_", "").strip()


def _number(value: float, number_format: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    if not number.is_finite():
        return str(value)
    if "%" in number_format:
        # Excel keeps 85 % as 0.85 and says so by the cell's format alone.
        number *= 100
    digits = f"{number.normalize():f}" if abs(number.adjusted()) < 40 else str(value)
    return digits.replace(".", ",")
