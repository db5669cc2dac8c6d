"""A unit's form as an Excel file that is filled without a network: one page of figures, one of words, one of rows.

    Số liệu    | Mã | Chỉ tiêu | Đơn vị tính | Phần mềm đếm | Số liệu của đơn vị | Vì sao khác |
    Câu hỏi    | Mã | Câu hỏi | Trả lời |
    Khó khăn   | Khó khăn, vướng mắc | Đơn vị đề nghị |

Only the cells that the unit fills can be written in. A hidden page says whose form it is, of which cycle and version
of the rule; by it a filled form finds its way back. Reading is `form_sheet_reading`.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from khuevan.plain.sheets import MOST_CHARACTERS, without_control_signs

FIGURES, QUESTIONS, DIFFICULTIES, MARKER = "Số liệu", "Câu hỏi", "Khó khăn", "khue-van"
PROPOSALS: Final = "de-xuat"  # stands among the questions, under a code of its own
KIND: Final = "khue-van:bieu-mau-bao-cao"
BLANK_ROWS: Final = 15
MOST_REASON: Final = 500
_HEAD: Final = PatternFill("solid", fgColor="5B2015")
_PART: Final = PatternFill("solid", fgColor="F3E3DD")
_OPEN: Final = PatternFill("solid", fgColor="FFF9E0")
_SIDE: Final = Side("thin", color="B9B0AC")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_TOP: Final = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class FormMarker:
    """Whose form a file is: the unit's report, and under which names people know it."""

    report: int
    rule: str
    version: int
    unit: str
    cycle: str


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """One figure. `known` is what was counted (None where nothing counts), `value` what stands for the unit now.

    A figure that is not `is_asked` is computed and only looked at; `has_reason`: a reason may be given.
    """

    code: str
    name: str
    unit: str
    known: Decimal | None
    value: Decimal | None
    reason: str
    is_asked: bool
    has_reason: bool


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question with the answer as it stands."""

    code: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of the form."""

    heading: str
    figures: tuple[SheetFigure, ...]
    questions: tuple[SheetQuestion, ...]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A whole form; `difficulties` as (difficulty, what is asked for).

    `seen` is handed back as it is: by it a filled form knows what others changed meanwhile.
    """

    marker: FormMarker
    parts: tuple[SheetPart, ...]
    difficulties: tuple[tuple[str, str], ...]
    proposals: str
    seen: str = ""


def form_sheet(form: FormSheet) -> bytes:
    """The form as XLSX."""
    book = Workbook()
    _figures(book.active, form)
    _questions(book.create_sheet(QUESTIONS), form)
    _difficulties(book.create_sheet(DIFFICULTIES), form)
    hidden = book.create_sheet(MARKER)
    hidden["A1"], hidden["B1"] = KIND, json.dumps(asdict(form.marker), ensure_ascii=False)
    _text(hidden, 2, 2, form.seen, has_line=False)
    hidden.sheet_state = "veryHidden"
    hidden.protection.sheet = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _figures(sheet: Any, form: FormSheet) -> None:
    sheet.title = FIGURES
    _begin(
        sheet,
        form,
        "Điền vào các ô màu vàng: cột “Số liệu của đơn vị”; nếu khác số phần mềm đếm được thì ghi lý do. "
        "Số lẻ viết sau dấu phẩy (1,5). Ô để trống: giữ như trên phần mềm.",
        (
            ("Mã", 14),
            ("Chỉ tiêu", 52),
            ("Đơn vị tính", 14),
            ("Phần mềm đếm", 14),
            ("Số liệu của đơn vị", 18),
            ("Vì sao khác", 42),
        ),
    )
    numbers = DataValidation(
        "decimal",
        operator="greaterThanOrEqual",
        formula1="0",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Số liệu",
        error="Hãy ghi một số, không âm.",
    )
    reasons = DataValidation(
        "textLength",
        operator="lessThanOrEqual",
        formula1=str(MOST_REASON),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Lý do",
        error=f"Tối đa {MOST_REASON} ký tự.",
    )
    sheet.add_data_validation(numbers)
    sheet.add_data_validation(reasons)
    for part in form.parts:
        if not part.figures:
            continue
        _part(sheet, part.heading, 6)
        for figure in part.figures:
            row = sheet.max_row + 1
            for column, value in enumerate((figure.code, figure.name, figure.unit), 1):
                _text(sheet, row, column, value)
            _number(sheet, row, 4, figure.known)
            _number(sheet, row, 5, figure.value, is_open=figure.is_asked)
            _text(sheet, row, 6, figure.reason, is_open=figure.has_reason)
            if figure.is_asked:
                numbers.add(f"E{row}")
            if figure.has_reason:
                reasons.add(f"F{row}")


def _questions(sheet: Any, form: FormSheet) -> None:
    _begin(
        sheet,
        form,
        "Trả lời ở các ô màu vàng. Xuống dòng trong ô bằng Alt + Enter.",
        (("Mã", 14), ("Câu hỏi", 52), ("Trả lời", 80)),
    )
    rows = [(one.code, one.text, one.answer) for part in form.parts for one in part.questions]
    for code, text, answer in (*rows, (PROPOSALS, "Đề xuất, kiến nghị của đơn vị", form.proposals)):
        row = sheet.max_row + 1
        _text(sheet, row, 1, code)
        _text(sheet, row, 2, text)
        _text(sheet, row, 3, answer, is_open=True)


def _difficulties(sheet: Any, form: FormSheet) -> None:
    _begin(
        sheet,
        form,
        "Mỗi dòng một khó khăn, vướng mắc và điều đơn vị đề nghị.",
        (("Khó khăn, vướng mắc", 75), ("Đơn vị đề nghị", 75)),
    )
    for text, asks in (*form.difficulties, *[("", "")] * BLANK_ROWS):
        row = sheet.max_row + 1
        _text(sheet, row, 1, text, is_open=True)
        _text(sheet, row, 2, asks, is_open=True)


def _begin(sheet: Any, form: FormSheet, hint: str, columns: tuple[tuple[str, int], ...]) -> None:
    """Title, whose form it is, a hint, and the head of the table, which stays in sight."""
    last = len(columns)
    for row, (text, font) in enumerate(
        (
            (form.marker.cycle, Font(bold=True, size=14)),
            (form.marker.unit, Font(bold=True)),
            (hint, Font(italic=True, color="5F5F5F")),
        ),
        1,
    ):
        _text(sheet, row, 1, text, has_line=False)
        sheet.cell(row, 1).font = font
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    sheet.row_dimensions[1].height, sheet.row_dimensions[3].height = 24, 32
    for column, (label, width) in enumerate(columns, 1):
        cell = sheet.cell(4, column, label)
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFF"), _HEAD, _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A5"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _part(sheet: Any, heading: str, last: int) -> None:
    row = sheet.max_row + 1
    _text(sheet, row, 1, heading)
    for column in range(1, last + 1):
        cell = sheet.cell(row, column)
        cell.fill, cell.border = _PART, _LINE
    sheet.cell(row, 1).font = Font(bold=True)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)


def _text(
    sheet: Any, row: int, column: int, text: str, *, is_open: bool = False, has_line: bool = True
) -> None:
    cell = sheet.cell(row, column)
    # The property would make a formula of “=…”; words are words.
    cell.value = without_control_signs(text)[:MOST_CHARACTERS]
    if text:
        cell.data_type = "s"
    cell.number_format, cell.alignment = "@", _TOP
    _finish(cell, is_open, has_line)


def _number(sheet: Any, row: int, column: int, value: Decimal | None, *, is_open: bool = False) -> None:
    cell = sheet.cell(row, column)
    if value is not None:
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    cell.number_format, cell.alignment = "#,##0.##", Alignment(vertical="top", horizontal="right")
    if value is None or value == value.to_integral_value():
        cell.number_format = "#,##0"
    if is_open:
        # A format of whole numbers would hide what follows the comma.
        cell.number_format = "General"
    _finish(cell, is_open, True)


def _finish(cell: Any, is_open: bool, has_line: bool) -> None:
    cell.protection = Protection(locked=not is_open)
    if has_line:
        cell.border = _LINE
    if is_open:
        cell.fill = _OPEN
