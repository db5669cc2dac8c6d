"""The report as a document: its chapters, tables, charts and annexes, and the pages that they make."""

from __future__ import annotations

import dataclasses
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import pdfplumber
from hypothesis import given, settings

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import (
    Composition,
    Picture,
    Section,
    Table,
    every_section,
)
from khuevan.plain.official_documents.writing.composition_form import as_plain, from_plain
from khuevan.plain.official_documents.writing.layout_rules import all_rules
from khuevan.plain.official_documents.writing.pdf import write_pdf
from khuevan.plain.official_documents.writing.word import write_word
from khuevan.plain.reporting.composer import annexes_of_report, pictures_of, sections_of_report
from khuevan.plain.reporting.figure_tables import by_unit_tables, part_table
from khuevan.plain.reporting.narrative import narrative
from khuevan.plain.reporting.report import Answered, Part, Words
from tests.plain.official_documents.writing.measured_pages import MM, measured
from tests.plain.reporting.reports import CITY, ISSUER, any_report, figure, report, wards

RULES = all_rules()[-1]
DAY = date(2025, 6, 20)


def written(one) -> Composition:
    """The report as the department's document."""
    return Composition(
        type="Báo cáo",
        number=142,
        notation="BC-SVHTT",
        parent_body="UBND thành phố Hà Nội",
        issuer=ISSUER,
        place="Hà Nội",
        date=DAY,
        title="Công tác thông tin đối ngoại quý II năm 2025",
        legal_bases=(),
        sections=sections_of_report(one, ISSUER, (CITY,)),
        recipients=(Recipient("Như trên", None), Recipient("Lưu: VT, TTBCXB", None)),
        signatory=Signatory(authority=None, position="Giám đốc", name="Bạch Liên Hương"),
        addressees=(CITY,),
        annexes=annexes_of_report(one),
    )


def outline(sections: tuple[Section, ...]) -> list[str]:
    """Labels and headings in order."""
    return [f"{one.label} {one.heading}" for one in every_section(sections) if one.heading is not None]


def tables_of(sections: tuple[Section, ...]) -> list[Table]:
    return [block for one in every_section(sections) for block in one.blocks if isinstance(block, Table)]


def large(units: int = 170):
    """Two parts, ten figures, so many units."""
    figures = tuple(
        figure(
            40 + number, 38, 30, 150, year_sum=78 + number, code=f"c{number}", in_chart=number < 4,
            name=f"Tin, bài bằng tiếng nước ngoài về Thủ đô, nhóm {number}",
        )
        for number in range(10)
    )  # fmt: skip
    rows = tuple(
        (f"Ủy ban nhân dân phường {number}", tuple(map(Decimal, range(10)))) for number in range(units)
    )
    said = Answered("Kết quả nổi bật", (Words("Phường Láng", "Mở trang tiếng Anh"),))
    parts = (
        Part("Thông tin chính thức về Thủ đô", "II.1", figures, (said,), rows),
        Part(
            "Hợp tác với báo chí",
            "II.2",
            (figure(5, 4, 3, code="doan", name="Đoàn phóng viên", unit="đoàn"),),
        ),
    )
    return report(parts=parts, missing_units=wards(9), assessment="Đúng tiến độ.", next_steps="Hoàn thành.")


def test_document_has_the_chapters_of_an_official_report():
    assert outline(sections_of_report(large())) == [
        "I TÌNH HÌNH CHUNG",
        "II KẾT QUẢ THỰC HIỆN",
        "1 Thông tin chính thức về Thủ đô",
        "a Kết quả nổi bật",
        "2 Hợp tác với báo chí",
        "III KHÓ KHĂN, VƯỚNG MẮC",
        "IV ĐÁNH GIÁ CHUNG",
        "V NHIỆM VỤ TRỌNG TÂM KỲ TIẾP THEO",
    ]
    last = sections_of_report(large())[-1]
    assert (last.label, last.heading, last.blocks[-1].text) == (
        "",
        None,
        "Trên đây là báo cáo công tác thông tin đối ngoại quý II năm 2025./.",
    )


def test_one_part_is_a_chapter_of_its_own():
    assert outline(sections_of_report(report(figure(3))))[1] == "II TRUYỀN THÔNG ĐỐI NGOẠI"


