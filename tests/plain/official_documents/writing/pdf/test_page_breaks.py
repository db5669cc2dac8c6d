"""What may not be parted stays together, wherever the page ends."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.writing.composition import (
    Block,
    Composition,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    paragraph,
)
from khuevan.plain.official_documents.writing.pdf import write_pdf
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES
from tests.plain.official_documents.writing.measured_pages import MeasuredPages, measured

SENTENCE = "Tổ chức quảng bá hình ảnh Thủ đô Hà Nội trên các phương tiện truyền thông quốc tế"
TOP_OF_TEXT = 20.0


def plan(*blocks: Block, **changes: object) -> Composition:
    base = dataclasses.replace(examples.report(rows=1), sections=(Section("", None, blocks),))
    return dataclasses.replace(base, **changes)


def pages(composition: Composition) -> MeasuredPages:
    return measured(write_pdf(composition, rules=RULES, created=date(2026, 1, 5)))


def text_of(found: MeasuredPages, page: int) -> list[str]:
    """The lines of a page without its number."""
    return [line.text for line in found.on_page(page) if line.baseline > TOP_OF_TEXT]


def tail_pages(found: MeasuredPages) -> set[int]:
    """The pages on which parts of the tail stand."""
    begin = ("Nơi nhận:", "- Như trên", "- UBND Thành phố", "- Lưu: VT", "GIÁM ĐỐC", "Bạch Liên Hương")
    return {line.page for line in found.lines if line.text.startswith(begin)}


def above_tail(found: MeasuredPages) -> list[str]:
    """The lines above the tail on its page."""
    (page,) = tail_pages(found)
    return text_of(found, page)[: next(
        at for at, text in enumerate(text_of(found, page)) if text.startswith(("Nơi nhận:", "GIÁM ĐỐC"))
    )]  # fmt: skip


@pytest.mark.parametrize("count", range(20, 60))
def test_signature_and_recipients_take_two_lines_of_a_long_paragraph_with_them(count):
    """One long paragraph, a line longer each time: its end falls everywhere on the page."""
    words = f"{SENTENCE} " * count
    found = pages(plan(paragraph("Mở đầu."), paragraph(f"{words.strip()}./.")))
    assert len(above_tail(found)) >= 2


@pytest.mark.parametrize("count", range(8, 40))
def test_signature_and_recipients_take_the_last_short_paragraph_with_them(count):
    """Paragraphs of one line, one more each time; one alone above a signature would be little."""
    found = pages(plan(*(paragraph(f"Nội dung thứ {place}.") for place in range(count)), paragraph("Hết./.")))
    above = above_tail(found)
    assert above[-1] == "Hết./."
    assert len(above) >= 2


@pytest.mark.parametrize("count", range(14, 40, 2))
def test_a_signature_below_a_table_or_picture_takes_it_along(count):
    table = Table((1, 4), ("center", "left"), (("TT", "Nội dung"), *((str(n), "Ảnh") for n in range(3))))
    picture = Picture(examples.picture(), "Khuê Văn Các", width=0.3)
    lines = tuple(paragraph(f"Nội dung thứ {place}.") for place in range(count))
    with_table = pages(plan(*lines, table))
    (page,) = tail_pages(with_table)
    assert "2 Ảnh" in " ".join(text_of(with_table, page))
    (page,) = tail_pages(pages(plan(*lines, picture, signatory=examples.DEPUTY)))


def test_a_table_over_pages_at_the_end_is_followed_by_the_whole_tail():
    rows = (("TT", "Nội dung"), *((str(number), SENTENCE) for number in range(90)))
    found = pages(plan(Table((1, 8), ("center", "left"), rows)))
    (page,) = tail_pages(found)
    assert page == len(found.sizes)


def test_recipients_longer_than_a_page_go_on_over_pages_and_the_signature_stays_whole():
    many = tuple(Recipient(f"Ủy ban nhân dân phường số {number}", "để t/h") for number in range(150))
    found = pages(plan(paragraph("Hết./."), recipients=(*many, Recipient("Lưu: VT", None))))
    numbered = [line for line in found.lines if line.text.startswith("- Ủy ban nhân dân phường")]
    assert len(numbered) == 150
    assert {line.page for line in numbered} == {1, 2, 3}
    signature = [found.line(words).page for words in ("GIÁM ĐỐC", "Bạch Liên Hương", "Hết./.")]
    assert signature == [1, 1, 1]


@pytest.mark.parametrize("count", range(12, 34))
def test_a_heading_stands_on_the_page_of_what_it_heads(count):
    lines = tuple(paragraph(f"Nội dung thứ {place}.") for place in range(count))
    heading = Section("II", "TỔ CHỨC THỰC HIỆN", (), (Section("1", "Văn phòng Sở", (paragraph(SENTENCE),)),))
    composition = plan()
    found = pages(dataclasses.replace(composition, sections=(Section("", None, lines), heading)))
    headings = [found.line(words).page for words in ("II. TỔ CHỨC", "1. Văn phòng Sở", "Tổ chức quảng bá")]
    assert len(set(headings)) == 1


@pytest.mark.parametrize("count", range(1, 30, 2))
def test_no_paragraph_leaves_one_line_alone_on_a_page(count):
    lines = tuple(paragraph(f"Nội dung thứ {place}.") for place in range(count))
    found = pages(plan(*lines, *(paragraph(f"Mục {n}: " + f"{SENTENCE} " * 4) for n in range(12))))
    for page in range(1, len(found.sizes)):
        last, first = text_of(found, page)[-1], text_of(found, page + 1)[:2]
        # Neither the first line alone at a page's foot nor the last alone at its head.
        assert not last.startswith("Mục ")
        assert first[0].startswith(("Mục", "Nơi nhận")) or not first[1].startswith(("Mục ", "Nơi nhận"))


def test_the_head_of_a_table_is_repeated_on_each_page_and_no_row_is_torn():
    rows = tuple((str(number), f"{SENTENCE} {number} " * 3, "Sở") for number in range(1, 61))
    table = Table((1, 6, 2), ("center", "left", "left"), (("TT", "Nội dung", "Đơn vị"), *rows), 1, "Bảng 1")
    found = pages(plan(paragraph("Số liệu:"), table, paragraph("Hết./.")))
    heads = [line for line in found.lines if line.text == "Đơn vị"]
    assert [line.page for line in heads] == list(range(1, len(heads) + 1))
    assert len(heads) >= 3
    assert {line.bold for line in heads} == {True}
    for page in range(1, len(heads)):
        ends = [rule.at for rule in found.rules if rule.page == page]
        lowest = max(line.baseline for line in found.on_page(page) if line.size == 12.0)
        # The last row of the page is closed below its last line, and the next page begins with the head.
        assert max(ends) > lowest
        assert text_of(found, page + 1)[0].startswith("TT")
    shown = [
        line.text for line in found.lines if line.size == 12.0 and line.text.isdigit() and line.left < 50
    ]
    assert shown == [str(number) for number in range(1, 61)]


def test_a_row_taller_than_a_page_goes_on_over_pages():
    table = Table((1, 6), ("center", "left"), (("TT", "Nội dung"), ("1", f"{SENTENCE} " * 150)))
    found = pages(plan(paragraph("Số liệu:"), table, paragraph("Hết./.")))
    words = " ".join(line.text for line in found.lines)
    assert words.count("quảng bá hình ảnh") + words.count("quảng bá") - words.count("quảng bá hình") >= 150
    assert found.line("Hết./.").page >= 3


@pytest.mark.parametrize(
    "words", ["một_từ_rất_dài" * 12, "https://svhtt.hanoi.gov.vn/" + "tin-doi-ngoai/" * 14]
)
def test_a_word_longer_than_a_line_stays_inside_the_margins(words):
    table = Table((1, 1, 1), ("left", "left", "left"), (("A", "B", "C"), (words, "x", "y")))
    found = pages(plan(Paragraph((Run(words),)), table, paragraph("Hết./.")))
    assert max(line.right for line in found.lines) <= 190.1
    cells = [line for line in found.lines if line.size == 12.0 and line.left < 82 and line.baseline > 80]
    assert max(line.right for line in cells) <= 30 + 160 / 3
