"""The form as a file: what is written is read back, and what is no form is refused, whatever its bytes."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from khuevan.plain.reporting.form_sheet import (
    FIGURES,
    MARKER,
    FormMarker,
    FormSheet,
    SheetFigure,
    SheetPart,
    SheetQuestion,
    form_sheet,
)
from khuevan.plain.reporting.form_sheet_reading import (
    MOST_BYTES,
    MOST_UNPACKED,
    Cell,
    SheetTrouble,
    UnreadableSheet,
    filled_form,
)

MARK = FormMarker(7, "bc-quy", 2, "Phòng Truyền thông số", "Báo cáo quý II năm 2025")


def figure(code: str, value: str | None = None, known: str | None = None, **more: Any) -> SheetFigure:
    return SheetFigure(
        code,
        f"Chỉ tiêu {code}",
        "tin",
        None if known is None else Decimal(known),
        None if value is None else Decimal(value),
        **{"reason": "", "is_asked": True, "has_reason": known is not None, **more},
    )


def form(*figures: SheetFigure, **more: Any) -> FormSheet:
    part = SheetPart("Kết quả", figures, (SheetQuestion("c1", "Kết quả nổi bật?", "Đã xong.\nTốt."),))
    return FormSheet(
        **{"marker": MARK, "parts": (part,), "difficulties": (("Thiếu người.", "Xin thêm."),), "proposals": "Không.",
           "seen": '{"figure-1":"abc"}', **more}
    )  # fmt: skip


WHOLE = form(figure("xong", "10", "12", reason="=Một việc trùng"), figure("rong"), figure("le", "1234.5"))


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_is_written_is_read_back():
    found = filled_form(form_sheet(WHOLE))
    assert found.marker == MARK
    assert found.seen == '{"figure-1":"abc"}'
    assert {code: (value.text, reason.text) for code, (value, reason) in found.figures.items()} == {
        "Kết quả": ("", ""),
        "xong": ("10", "=Một việc trùng"),
        "rong": ("", ""),
        "le": ("1234,5", ""),
    }
    assert found.figures["xong"] == (
        Cell(FIGURES, "E6", "10"),
        Cell(FIGURES, "F6", "=Một việc trùng"),
    )
    assert {code: cell.text for code, cell in found.answers.items()} == {"c1": "Đã xong.\nTốt."}
    assert [(text.text, asks.text) for text, asks in found.difficulties] == [("Thiếu người.", "Xin thêm.")]
    assert found.proposals.text == "Không."


numbers = st.none() | st.decimals(min_value=0, max_value=10**12, places=2)
# What people write: no control signs, no blanks at the ends, which a cell does not keep apart.
words = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n="), max_size=40).map(
    str.strip
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(numbers, words), max_size=5), words, st.lists(st.tuples(words, words), max_size=4))
def test_any_form_comes_back_as_it_went(figures, proposals, rows):
    sheet = form(
        *(
            figure(f"m{n}", value and str(value), "1", reason=reason)
            for n, (value, reason) in enumerate(figures)
        ),
        proposals=proposals,
        difficulties=tuple(rows),
    )
    found = filled_form(form_sheet(sheet))
    assert [
        (value.text and Decimal(value.text.replace(",", ".")), reason.text, reason.is_formula)
        for code, (value, reason) in found.figures.items()
        if code != "Kết quả"
    ] == [("" if value is None else value, reason, False) for value, reason in figures]
    assert found.proposals.text == proposals
    assert [(a.text, b.text) for a, b in found.difficulties] == [row for row in rows if any(row)]


def test_only_cells_to_be_filled_are_unlocked_and_the_marker_is_hidden():
    book = opened(form_sheet(WHOLE))
    sheet = book[FIGURES]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "A5"
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked} == {
        "E6", "F6", "E7", "E8",
    }  # fmt: skip
    checked = [sorted(str(one.sqref).split()) for one in sheet.data_validations.dataValidation]
    assert checked == [["E6", "E7", "E8"], ["F6"]]
    assert book[MARKER].sheet_state == "veryHidden"


@pytest.mark.parametrize(
    ("value", "number_format", "text", "is_formula"),
    [
        ("ba mươi", "General", "ba mươi", False),
        (0.85, "0%", "85", False),
        (0.1 + 0.2, "General", "0,3", False),
        (True, "General", "ĐÚNG", False),
        ("=SUM(A1:A3)", "General", "=SUM(A1:A3)", True),
        (1e300, "General", "1e+300", False),
    ],
)
def test_a_cell_is_read_as_it_would_be_typed(value, number_format, text, is_formula):
    book = opened(form_sheet(WHOLE))
    book[FIGURES]["E7"], book[FIGURES]["E7"].number_format = value, number_format
    book[FIGURES]["E7"].number_format = number_format
    cell = filled_form(saved(book)).figures["rong"][0]
    assert cell == Cell(FIGURES, "E7", text, is_formula)


def test_rows_that_were_moved_are_found_by_their_code():
    book = opened(form_sheet(WHOLE))
    book[FIGURES].append(["them", "", "", None, 5, ""])
    book[FIGURES]["A6"], book[FIGURES]["A7"] = "rong", "xong"
    found = filled_form(saved(book)).figures
    assert (found["rong"][0].text, found["xong"][0].text, found["them"][0].text) == ("10", "", "5")


def test_pages_that_are_gone_say_nothing():
    book = opened(form_sheet(WHOLE))
    book.create_sheet("Khác")
    del book["Khó khăn"], book["Câu hỏi"], book[FIGURES]
    found = filled_form(saved(book))
    assert (found.figures, found.answers, found.difficulties, found.proposals) == ({}, {}, None, None)


def trouble(data: bytes) -> SheetTrouble:
    with pytest.raises(UnreadableSheet) as refused:
        filled_form(data)
    return refused.value.why


def test_a_workbook_that_is_no_form_is_refused():
    book = opened(form_sheet(WHOLE))
    book[MARKER]["A1"] = "khác"
    assert trouble(saved(book)) is SheetTrouble.NO_FORM
    book[MARKER]["A1"], book[MARKER]["B1"] = "khue-van:bieu-mau-bao-cao", '{"report": "7"}'
    assert trouble(saved(book)) is SheetTrouble.NO_FORM
    del book[MARKER]
    assert trouble(saved(book)) is SheetTrouble.NO_FORM


def test_a_file_that_is_no_workbook_is_refused():
    assert trouble(b"") is SheetTrouble.NO_WORKBOOK
    assert trouble(b"\xd0\xcf\x11\xe0" + bytes(600)) is SheetTrouble.NO_WORKBOOK
    assert trouble(form_sheet(WHOLE)[:-200]) is SheetTrouble.NO_WORKBOOK


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changes.get(entry.filename) or old.read(entry))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def test_bombs_are_refused_before_they_are_unpacked():
    data = form_sheet(WHOLE)
    assert trouble(bytes(MOST_BYTES + 1)) is SheetTrouble.TOO_LARGE
    assert trouble(repacked(data, {"xl/media/a.bin": bytes(MOST_UNPACKED)})) is SheetTrouble.TOO_LARGE
    assert trouble(repacked(data, {f"xl/media/{n}": b"x" for n in range(100)})) is SheetTrouble.TOO_LARGE
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert trouble(repacked(data, {"xl/sharedStrings.xml": entities})) is SheetTrouble.NO_WORKBOOK
    hidden = entities.decode().encode("utf-16")
    assert trouble(repacked(data, {"xl/sharedStrings.xml": hidden})) is SheetTrouble.NO_WORKBOOK


def test_a_million_empty_rows_are_not_walked():
    data = form_sheet(WHOLE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>xa</t></is></c></row></sheetData>',
    )
    assert "xa" not in filled_form(repacked(data, {"xl/worksheets/sheet1.xml": far})).figures


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from(["bytes", "part"]))
def test_any_damage_is_read_or_refused(chance: random.Random, kind: str):
    data = form_sheet(WHOLE)
    if kind == "bytes":
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        data = bytes(damaged)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = chance.choice(archive.namelist())
            part = bytearray(archive.read(name))
        at = chance.randrange(len(part))
        part[at : at + chance.randint(0, 40)] = bytes(
            chance.randrange(32, 127) for _ in range(chance.randint(0, 40))
        )
        data = repacked(data, {name: bytes(part)})
    try:
        found = filled_form(data)
    except UnreadableSheet:
        return
    assert all(len(cell.text) <= 32_767 for cell in found.cells())


def test_libreoffice_gives_the_form_back_as_it_is(tmp_path):
    """Opened and saved by another program, the form says the same."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice on this machine")
    (tmp_path / "form.xlsx").write_bytes(form_sheet(WHOLE))
    done = subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "back"), str(tmp_path / "form.xlsx")],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    back = tmp_path / "back" / "form.xlsx"
    if not back.exists():
        pytest.skip(
            f"LibreOffice opens no sheets on this machine (is its Calc installed?): {done.stderr[-200:]}"
        )
    assert filled_form(back.read_bytes()) == filled_form(form_sheet(WHOLE))
