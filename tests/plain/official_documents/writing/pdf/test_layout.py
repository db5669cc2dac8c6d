"""Every component of Decree 30/2020/ND-CP measured on the page: where, how large, in which style, with what rule."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
from datetime import date
from functools import cache

import pdfplumber
import pytest

from khuevan.plain.official_documents.document import Signatory
from khuevan.plain.official_documents.writing.composition import (
    Composition,
    Paragraph,
    Run,
    Section,
    paragraph,
)
from khuevan.plain.official_documents.writing.pdf import write_pdf
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES
from tests.plain.official_documents.writing.measured_pages import MM, MeasuredPages, measured

CREATED = date(2026, 1, 5)
LEFT, RIGHT, TOP, BOTTOM = 30.0, 190.0, 20.0, 277.0
LEFT_COLUMN, RIGHT_COLUMN, PAGE = 30 + 68 / 2, 98 + 92 / 2, 110.0
NEAR = 0.3


@cache
def pages_of(name: str) -> MeasuredPages:
    return pages(getattr(examples, name)())


def pages(composition: Composition) -> MeasuredPages:
    return measured(write_pdf(composition, rules=RULES, created=CREATED))


# Document, how the line begins, component of the rules, where its middle stands (None: begins at `left`).
CENTRED = [
    ("report", "UBND THÀNH PHỐ HÀ NỘI", "parent_body", LEFT_COLUMN),
    ("report", "SỞ VĂN HÓA VÀ THỂ THAO", "issuer", LEFT_COLUMN),
    ("report", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "national_title", RIGHT_COLUMN),
    ("report", "Độc lập - Tự do - Hạnh phúc", "motto", RIGHT_COLUMN),
    ("report", "Số: 112/BC-SVHTT", "number", LEFT_COLUMN),
    ("report", "Hà Nội, ngày 20 tháng 6 năm 2026", "place_and_date", RIGHT_COLUMN),
    ("report", "BÁO CÁO", "type_name", PAGE),
    ("report", "Kết quả công tác", "title", PAGE),
    ("report", "Bảng 1. Tin", "caption", PAGE),
    ("report", "Hình 1. Khuê Văn Các", "caption", PAGE),
    ("report", "GIÁM ĐỐC", "signing_authority", 150.0),
    ("report", "Bạch Liên Hương", "signer", 150.0),
    ("letter", "V/v Phối hợp", "letter_subject", LEFT_COLUMN),
    ("letter", "THƯỢNG KHẨN", "urgency", LEFT_COLUMN),
    ("letter", "47 Hàng Dầu", "contact", PAGE),
    ("decision", "LƯU HÀNH NỘI BỘ", "circulation", LEFT_COLUMN),
    ("decision", "GIÁM ĐỐC SỞ VĂN HÓA VÀ THỂ THAO", "enacting_authority", PAGE),
    ("decision", "QUYẾT ĐỊNH:", "enacting_words", PAGE),
    ("decision", "KT. GIÁM ĐỐC", "signing_authority", 150.0),
    ("decision", "PHÓ GIÁM ĐỐC", "signing_authority", 150.0),
    ("decision", "KẾ HOẠCH", "type_name", PAGE),
    ("decision", "(Ban hành kèm theo Quyết định số 1205/QĐ-SVHTT", "annex_origin", PAGE),
    ("decision", "Phụ lục", "annex_label", 297 / 2),
    ("decision", "DỰ TOÁN KINH PHÍ", "annex_title", 297 / 2),
    ("regulation", "Chương II", "part", PAGE),
    ("regulation", "QUY ĐỊNH CHUNG", "part_title", PAGE),
    ("regulation", "Mục 2", "part", PAGE),
    ("regulation", "THI HÀNH", "part_title", PAGE),
]
INDENT = LEFT + 12.7
FROM_THE_LEFT = [
    ("letter", "1. Cung cấp thông tin", "body", INDENT),
    ("letter", "Nơi nhận:", "recipients_head", LEFT),
    ("letter", "- Như trên;", "recipient", LEFT),
    ("letter", "- Lưu: VT, TTBCXB.", "recipient", LEFT),
    ("letter", "TTBCXB.(12)", "drafter_mark", LEFT),
    ("report", "I. KẾT QUẢ THỰC HIỆN", "roman_heading", INDENT),
    ("report", "1. Thông tin trên báo chí", "number_heading", INDENT),
    ("report", "Số lượng tin, bài", "body", INDENT),
    ("report", "a) Duy trì", "body", INDENT),
    ("report", "đ) Duy trì", "body", INDENT),
    ("decision", "Căn cứ Luật Tổ chức", "legal_basis", INDENT),
    ("decision", "1.1. Báo chí", "number_heading", INDENT),
    ("decision", "- Quảng bá", "body", INDENT),
    ("decision", "+ Bằng tiếng Anh.", "body", INDENT),
    ("regulation", "Điều 1. Phạm vi điều chỉnh", "article", INDENT),
    ("regulation", "1. Thông tin chính thức", "body", INDENT),
]


@pytest.mark.parametrize(("document", "beginning", "component", "middle"), CENTRED)
def test_a_component_in_the_middle_is_set_as_the_decree_says(document, beginning, component, middle):
    line = pages_of(document).line(beginning)
    rule = RULES.component(component)
    assert (line.size, line.bold, line.italic) == (rule.size, rule.bold, rule.italic)
    assert line.centre == pytest.approx(middle, abs=NEAR)
    assert not rule.caps or line.text == line.text.upper()
    assert rule.allowed[0] <= line.size <= rule.allowed[1]


@pytest.mark.parametrize(("document", "beginning", "component", "left"), FROM_THE_LEFT)
def test_a_component_at_the_left_is_set_as_the_decree_says(document, beginning, component, left):
    line = pages_of(document).line(beginning)
    rule = RULES.component(component)
    assert (line.size, line.bold, line.italic) == (rule.size, rule.bold, rule.italic)
    assert line.left == pytest.approx(left, abs=NEAR)
    assert not rule.caps or line.text == line.text.upper()
    assert rule.allowed[0] <= line.size <= rule.allowed[1]


@pytest.mark.parametrize("document", ["letter", "report", "decision", "regulation"])
def test_nothing_is_printed_beyond_the_margins_but_the_page_number(document):
    found = pages_of(document)
    for number, (width, height) in enumerate(found.sizes, 1):
        landscape = width > height
        assert (width, height) == pytest.approx((297, 210) if landscape else (210, 297), abs=0.01)
        left, right, top, bottom = (20, 277, 30, 190) if landscape else (LEFT, RIGHT, TOP, BOTTOM)
        for line in found.on_page(number):
            if line.text.isdigit() and line.baseline < top:
                continue
            assert line.left >= left - 0.1
            assert line.right <= right + 0.1
            assert top < line.baseline <= bottom + 0.1
        for rule in (rule for rule in found.rules if rule.page == number):
            assert left - 0.1 <= rule.left < rule.right <= right + 0.1
    body = [line for line in found.lines if line.right == pytest.approx(RIGHT, abs=0.05)]
    assert body or document != "report"


def test_long_paragraphs_fill_both_margins_and_stand_in_by_half_an_inch():
    found = pages(with_words("Tuyên truyền, quảng bá hình ảnh Thủ đô ngàn năm văn hiến " * 12))
    lines = [line for line in found.lines if "quảng bá" in line.text]
    assert lines[0].left == pytest.approx(INDENT, abs=0.05)
    assert {round(line.left, 1) for line in lines[1:]} == {LEFT}
    assert {round(line.right, 1) for line in lines[:-1]} == {RIGHT}
    pitches = {round((low.baseline - high.baseline) / MM, 2) for high, low in itertools.pairwise(lines)}
    assert pitches == {round(14 * 1.149 * RULES.line_spacing, 2)}


def test_paragraphs_stand_six_points_further_apart_than_lines():
    found = pages(with_words("Một.", "Hai.", "Ba.", "Bốn./."))
    baselines = [found.line(words).baseline for words in ("Một.", "Hai.", "Ba.")]
    gaps = {round((low - high) / MM, 1) for high, low in itertools.pairwise(baselines)}
    assert gaps == {round(14 * 1.149 * RULES.line_spacing + RULES.paragraph_gap, 1)}


def test_the_motto_has_a_rule_as_long_as_its_line():
    found = pages_of("report")
    motto = found.line("Độc lập")
    rule = found.rule_below(motto)
    assert rule.length == pytest.approx(motto.width, abs=0.1)
    assert rule.centre == pytest.approx(motto.centre, abs=0.1)


@pytest.mark.parametrize(
    ("document", "last_line", "longest_line"),
    [
        ("report", "SỞ VĂN HÓA VÀ THỂ THAO", "SỞ VĂN HÓA VÀ THỂ THAO"),
        ("report", "nhiệm vụ trọng tâm", "Kết quả công tác thông tin"),
        ("regulation", "Quản lý hoạt động thông tin đối ngoại", "Quản lý hoạt động thông tin đối ngoại"),
    ],
)
def test_issuer_and_title_have_a_rule_of_a_third_to_a_half_of_their_line(document, last_line, longest_line):
    found = pages_of(document)
    last = next(line for line in found.lines if last_line in line.text)
    longest = found.line(longest_line)
    rule = found.rule_below(last)
    assert longest.width / 3 <= rule.length <= longest.width / 2
    assert rule.centre == pytest.approx(longest.centre, abs=0.1)
    # Below the letters, marks under them included, and not far from them.
    assert 0.22 * last.size * MM < rule.at - last.baseline < 0.55 * last.size * MM


def test_lines_that_belong_together_stand_level():
    found = pages_of("report")
    for one, other in (
        ("UBND THÀNH PHỐ HÀ NỘI", "CỘNG HÒA XÃ HỘI"),
        ("SỞ VĂN HÓA VÀ THỂ THAO", "Độc lập"),
        ("Số: 112", "Hà Nội, ngày"),
        ("Nơi nhận:", "GIÁM ĐỐC"),
    ):
        assert found.line(one).baseline == pytest.approx(found.line(other).baseline, abs=0.01)


def test_the_subject_of_a_letter_stands_six_points_below_its_number():
    found = pages_of("letter")
    number, subject = found.line("Số: 07"), found.line("V/v")
    # Both lines take the height of 13 points there.
    assert (subject.baseline - number.baseline) / MM == pytest.approx(13 * (0.891 + 0.2163) + 6, abs=0.1)


@pytest.mark.parametrize(("mark", "width"), [("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40), ("KHẨN", 20)])
def test_urgency_stands_in_a_red_box_of_its_size(mark, width):
    found = pages(dataclasses.replace(examples.letter(), urgency=mark))
    (box,) = found.boxes
    line = found.line(mark)
    assert (box.width, box.height) == pytest.approx((width, 8), abs=0.01)
    assert line.centre == pytest.approx(box.left + box.width / 2, abs=0.1)
    capitals = line.baseline - 0.655 * 13 * MM / 2
    assert capitals == pytest.approx(box.top + box.height / 2, abs=0.5)
    red, green, blue = line.colour
    assert red > 0.85
    assert max(green, blue) < 0.15
    assert box.colour == line.colour


def test_circulation_stands_in_a_black_box():
    found = pages_of("decision")
    line = found.line("LƯU HÀNH NỘI BỘ")
    box = next(box for box in found.boxes if box.top < line.baseline < box.top + box.height)
    assert box.left < line.left
    assert line.right < box.left + box.width
    assert box.width - line.width < 8
    assert line.colour == (0.0,)


def test_several_addressees_are_aligned_below_the_colon():
    found = pages_of("letter")
    words = found.line("Kính gửi:")
    dashes = [found.line(f"- {name}") for name in ("Ủy ban nhân dân", "Trung tâm Báo chí", "Cục Thông tin")]
    colon = words.right - 0.278 * 14 * MM
    assert [dash.left for dash in dashes] == pytest.approx([colon] * 3, abs=0.3)
    assert {dash.size for dash in (words, *dashes)} == {14.0}
    assert [dash.text[-1] for dash in dashes[:2]] == [";", ";"]
    assert found.line("thao và Du lịch.").left == pytest.approx(colon, abs=0.3)


def test_one_addressee_stands_on_the_line_of_the_words():
    found = pages(dataclasses.replace(examples.letter(), addressees=("Ủy ban nhân dân Thành phố",)))
    assert found.line("Kính gửi:").text == "Kính gửi: Ủy ban nhân dân Thành phố"


def test_the_address_stands_at_the_foot_of_page_1_below_a_rule_over_the_whole_width():
    found = pages_of("letter")
    line = found.line("47 Hàng Dầu")
    rule = max((rule for rule in found.rules if rule.page == 1), key=lambda rule: rule.at)
    assert (rule.left, rule.right) == pytest.approx((LEFT, RIGHT), abs=0.01)
    assert 0 < line.baseline - rule.at < 6
    assert BOTTOM - 3 < line.baseline < BOTTOM


def test_pages_are_numbered_in_the_top_margin_from_the_second_on_and_annexes_by_themselves():
    report = pages_of("report")
    numbers = {
        page: [line for line in report.on_page(page) if line.text.isdigit() and line.baseline < TOP]
        for page in range(1, len(report.sizes) + 1)
    }
    assert [[line.text for line in lines] for lines in numbers.values()] == [[], ["2"], ["3"]]
    for lines in list(numbers.values())[1:]:
        (line,) = lines
        assert (line.size, line.bold, line.italic) == (14.0, False, False)
        assert line.centre == pytest.approx(PAGE, abs=0.1)
        assert 9 < line.baseline < 16
    decision = dataclasses.replace(
        examples.decision(),
        annexes=tuple(
            dataclasses.replace(annex, sections=annex.sections * 14) for annex in examples.decision().annexes
        ),
    )
    found = pages(decision)
    shown = [
        next(
            (line.text for line in found.on_page(page) if line.text.isdigit() and line.baseline < TOP + 10),
            "",
        )
        for page in range(1, len(found.sizes) + 1)
    ]
    landscape = [width > height for width, height in found.sizes]
    first_wide = landscape.index(True)
    assert first_wide > 3
    assert shown == [
        "",
        "",
        *map(str, range(2, first_wide)),
        "",
        *map(str, range(2, len(shown) - first_wide + 1)),
    ]


def test_long_names_wrap_in_their_column_in_lines_of_about_one_length():
    composition = dataclasses.replace(
        examples.report(),
        parent_body="BAN CHỈ ĐẠO CÔNG TÁC THÔNG TIN ĐỐI NGOẠI THÀNH PHỐ HÀ NỘI",
        issuer="TỔ GIÚP VIỆC BAN CHỈ ĐẠO CÔNG TÁC THÔNG TIN ĐỐI NGOẠI THÀNH PHỐ HÀ NỘI NHIỆM KỲ 2026 - 2030",
    )
    found = pages(composition)
    title = found.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    number = found.line("Số:")
    left = [line for line in found.on_page(1) if line.right < 98 and line.baseline < number.baseline]
    assert len(left) > 4
    for bold in (False, True):
        widths = [line.width for line in left if line.bold is bold]
        assert min(widths) > 0.55 * max(widths)
    assert max(line.right for line in left) <= 98
    assert title.baseline == left[0].baseline
    assert number.baseline == found.line("Hà Nội, ngày").baseline


def test_a_document_without_number_and_date_leaves_room_to_write_them():
    found = pages(dataclasses.replace(examples.report(), number=None, date=None))
    number = found.line("Số:")
    assert re.fullmatch(r"Số:\s{13}/BC-SVHTT", number.text)
    assert found.line("Hà Nội, ngày").text.endswith("năm 2026")
    blank = 12 * 0.25 * 13 * MM
    assert blank > 13


def test_signing_for_a_collective_names_it_above_the_post_and_the_name_below_room_to_sign():
    found = pages(
        dataclasses.replace(
            examples.report(rows=1), signatory=Signatory("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Đức Ễnh")
        )
    )
    authority, post, name = (found.line(words) for words in ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Đức"))
    assert [authority.centre, post.centre, name.centre] == pytest.approx([150.0] * 3, abs=0.01)
    assert 5 < post.baseline - authority.baseline < 7
    assert 30 < name.baseline - post.baseline < 45


def with_words(*paragraphs: str) -> Composition:
    """A plan whose body is these paragraphs."""
    return dataclasses.replace(
        examples.report(), sections=(Section("", None, tuple(paragraph(words) for words in paragraphs)),)
    )


def test_bold_and_italic_words_of_a_paragraph_stand_in_their_own_face():
    runs = (
        Run("Thường "),
        Run("đậm", bold=True),
        Run(" "),
        Run("nghiêng", italic=True),
        Run(" "),
        Run("cả hai", bold=True, italic=True),
    )
    composition = dataclasses.replace(
        with_words("Mở đầu."), sections=(Section("1", None, (Paragraph(runs), paragraph("Hết./."))),)
    )
    data = write_pdf(composition, rules=RULES, created=CREATED)
    with pdfplumber.open(io.BytesIO(data)) as document:
        chars = document.pages[0].chars
    words = {
        face: "".join(char["text"] for char in chars if char["fontname"].endswith(f"+Tinos-{face}"))
        for face in ("Regular", "Bold", "Italic", "BoldItalic")
    }
    assert words["BoldItalic"].startswith("cả hai")
    assert "nghiêng" in words["Italic"]
    assert "đậm" in words["Bold"]
    assert "1. Thường" in words["Regular"]
