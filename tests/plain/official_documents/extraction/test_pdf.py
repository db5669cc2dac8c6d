from __future__ import annotations

import io

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.extraction.pdf_safety import is_plain
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS
from khuevan.plain.official_documents.source import Line, Source, Table

from .plan_pdf import SENTENCE, compiled, plan_pdf

HEAD = Table(
    (
        (
            "UBND THÀNH PHỐ HÀ NỘI\nSỞ VĂN HÓA VÀ THỂ THAO\nSố: 123/KH-SVHTT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 05 tháng 3 năm 2025",
        ),
    ),
    page=1,
)
TAIL_ROWS = (
    (
        "Nơi nhận:\n- UBND Thành phố;\n- Các phòng, đơn vị thuộc Sở;\n- Lưu: VT, TTBCXB.",
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn A",
    ),
)
RUNNING = "align(center)[#text(9pt)[Kế hoạch thông tin đối ngoại, trang #context counter(page).display()]]"
PREAMBLE = '#set text(font: "Liberation Serif", size: 14pt)\n#set page(paper: "a4", margin: 25mm)\n'


def paragraphs_of(source: Source) -> list[str]:
    """The text between head and tables, joined where geometry says that a line goes on."""
    joined: list[str] = []
    for block in source.blocks:
        if isinstance(block, Line):
            if block.starts_paragraph or not joined:
                joined.append(block.text)
            else:
                joined[-1] += " " + block.text
    return joined


def test_plan_of_twelve_pages_is_read_whole_and_in_order() -> None:
    data = plan_pdf(paragraphs=130, footer=RUNNING)
    assert len(pypdfium2.PdfDocument(data)) == 12
    source = extract(data, "plan.pdf")
    assert (source.kind, source.wrapped, source.warnings) == ("pdf", True, ())
    assert source.blocks[0] == HEAD
    last = source.blocks[-1]
    assert isinstance(last, Table)
    assert last.rows == TAIL_ROWS
    assert paragraphs_of(source) == [
        "KẾ HOẠCH",
        "Tổ chức triển khai các hoạt động thông tin đối ngoại năm 2025",
        *(f"{number}) {SENTENCE} lần thứ {number}." for number in range(1, 131)),
    ]


def test_running_footers_are_margin_texts_and_page_numbers_are_gone() -> None:
    source = extract(plan_pdf(paragraphs=50, footer=RUNNING), "")
    assert sorted(source.margin_texts) == [
        f"Kế hoạch thông tin đối ngoại, trang {page}" for page in range(1, 6)
    ]
    assert not [block for block in source.blocks if isinstance(block, Line) and block.text.isdigit()]


def test_ruled_table_over_two_pages_is_one_with_its_head_once() -> None:
    source = extract(plan_pdf(paragraphs=20, table_rows=30), "")
    tables = [block for block in source.blocks if isinstance(block, Table)]
    assert [table.rows[0] for table in tables] == [
        HEAD.rows[0],
        ("TT", "Nội dung", "Chủ trì", "Thời gian"),
        TAIL_ROWS[0],
    ]
    assert tables[1].rows[1:] == tuple(
        (
            str(number),
            f"Tổ chức hoạt động số {number} theo kế hoạch\nđã được phê duyệt",
            f"Phòng số {number}",
            "Quý II/2025",
        )
        for number in range(1, 31)
    )


def test_merged_cells_of_a_ruled_table_hold_their_text_once() -> None:
    source = extract(
        compiled(
            PREAMBLE + "#table(columns: (1fr, 1fr, 1fr), table.cell(colspan: 2)[ngang], [c],"
            " table.cell(rowspan: 2)[dọc], [e], [f], [h], [i])"
        ),
        "",
    )
    assert source.blocks == (Table((("ngang", "", "c"), ("dọc", "e", "f"), ("", "h", "i")), page=1),)


def test_text_before_and_after_a_table_keeps_its_place() -> None:
    source = extract(compiled(PREAMBLE + "trước\n\n#table(columns: 2, [a], [b], [c], [d])\n\nsau"), "")
    assert source.blocks == (
        Line("trước", 1, starts_paragraph=True),
        Table((("a", "b"), ("c", "d")), 1),
        Line("sau", 1, starts_paragraph=True),
    )


def test_table_agrees_with_the_slow_library_for_tables() -> None:
    import pdfplumber

    data = plan_pdf(paragraphs=2, table_rows=12)
    with pdfplumber.open(io.BytesIO(data)) as document:
        expected = [
            tuple((cell or "").strip() for cell in row)
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]
    found = next(b for b in extract(data, "").blocks if isinstance(b, Table) and len(b.rows[0]) == 4)
    assert list(found.rows) == expected


def test_single_box_is_no_table() -> None:
    source = extract(compiled(PREAMBLE + "#box(stroke: 1pt, inset: 4pt)[KHẨN]\n\nthân văn bản"), "")
    assert [block.text for block in source.blocks if isinstance(block, Line)] == ["KHẨN", "thân văn bản"]


def test_paragraphs_without_indent_are_told_by_the_gap() -> None:
    text = "\n\n".join(f"{SENTENCE} {number}." for number in range(3))
    source = extract(compiled(PREAMBLE + "#set par(justify: true, spacing: 20pt)\n" + text), "")
    assert paragraphs_of(source) == [f"{SENTENCE} {number}." for number in range(3)]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_read_as_they_are_shown(angle: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plan_pdf(paragraphs=3))))
    for page in writer.pages:
        # Content turned one way and the page the other: it is shown upright.
        page.rotate(angle).transfer_rotation_to_content()
        page.rotate(-angle)
    stream = io.BytesIO()
    writer.write(stream)
    upright = extract(plan_pdf(paragraphs=3), "")
    assert paragraphs_of(extract(stream.getvalue(), "")) == paragraphs_of(upright)


def test_rubbish_before_the_mark_is_allowed() -> None:
    assert extract(b"\r\n\r\n" + plan_pdf(paragraphs=1), "mail.txt").blocks[0] == HEAD


def test_locked_by_an_owner_only_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plan_pdf(paragraphs=1))))
    writer.encrypt(user_password="", owner_password="secret", algorithm="AES-256-R5")
    stream = io.BytesIO()
    writer.write(stream)
    assert not is_plain(stream.getvalue(), DEFAULT_LIMITS)  # read in a process of its own
    assert extract(stream.getvalue(), "") == extract(plan_pdf(paragraphs=1), "")


def test_ordinary_files_are_read_in_this_process() -> None:
    assert is_plain(plan_pdf(paragraphs=40, table_rows=5), DEFAULT_LIMITS)
