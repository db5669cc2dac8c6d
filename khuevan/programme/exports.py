"""The list of tasks as a file: CSV for any program, XLSX for Excel.

CSV is RFC 4180: commas, CRLF, quotes doubled, UTF-8 with a byte order mark so that Excel takes the
letters for Vietnamese. There is no `sep=` line: it is Excel's alone, every other program would read it
as a row, and Excel forgets the byte order mark where it stands. An Excel that is set to semicolons
opens the file through Data → From Text, or the XLSX, which needs no setting.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from khuevan.programme.presenters.task_table import Column, Value

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Wide signs count too: Excel folds ＝ to = when the text comes from a Japanese or Chinese keyboard.
_STARTS_FORMULA = re.compile(r"^[\s\u0000]*[=+\-@＝＋－＠\t\r]")
# What XML 1.0 cannot hold.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_CHARACTERS = 32_767  # of one cell of Excel

_WIDTHS = {
    "number": 7, "ref": 16, "text": 80, "section": 36, "lead": 34, "supports": 44, "due_date": 13,
    "due_text": 36, "recurrence": 16, "duties": 11, "partners": 40, "state": 18,
}  # fmt: skip


def safe_text(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe leads what begins like one."""
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The file line by line, the byte order mark first. Dates are ISO days, which every locale reads."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for row in ([column.label for column in columns], *rows):
        writer.writerow([_csv_value(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _csv_value(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value


def write_xlsx(
    target: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """Writes one sheet row by row: real dates and numbers, texts never formulas, head frozen."""
    book = Workbook(write_only=True)
    # The published types know little of sheets that are written row by row.
    sheet: Any = book.create_sheet(_sheet_title(title))
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.code, 20)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_head(sheet, column.label) for column in columns])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    book.save(target)


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", _NOT_IN_XML.sub(" ", title)).strip(" '")[:31] or "1"


def _head(sheet: Any, label: str) -> Any:
    made: Any = WriteOnlyCell(sheet, label)
    made.font = Font(bold=True, color="FFFFFF")
    made.fill = PatternFill("solid", fgColor="5B2015")
    made.alignment = Alignment(wrap_text=True, vertical="center")
    return made


def _xlsx_cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, str):
        value = _NOT_IN_XML.sub(" ", value)[:MOST_CHARACTERS]
    made: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # it takes days as well
    if isinstance(value, str):
        # openpyxl would make a formula of "=…" and an error of "#N/A"; the plan's words are words.
        made.data_type = "s"
    elif isinstance(value, date):
        made.number_format = "dd/mm/yyyy"
    made.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    return made
