"""The decree's components measured in the Word file itself, with python-docx."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.word import write_word
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES

CREATED = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CENTRE, LEFT, BOTH = ALIGN.CENTER, ALIGN.LEFT, ALIGN.JUSTIFY

# Decree 30/2020/ND-CP, annex I: style, words printed in it, size, bold, italic, capitals, alignment, first line
# in millimetres, gap below in points, line spacing.
COMPONENTS = [
    ("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False, True, CENTRE, 0, 0, 1.0),
    ("Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc", 13, True, False, False, CENTRE, 0, 0, 1.0),
    ("Cơ quan chủ quản", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", 12, False, False, True, CENTRE, 0, 0, 1.0),
    ("Cơ quan ban hành", "SỞ VĂN HÓA VÀ THỂ THAO", 12, True, False, True, CENTRE, 0, 0, 1.0),
    ("Số và ký hiệu", "Số: 07/SVHTT-TTBCXB", 13, False, False, False, CENTRE, 0, 0, 1.0),
    ("Địa danh và thời gian", "Hà Nội, ngày 03 tháng 02 năm 2026", 13, False, True, False, CENTRE, 0, 0, 1.0),
    ("Trích yếu công văn", "V/v Phối hợp", 12, False, False, False, CENTRE, 0, 0, 1.0),
    ("Độ khẩn", "THƯỢNG KHẨN", 13, True, False, True, CENTRE, 0, 0, 1.0),
    ("Phạm vi lưu hành", "LƯU HÀNH NỘI BỘ", 13, True, False, True, CENTRE, 0, 0, 1.0),
    ("Tên loại văn bản", "Quyết định", 14, True, False, True, CENTRE, 0, 0, 1.0),
    ("Trích yếu nội dung", "Về việc ban hành", 14, True, False, False, CENTRE, 0, 0, 1.0),
    ("Thẩm quyền ban hành", "GIÁM ĐỐC SỞ", 14, True, False, True, CENTRE, 0, 6, 1.0),
    ("Lời ban hành", "QUYẾT ĐỊNH:", 14, True, False, True, CENTRE, 0, 6, 1.0),
    ("Kính gửi", "Kính gửi:", 14, False, False, False, LEFT, 0, 0, 1.0),
    ("Căn cứ ban hành", "Căn cứ Luật", 14, False, True, False, BOTH, 12.7, 6, 1.1),
    ("Nội dung văn bản", "Thực hiện Kế hoạch", 14, False, False, False, BOTH, 12.7, 6, 1.1),
    ("Chương", "\nQUY ĐỊNH CHUNG", 14, True, False, False, CENTRE, 0, 6, 1.0),
    ("Mục", "\nTRÁCH NHIỆM", 14, True, False, False, CENTRE, 0, 6, 1.0),
    ("Điều", "Phạm vi điều chỉnh", 14, True, False, False, BOTH, 12.7, 6, 1.1),
    ("Đề mục I", "KẾT QUẢ THỰC HIỆN", 14, True, False, True, BOTH, 12.7, 6, 1.1),
    ("Đề mục 1", "Thông tin trên báo chí", 14, True, False, False, BOTH, 12.7, 6, 1.1),
    ("Đề mục 1.1", "Báo chí", 14, True, False, False, BOTH, 12.7, 6, 1.1),
    ("Khoản", "Cung cấp thông tin", 14, False, False, False, BOTH, 12.7, 6, 1.1),
    ("Điểm", "Đúng đối tượng.", 14, False, False, False, BOTH, 12.7, 6, 1.1),
    ("Gạch đầu dòng", "Quảng bá hình ảnh", 14, False, False, False, BOTH, 12.7, 6, 1.1),
    ("Dấu cộng", "Bằng tiếng Anh.", 14, False, False, False, BOTH, 12.7, 6, 1.1),
    ("Quyền hạn và chức vụ", "KT. GIÁM ĐỐC", 14, True, False, True, CENTRE, 0, 0, 1.0),
    ("Họ tên người ký", "Nguyễn Thị Minh Ước", 14, True, False, False, CENTRE, 0, 0, 1.0),
    ("Nơi nhận", "Nơi nhận:", 12, True, True, False, LEFT, 0, 0, 1.0),
    ("Danh sách nơi nhận", "- Như trên;", 11, False, False, False, LEFT, 0, 0, 1.0),
    ("Mã người soạn", "TTBCXB.(12)", 11, False, False, True, LEFT, 0, 0, 1.0),
    ("Phụ lục", "Phụ lục", 14, True, False, False, CENTRE, 0, 0, 1.0),
    ("Tên phụ lục", "Dự toán kinh phí", 14, True, False, True, CENTRE, 0, 0, 1.0),
    ("Kèm theo", "(Kèm theo Quyết định số 1205/QĐ-SVHTT", 14, False, True, False, CENTRE, 0, 0, 1.0),
    ("Địa chỉ cơ quan", "47 Hàng Dầu", 11, False, False, False, CENTRE, 0, 0, 1.0),
    ("Số trang", "2", 14, False, False, False, CENTRE, 0, 0, 1.0),
]  # fmt: skip


def opened(composition: Composition) -> Any:
    return docx.Document(io.BytesIO(write_word(composition, rules=RULES, created=CREATED)))


@pytest.fixture(scope="module")
def documents() -> list[Any]:
    return [
        opened(example())
        for example in (examples.letter, examples.report, examples.decision, examples.regulation)
    ]


def printed_in(document: Any, style: str) -> list[str]:
    """The words of each paragraph in the style, margins included."""
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.first_page_footer._element]
    identifier = document.styles[style].style_id
    return [
        "".join(
            "\n" if each.tag == W + "br" else each.text or "" for each in paragraph.iter(W + "t", W + "br")
        ).replace("\u00a0", " ")
        for part in parts
        for paragraph in part.iter(W + "p")
        if paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val") == identifier
    ]


@pytest.mark.parametrize(
    ("name", "words", "size", "bold", "italic", "caps", "align", "first_line", "gap", "spacing"),
    COMPONENTS,
    ids=[row[0] for row in COMPONENTS],
)
def test_component_is_set_as_the_decree_says(
    documents: list[Any],
    name: str,
    words: str,
    size: float,
    bold: bool,
    italic: bool,
    caps: bool,
    align: Any,
    first_line: float,
    gap: float,
    spacing: float,
) -> None:
    style = documents[0].styles[name]
    form = style.paragraph_format
    assert (
        style.font.size.pt,
        bool(style.font.bold),
        bool(style.font.italic),
        bool(style.font.all_caps),
        form.alignment,
        0 if form.first_line_indent is None else round(form.first_line_indent.mm, 1),
        form.space_after.pt,
        form.line_spacing,
    ) == (size, bold, italic, caps, align, first_line, gap, spacing)
    assert any(
        printed.startswith(words) for document in documents for printed in printed_in(document, name)
    ), f"{words} in {name}"


def test_every_size_is_one_that_the_rules_allow() -> None:
    for name, component in RULES.components.items():
        assert component.allowed[0] <= component.size <= component.allowed[1], name


def test_page_is_a4_with_the_margins_of_the_rules(documents: list[Any]) -> None:
    for document in documents:
        for section in document.sections:
            wide = section.orientation == 1
            assert (round(section.page_width.mm), round(section.page_height.mm)) == (
                (297, 210) if wide else (210, 297)
            )
            assert [
                round(side.mm)
                for side in (
                    section.top_margin,
                    section.bottom_margin,
                    section.left_margin,
                    section.right_margin,
                )
            ] == [20, 20, 30, 20]


def test_all_letters_are_in_times_new_roman_and_vietnamese(documents: list[Any]) -> None:
    for document in documents:
        defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        assert dict(defaults.find(W + "rFonts").attrib) == {
            W + side: "Times New Roman" for side in ("ascii", "hAnsi", "eastAsia", "cs")
        }
        assert defaults.find(W + "lang").get(W + "val") == "vi-VN"
        named = {
            font
            for part in (document.element, document.styles.element)
            for fonts in part.iter(W + "rFonts")
            for font in fonts.attrib.values()
        }
        assert named == {"Times New Roman"}


def test_page_number_stands_from_page_2_in_the_middle_of_the_top_margin() -> None:
    document = opened(examples.decision())
    assert len(document.sections) == 3
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(W + "pgNumType").get(W + "start") == "1"
        assert round(section.header_distance.mm) == 10
        header, first = section.header._element, section.first_page_header._element
        assert "".join(each.text for each in header.iter(W + "instrText")) == "PAGE"
        assert list(first.iter(W + "instrText")) == []
        assert "".join(each.text for each in section.first_page_footer._element.iter(W + "t")) == ""


def test_contact_stands_at_the_foot_of_page_1_alone() -> None:
    section = opened(examples.letter()).sections[0]
    assert section.first_page_footer.paragraphs[0].text.startswith("47 Hàng Dầu")
    assert section.footer.paragraphs[0].text == ""


def test_head_and_foot_are_whole_invisible_tables() -> None:
    head, foot = opened(examples.regulation()).tables
    assert [round(column.width.mm) for column in head.columns] == [68, 92]
    assert [round(column.width.mm) for column in foot.columns] == [80, 80]
    for table in (head, foot):
        borders = table._tbl.tblPr.find(W + "tblBorders")
        assert {side.get(W + "val") for side in borders} == {"nil"}
        for row in table.rows:
            assert row._tr.trPr.find(W + "cantSplit") is not None
            for cell, column in zip(row.cells, table.columns, strict=True):
                assert cell.width == column.width


def test_last_words_of_the_body_stay_with_the_signature() -> None:
    document = opened(examples.decision())
    body = list(document.element.body)
    foot = next(place for place, element in enumerate(body) if element is document.tables[1]._tbl)
    assert body[foot - 1].find(f"{W}pPr/{W}keepNext") is not None
    assert all(
        paragraph.find(f"{W}pPr/{W}keepNext") is not None
        or document.styles["Danh sách nơi nhận"].paragraph_format.keep_with_next
        for paragraph in body[foot].iter(W + "p")
    )


def test_ruled_table_repeats_its_head_keeps_rows_whole_and_says_its_widths_twice() -> None:
    document = opened(examples.report(rows=3))
    table = document.tables[1]
    widths = [int(column.get(W + "w")) for column in table._tbl.iter(W + "gridCol")]
    assert sum(widths) == round(Mm(160).pt * 20)
    assert [row._tr.trPr.find(W + "tblHeader") is not None for row in table.rows] == [
        True,
        False,
        False,
        False,
    ]
    for row in table.rows:
        assert row._tr.trPr.find(W + "cantSplit") is not None
        assert [int(cell.get(W + "w")) for cell in row._tr.iter(W + "tcW")] == widths
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "Tin, bài về sự kiện văn hóa số 1 của Thủ đô trên báo chí nước ngoài",
        "137",
        "Phòng TTBCXB\nVăn phòng Sở",
    ]
    assert table.rows[1].cells[2].paragraphs[0].alignment == ALIGN.RIGHT


def test_box_of_urgency_has_the_size_and_colour_of_the_rules() -> None:
    box = opened(examples.letter()).tables[0].rows[2].cells[0].tables[0]
    assert round(box.columns[0].width.mm) == 40
    assert round(box.rows[0].height.mm) == 8
    assert str(opened(examples.letter()).styles["Độ khẩn"].font.color.rgb) == "FF0000"
    assert {each.get(W + "color") for each in box._tbl.tblPr.find(W + "tblBorders")} == {"FF0000"}


def test_picture_has_its_alternative_text_and_share_of_the_width() -> None:
    document = opened(examples.report(rows=1))
    shape = document.inline_shapes[0]
    assert round(shape.width.mm) == 96
    assert round(shape.height.mm) == 48
    assert shape._inline.docPr.get("descr") == "Khuê Văn Các nhìn từ giếng Thiên Quang"


def test_properties_say_what_the_document_is() -> None:
    properties = opened(examples.letter()).core_properties
    assert (
        properties.title,
        properties.subject,
        properties.author,
        properties.language,
        properties.created,
    ) == (
        "Phối hợp cung cấp thông tin phục vụ công tác thông tin đối ngoại của thành phố Hà Nội",
        "Công văn",
        "SỞ VĂN HÓA VÀ THỂ THAO",
        "vi-VN",
        CREATED,
    )


def test_headings_stand_in_the_navigation_pane_without_gaps() -> None:
    regulation = opened(examples.regulation()).styles
    plan = opened(examples.report(rows=1)).styles

    def depth(styles: Any, name: str) -> int:
        return int(styles[name].element.find(f"{W}pPr/{W}outlineLvl").get(W + "val"))

    assert [depth(regulation, name) for name in ("Chương", "Mục", "Điều")] == [0, 1, 2]
    assert [depth(plan, name) for name in ("Đề mục I", "Đề mục 1")] == [0, 1]
