"""A table as a file: CSV for any program, XLSX for Excel.

CSV is RFC 4180: commas, CRLF, quotes doubled, UTF-8 with a byte order mark so that Excel takes the letters for
Vietnamese. In both, no text becomes a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHARACTERS = 32_767  # of one cell of Excel

# Wide signs count too: Excel folds ＝ to = when the text comes from a Japanese or Chinese keyboard.
_STARTS_FORMULA = re.compile(r"^[\s\u0000]*[=+\-@＝＋－＠\t\r]")
# What XML 1.0 cannot hold.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: what stands above it, and how wide it is in characters."""

    label: str
    width: int = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; its title stands on its tab."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]]


def safe_text(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe leads what begins like one."""
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def without_control_signs(text: str) -> str:
    """The text with a space for each sign that an XML file cannot hold."""
    return _NOT_IN_XML.sub(" ", text)


def csv_lines(columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The file line by line, the byte order mark first. Days are ISO, decimals have points: so every locale reads."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([column.label for column in columns])
    yield buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_csv_value(value) for value in row])
        yield buffer.getvalue()


def _csv_value(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # Without the hundredths of a whole number.
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value


def write_xlsx(
    target: IO[bytes], title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]]
) -> None:
    """Writes one sheet row by row: real dates and numbers, texts never formulas, head frozen, A4 landscape."""
    write_workbook(target, [Sheet(title, columns, rows)])


def write_workbook(target: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Writes the sheets one after another, each row by row, as `write_xlsx` writes its one."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.save(target)


def _write_sheet(book: Workbook, content: Sheet) -> None:
    columns = content.columns
    # The published types know little of sheets that are written row by row.
    sheet: Any = book.create_sheet(_sheet_title(content.title))
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_head(sheet, column.label) for column in columns])
    # Styles are made once: one for each of a hundred thousand cells would be most of the time.
    wrapped, plain = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    for row in content.rows:
        sheet.append([_cell(sheet, value, wrapped if isinstance(value, str) else plain) for value in row])


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", without_control_signs(title)).strip(" '")[:31] or "1"


def _head(sheet: Any, label: str) -> Any:
    made: Any = WriteOnlyCell(sheet, label)
    made.font = Font(bold=True, color="FFFFFF")
    made.fill = PatternFill("solid", fgColor="5B2015")
    made.alignment = Alignment(wrap_text=True, vertical="center")
    return made


def _cell(sheet: Any, value: Value, alignment: Alignment) -> Any:
    if isinstance(value, str):
        value = without_control_signs(value)[:MOST_CHARACTERS]
    made: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # it takes days as well
    if isinstance(value, str):
        # openpyxl would make a formula of "=…" and an error of "#N/A"; words are words.
        made.data_type = "s"
    elif isinstance(value, date):
        made.number_format = "dd/mm/yyyy"
    made.alignment = alignment
    return made
