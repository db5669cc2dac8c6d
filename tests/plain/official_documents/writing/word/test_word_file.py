"""The Word file as a file: the same bytes again, numbering that Word counts, nothing that breaks its XML."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.source import Line
from khuevan.plain.official_documents.writing.composition import (
    Annex,
    Composition,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    paragraph,
)
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.word import write_word
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES, compositions, tables

CREATED = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(composition: Composition) -> bytes:
    return write_word(composition, rules=RULES, created=CREATED)


def with_body(*sections: Section) -> Composition:
    return dataclasses.replace(examples.regulation(), type="Kế hoạch", sections=sections)


def numbered(composition: Composition) -> list[tuple[str, str | None]]:
    """The paragraphs of the body between head and foot: their typed words, and the level that Word counts."""
    body = docx.Document(io.BytesIO(written(composition))).element.body
    found: list[tuple[str, str | None]] = []
    for element in body.iterchildren(W + "p"):
        words = "".join(each.text for each in element.iter(W + "t"))
        place = element.find(f"{W}pPr/{W}numPr")
        counted = (
            None
            if place is None
            else f"{place.find(W + 'numId').get(W + 'val')}/{place.find(W + 'ilvl').get(W + 'val')}"
        )
        if words:
            found.append((words, counted))
    return found[2:]


def lines_read(composition: Composition) -> list[str]:
    """The body as the reader counts it, without head and foot."""
    lines = [
        block.text for block in extract(written(composition), "x.docx").blocks if isinstance(block, Line)
    ]
    return [line for line in lines if line][2:]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions())
def test_the_same_document_is_the_same_bytes(composition: Composition) -> None:
    assert written(composition) == written(composition)


def test_every_entry_of_the_package_has_the_same_time() -> None:
    with zipfile.ZipFile(io.BytesIO(written(examples.report(rows=1)))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None
        assert package.namelist()[0] == "[Content_Types].xml"


def test_labels_are_counted_by_word_and_not_typed() -> None:
    plan = with_body(
        Section("I", "MỤC ĐÍCH", (), (
            Section("1", "Chung", (), (
                Section("1.1", "Xa", (), (
                    Section("a", None, (paragraph("Trên các trang:"),), (
                        Section("-", None, (paragraph("Một."),), (examples.point("+", "Hai."),)),
                    )),
                    examples.point("b", "Ba."),
                )),
            )),
            examples.point("2", "Bốn."),
        )),
        examples.point("II", "Năm."),
    )  # fmt: skip
    assert numbered(plan) == [
        ("MỤC ĐÍCH", "2/1"),
        ("Chung", "2/2"),
        ("Xa", "2/3"),
        ("Trên các trang:", "2/5"),
        ("Một.", "1/0"),
        ("Hai.", "1/1"),
        ("Ba.", "2/5"),
        ("Bốn.", "2/2"),
        ("Năm.", "2/1"),
    ]
    assert lines_read(plan) == [
        "I. MỤC ĐÍCH",
        "1. Chung",
        "1.1. Xa",
        "a) Trên các trang:",
        "- Một.",
        "+ Hai.",
        "b) Ba.",
        "2. Bốn.",
        "II. Năm.",
    ]


def test_a_label_that_is_not_the_next_begins_its_list_anew_there() -> None:
    plan = with_body(*(examples.point(label, f"Việc {label}.") for label in ("1", "3", "4")))
    assert [place for _, place in numbered(plan)] == ["2/2", "3/2", "3/2"]
    assert lines_read(plan) == ["1. Việc 1.", "3. Việc 3.", "4. Việc 4."]


def test_letters_that_word_does_not_know_are_typed_with_their_whole_list() -> None:
    few = with_body(*(examples.point(label, f"Điểm {label}.") for label in "abcd"))
    many = with_body(*(examples.point(label, f"Điểm {label}.") for label in "abcdđ"))
    assert [place for _, place in numbered(few)] == ["2/5"] * 4
    assert numbered(many) == [(f"{label}) Điểm {label}.", None) for label in "abcdđ"]
    assert lines_read(many) == [f"{label}) Điểm {label}." for label in "abcdđ"]


def test_capital_letters_that_word_counts_otherwise_are_typed_too() -> None:
    few = with_body(*(Section(label, f"PHẦN {label}") for label in "ABCD"))
    many = with_body(*(Section(label, f"PHẦN {label}", (paragraph("Có."),)) for label in "ABCDĐE"))
    assert lines_read(few) == [f"{label}. PHẦN {label}" for label in "ABCD"]
    assert [line for line in lines_read(many) if line != "Có."] == [
        f"{label}. PHẦN {label}" for label in "ABCDĐE"
    ]


def test_articles_run_through_the_chapters_and_clauses_begin_again() -> None:
    assert lines_read(examples.regulation())[:12] == [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Quy chế này quy định việc quản lý.",
        "Điều 2. Giải thích từ ngữ",
        "1. Thông tin chính thức là thông tin do cơ quan có thẩm quyền cung cấp.",
        "2. Hình thức cung cấp gồm:",
        "a) Hình thức a.",
        "b) Hình thức b.",
        "c) Hình thức c.",
        "d) Hình thức d.",
        "đ) Hình thức đ.",
    ]


def test_an_inserted_item_is_counted_with_the_others() -> None:
    document = docx.Document(
        io.BytesIO(written(with_body(examples.point("1", "Một."), examples.point("2", "Hai."))))
    )
    first = next(each for each in document.paragraphs if each.text == "Một.")
    first.insert_paragraph_before("Mới.")._p.get_or_add_pPr().append(
        etree.fromstring(etree.tostring(first._p.pPr.numPr))
    )
    stream = io.BytesIO()
    document.save(stream)
    lines = [block.text for block in extract(stream.getvalue(), "x.docx").blocks if isinstance(block, Line)]
    assert [line for line in lines if line.endswith(("Mới.", "Một.", "Hai."))] == [
        "1. Mới.",
        "2. Một.",
        "3. Hai.",
    ]


def test_bold_and_italics_are_runs_and_marks_of_the_text_stay() -> None:
    words = Paragraph((Run("Trước "), Run("ngày 5", bold=True), Run("\tvà ", italic=True), Run("sau\ndòng")))
    body = docx.Document(io.BytesIO(written(with_body(Section("", None, (words,)))))).paragraphs
    runs = next(each for each in body if each.text.startswith("Trước")).runs
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in runs] == [
        ("Trước ", False, False),
        ("ngày 5", True, False),
        ("\tvà ", False, True),
        ("sau\ndòng", False, False),
    ]


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=30))
def test_no_words_break_the_xml(words: str) -> None:
    hostile = f"{words}</w:t>&<![CDATA[\x00\ufffe\ud800"
    composition = Composition(
        type=hostile,
        number=None,
        notation=hostile,
        parent_body=hostile,
        issuer=hostile,
        place=hostile,
        date=None,
        title=hostile,
        legal_bases=(hostile,),
        sections=(
            Section(hostile, hostile, (Table((1,), ("left",), ((hostile,),), 1, hostile),)),
            Section(
                "1", None, (paragraph(hostile), Picture(examples.picture(size=(8, 8)), hostile, hostile))
            ),
        ),
        recipients=(Recipient(hostile, hostile),),
        signatory=Signatory(hostile, hostile, hostile),
        addressees=(hostile, hostile),
        enacting_authority=hostile,
        drafter_mark=hostile,
        contact=hostile,
        annexes=(Annex(hostile, hostile, (Section("", None, (paragraph(hostile),)),)),),
    )
    document: Any = docx.Document(io.BytesIO(written(composition)))
    assert "</w:t>&<![CDATA[" in "\n".join(each.text for each in document.paragraphs)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_table_is_read_back_cell_by_cell(table: Table) -> None:
    document = docx.Document(io.BytesIO(written(with_body(Section("", None, (table,))))))
    assert tuple(tuple(cell.text for cell in row.cells) for row in document.tables[1].rows) == table.rows


def test_a_jpeg_stands_once_in_the_file_however_often_it_is_shown() -> None:
    shown = Picture(examples.picture("JPEG", (60, 30)), "Bản đồ", width=0.5)
    data = written(with_body(Section("", None, (shown, shown))))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
    assert media == ["word/media/image1.jpeg"]
    shapes = docx.Document(io.BytesIO(data)).inline_shapes
    assert [(round(each.width.mm), round(each.height.mm)) for each in shapes] == [(80, 40), (80, 40)]


def test_a_tall_picture_leaves_room_on_its_page() -> None:
    shown = Picture(examples.picture(size=(50, 500)), "Cột cờ")
    shape = docx.Document(io.BytesIO(written(with_body(Section("", None, (shown,)))))).inline_shapes[0]
    assert (round(shape.width.mm, 1), round(shape.height.mm, 1)) == (21.8, 218.4)


@pytest.mark.parametrize("field", ["urgency", "circulation"])
def test_a_mark_that_the_rules_do_not_know_is_refused(field: str) -> None:
    with pytest.raises(UnwritableDocument):
        written(dataclasses.replace(examples.letter(), **{field: "TỐI MẬT"}))


def test_a_draft_without_number_and_day_leaves_room_for_them() -> None:
    draft = dataclasses.replace(examples.letter(), number=None, date=None)
    cells = docx.Document(io.BytesIO(written(draft))).tables[0].rows[1].cells
    number, place = (cell.paragraphs[0].text for cell in cells)
    assert number.replace("\xa0", "") == "Số: /SVHTT-TTBCXB"
    assert place.replace("\xa0", "") == "Hà Nội, ngàythángnăm 2026"
    assert number.count("\xa0") > 5


@pytest.mark.parametrize("example", [examples.letter, examples.regulation])
def test_a_draft_without_words_yet_has_no_rules_below_them(example: Any) -> None:
    draft = dataclasses.replace(example(), title="", issuer="", parent_body="")
    document = docx.Document(io.BytesIO(written(draft)))
    rules = [
        element
        for element in document.element.body.iter(W + "p")
        if element.find(f"{W}pPr/{W}pStyle").get(W + "val") == "DuongKe"
    ]
    # That below the motto is left.
    assert len(rules) == 1
    assert "V/v" not in "".join(document.element.body.itertext())


def test_a_style_brings_its_number_with_it() -> None:
    plan = with_body(
        Section("I", "MỤC ĐÍCH", (), (examples.point("-", "Một."),)),
        Section("II", "NỘI DUNG", (), (examples.point("1", "Hai."),)),
    )
    document = docx.Document(io.BytesIO(written(plan)))
    last = next(each for each in document.paragraphs if each.text == "Hai.")
    for style, words in (("Gạch đầu dòng", "Gạch thêm."), ("Dấu cộng", "Cộng thêm."), ("Đề mục I", "Thêm")):
        last.insert_paragraph_before(words, style)
    stream = io.BytesIO()
    document.save(stream)
    lines = [block.text for block in extract(stream.getvalue(), "x.docx").blocks if isinstance(block, Line)]
    assert [line for line in lines if line][2:] == [
        "I. MỤC ĐÍCH",
        "- Một.",
        "II. NỘI DUNG",
        "- Gạch thêm.",
        "+ Cộng thêm.",
        "III. THÊM",
        "1. Hai.",
    ]
