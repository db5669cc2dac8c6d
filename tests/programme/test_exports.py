"""The list of tasks as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from khuevan.plain.sheets import SheetColumn, Value, csv_lines, safe_text, write_xlsx
from khuevan.programme.exports import sheet_columns
from khuevan.programme.presenters.task_table import Column

COLUMNS = sheet_columns((Column("number", "STT"), Column("text", "Nhiệm vụ"), Column("due_date", "Thời hạn")))
ROWS: list[list[Value]] = [
    [1, "Quảng bá “Lễ hội”, di sản\nvà ẩm thực", date(2025, 11, 15)],
    [None, "=1+1", None],
]


def workbook(rows: list[list[Value]], title: str = "Nhiệm vụ"):
    target = io.BytesIO()
    write_xlsx(target, title, COLUMNS, rows)
    target.seek(0)
    return load_workbook(target)


def test_csv_is_utf8_with_a_mark_commas_and_iso_days() -> None:
    assert "".join(csv_lines(COLUMNS, ROWS)) == (
        '\ufeffSTT,Nhiệm vụ,Thời hạn\r\n1,"Quảng bá “Lễ hội”, di sản\nvà ẩm thực",2025-11-15\r\n,\'=1+1,\r\n'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n=", "＝", "＠", "－", "＋"])
def test_safe_text_disarms_what_begins_like_a_formula(start: str) -> None:
    assert safe_text(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_safe_text_leaves_words_alone() -> None:
    assert safe_text("Chủ trì = lãnh đạo") == "Chủ trì = lãnh đạo"
    assert safe_text("") == ""


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_csv_reads_back_to_the_same_words(texts: list[str]) -> None:
    written = "".join(csv_lines((SheetColumn("Nhiệm vụ"),), [[text] for text in texts]))
    encoded = written.encode("utf-8", "surrogatepass").decode("utf-8-sig", "surrogatepass")
    read = list(csv.reader(io.StringIO(encoded, newline="")))
    assert [row[0] if row else "" for row in read[1:]] == [safe_text(text) for text in texts]
    assert not any(row and row[0][:1] in set("=+-@\t\r") for row in read)


def test_xlsx_has_real_days_and_numbers_and_a_frozen_head() -> None:
    sheet = workbook(ROWS).active
    assert sheet is not None
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Nhiệm vụ", "A2", "A1:C1")
    assert [cell.value for cell in sheet[1]] == ["STT", "Nhiệm vụ", "Thời hạn"]
    assert [cell.value for cell in sheet[2]] == [
        1, "Quảng bá “Lễ hội”, di sản\nvà ẩm thực", datetime(2025, 11, 15),
    ]  # fmt: skip
    assert (sheet["C2"].is_date, sheet["C2"].number_format) == (True, "dd/mm/yyyy")
    assert sheet["B2"].alignment.wrap_text
    assert {letter: sheet.column_dimensions[letter].width for letter in "ABC"} == {"A": 7, "B": 80, "C": 13}


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://example.invalid")', "#N/A", "@SUM(1)", "-2+3"])
def test_xlsx_keeps_what_looks_like_a_formula_as_words(text: str) -> None:
    cell = workbook([[1, text, None]]).active["B2"]
    assert (cell.data_type, cell.value) == ("s", text)


@given(st.text(max_size=200), st.text(max_size=40))
def test_xlsx_takes_any_words_and_any_title(text: str, title: str) -> None:
    sheet = workbook([[1, text, None]], title).active
    assert sheet is not None
    assert len(sheet.title) <= 31


def test_xlsx_cuts_a_text_at_what_a_cell_can_hold() -> None:
    sheet = workbook([[1, "ễ" * 40_000, None]]).active
    assert sheet is not None
    assert len(sheet["B2"].value) == 32_767
