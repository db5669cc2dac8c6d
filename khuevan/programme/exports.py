"""The list of tasks as a sheet: how wide each of its columns is. `khuevan.plain.sheets` writes the file.

There is no `sep=` line in the CSV: it is Excel's alone, every other program would read it as a row, and Excel
forgets the byte order mark where it stands. An Excel that is set to semicolons opens the file through Data →
From Text, or the XLSX, which needs no setting.
"""

from __future__ import annotations

from collections.abc import Iterable

from khuevan.plain.sheets import SheetColumn
from khuevan.programme.presenters.task_table import Column

_WIDTHS = {
    "number": 7, "ref": 16, "text": 80, "section": 36, "lead": 34, "supports": 44, "due_date": 13,
    "due_text": 36, "recurrence": 16, "duties": 11, "partners": 40, "state": 18,
}  # fmt: skip


def sheet_columns(columns: Iterable[Column]) -> tuple[SheetColumn, ...]:
    """The columns with their headings and widths."""
    return tuple(SheetColumn(column.label, _WIDTHS.get(column.code, 20)) for column in columns)