def test_table_holds_the_figures_beside_what_they_are_held_against():
    figures = (
        figure(42, 38, None, 150, year_sum=80),
        figure("98.3", "95", "97", 95, year_sum="98.3", name="Tỷ lệ hoàn thành", unit="%", type="PERCENT"),
        figure(1_250_000_000, 1_100_500_400, 10**9, year_sum=2_350_500_400, name="Kinh phí", unit="", type="MONEY"),
        figure(None, 3, 2, 5, name="Phim", unit="phim"),
    )  # fmt: skip
    one = report(*figures)
    assert part_table(one, one.parts[0], "Bảng 1").rows == (
        (
            "TT", "Chỉ tiêu", "Đơn vị tính", "Quý II\nnăm 2025", "Quý I\nnăm 2025", "Quý II\nnăm 2024",
            "Lũy kế từ đầu năm", "% kế hoạch năm",
        ),
        ("1", "Tin, bài đã đăng", "tin, bài", "42", "38", "…", "80", "53,3"),
        ("2", "Tỷ lệ hoàn thành", "%", "98,3", "95", "97", "", ""),
        ("3", "Kinh phí", "triệu đồng", "1.250", "1.100,5", "1.000", "2.350,5", ""),
        ("4", "Phim", "phim", "…", "3", "2", "…", ""),
    )  # fmt: skip


def test_table_leaves_out_columns_that_nobody_has_figures_for():
    one = report(figure(42), period="", period_before="", period_last_year="")
    assert part_table(one, one.parts[0], "").rows[0] == ("TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này")


def test_signs_and_rounding_of_tables_are_explained_where_they_first_stand():
    money = figure(1_250_000_001, 5, code="b", name="Kinh phí", unit="đồng", type="MONEY")
    parts = tuple(Part(name, "", (figure(1, None), figure(2, 1, code="c"), money)) for name in ("A", "B"))
    one = report(parts=tuple(dataclasses.replace(part) for part in parts))
    texts = [
        block.text
        for section in every_section(sections_of_report(one))
        for block in section.blocks
        if not isinstance(block, Table | Picture) and ("dấu “…”" in block.text or "làm tròn" in block.text)
    ]
    rounded = "Số tiền trong bảng tính bằng triệu đồng, làm tròn đến nghìn đồng."
    assert texts == ["Ghi chú: dấu “…” là chưa có số liệu.", rounded, rounded]


def test_units_stand_in_rows_and_no_column_is_empty():
    figures = (figure(3, code="a"), figure(None, code="b"), figure(9, code="c", name="Phim", unit="phim"))
    rows = (("Phòng A", (Decimal(3), None, None)), ("Phòng B", (None, None, Decimal(9))))
    [table] = by_unit_tables(Part("x", "", figures, (), rows), wide=False)
    assert table.rows == (
        ("TT", "Đơn vị", "Tin, bài đã đăng\n(tin, bài)", "Phim\n(phim)"),
        ("1", "Phòng A", "3", "…"),
        ("2", "Phòng B", "…", "9"),
        ("", "Tổng hợp", "3", "9"),
    )


def test_more_figures_than_a_page_is_wide_go_on_in_another_table():
    part = large().parts[0]
    tables = by_unit_tables(part, wide=True)
    assert [table.caption for table in tables] == ["", "Thông tin chính thức về Thủ đô (tiếp theo)"]
    heads = [head for table in tables for head in table.rows[0][2:]]
    assert heads == [f"{one.name}\n(tin, bài)" for one in part.figures]
    assert all(sum(table.widths) <= 257.01 for table in tables)


def test_annex_of_units_is_called_by_what_it_lists():
    late, open_figure = {"missing_units": wards(9)}, figure(3, missing=wards(5))
    annexes = [
        annexes_of_report(one) for one in (report(**late), report(open_figure), report(open_figure, **late))
    ]
    assert [
        [(annex.label, annex.title, outline(annex.sections)) for annex in found] for found in annexes
    ] == [
        [("Phụ lục", "Các đơn vị chưa gửi báo cáo", [])],
        [("Phụ lục", "Các đơn vị chưa có một số chỉ tiêu", [])],
        [
            (
                "Phụ lục",
                "Các đơn vị chưa có số liệu",
                ["I CÁC ĐƠN VỊ CHƯA GỬI BÁO CÁO", "II CÁC ĐƠN VỊ CHƯA CÓ MỘT SỐ CHỈ TIÊU"],
            )
        ],
    ]
    [table] = tables_of(annexes[1][0].sections)
    assert table.rows[1:] == (("1", "Tin, bài đã đăng", ", ".join(wards(5))),)


def test_charts_say_in_words_what_they_show():
    figures = (
        figure(42, 38, None, in_chart=True),
        figure(None, 3, None, in_chart=True, code="b", name="Phim"),
        figure(10**9, 2 * 10**9, None, in_chart=True, code="c", name="Kinh phí", unit="đồng", type="MONEY"),
        figure(-3, 2, None, in_chart=True, code="d", name="Chênh lệch"),
        figure(3, 2, None, code="e", name="Không vẽ"),
    )
    pictures = pictures_of(sections_of_report(report(*figures)))
    assert [(one.caption, one.alternative) for one in pictures] == [
        (
            "Biểu đồ 1. Truyền thông đối ngoại (mỗi chỉ tiêu một thang đo)",
            "Biểu đồ thanh ngang. Tin, bài đã đăng – Quý II năm 2025: 42 tin, bài, Quý I năm 2025: 38 tin, bài; Phim "
            "– Quý II năm 2025: chưa có số liệu, Quý I năm 2025: 3 tin, bài; Kinh phí – Quý II năm 2025: 1 tỷ đồng, "
            "Quý I năm 2025: 2 tỷ đồng.",
        ),
    ]
    [alone] = pictures_of(sections_of_report(report(figures[2])))
    assert alone.caption == "Biểu đồ 1. Truyền thông đối ngoại (tỷ đồng)"


def test_charts_that_show_nothing_beside_another_are_not_drawn():
    alone = figure(42, in_chart=True)
    nothing = figure(0, 0, in_chart=True, code="b", unit="phim")
    unknown = figure(None, 3, 2, in_chart=True, code="c", unit="đoàn")
    assert pictures_of(sections_of_report(report(alone, nothing, unknown))) == ()


def test_pages_bear_charts_within_their_margins_and_heads_on_each_page_of_a_table():
    composition = written(large())
    pdf = write_pdf(composition, rules=RULES, created=DAY)
    pages = measured(pdf)
    upright = [size for size in pages.sizes if size[0] < 211]
    # The first annex lies on its side, the second stands again.
    assert (len(upright) < len(pages.sizes), pages.sizes[-1][0] < 211) == (True, True)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for image in page.images:
                assert image["x0"] * MM >= 29.9
                assert image["x1"] * MM <= 190.1
        assert sum(len(page.images) for page in document.pages) == 1
        wide = [page for page in document.pages if page.width > page.height]
        assert len(wide) > 10
        # Each page of the annex begins its table anew with “TT”; the words of a row never leave the page.
        for page in wide:
            words = page.extract_words()
            assert "TT" in [word["text"] for word in words]
            assert all(word["x0"] > 0 and word["x1"] < page.width - 50 for word in words)


def test_word_file_holds_the_same_tables():
    data = write_word(written(large(8)), rules=RULES, created=datetime(2025, 6, 20, tzinfo=UTC))
    document = docx.Document(io.BytesIO(data))
    heads = [table.rows[0].cells[0].text for table in document.tables]
    assert heads.count("TT") == len(tables_of(written(large(8)).sections)) + sum(
        len(tables_of(annex.sections)) for annex in written(large(8)).annexes
    )


@given(any_report())
@settings(max_examples=25)
def test_any_report_is_a_document_whose_every_sentence_is_printed(one):
    composition = written(one)
    assert from_plain(as_plain(composition)) == from_plain(as_plain(from_plain(as_plain(composition))))
    said = [
        paragraph.text
        for chapter in narrative(one, ISSUER, (CITY,))
        for paragraph in (*chapter.paragraphs, *(each for said in chapter.said for each in said.paragraphs))
    ]
    printed = [
        block.text
        for section in every_section(composition.sections)
        for block in section.blocks
        if not isinstance(block, Table | Picture)
    ]
    assert [text for text in printed if text in set(said)] == said


@given(any_report())
@settings(max_examples=25)
def test_tables_of_any_report_are_whole(one):
    for table in (
        *tables_of(sections_of_report(one)),
        *(table for annex in annexes_of_report(one) for table in tables_of(annex.sections)),
    ):
        assert {len(row) for row in table.rows} == {len(table.widths)} == {len(table.aligns)}
        assert all(width > 0 for width in table.widths)
