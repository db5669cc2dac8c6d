"""The body as it is printed: labels with their marks, styles of headings, levels without a gap."""

from __future__ import annotations

import pytest
from hypothesis import given

from khuevan.plain.official_documents.writing.composition import Composition, Run, Section, Table, paragraph
from khuevan.plain.official_documents.writing.printed_body import (
    PrintedHeading,
    PrintedParagraph,
    heading_style,
    printed_body,
    printed_label,
)
from tests.plain.official_documents.writing.compositions import compositions


@pytest.mark.parametrize(
    ("label", "printed", "style"),
    [
        ("", "", "unnumbered"),
        ("Phần thứ nhất", "Phần thứ nhất", "part"),
        ("Chương II", "Chương II", "part"),
        ("Mục 1", "Mục 1", "part"),
        ("Phụ lục I", "Phụ lục I", "part"),
        ("A", "A.", "roman"),
        ("IV", "IV.", "roman"),
        ("Điều 12", "Điều 12.", "article"),
        ("3", "3.", "number"),
        ("3.1", "3.1.", "number"),
        ("Nhiệm vụ 2", "Nhiệm vụ 2:", "number"),
        ("đ", "đ)", "letter"),
        ("-", "-", "letter"),
        ("+", "+", "letter"),
        ("1)", "1)", "number"),
    ],
)
def test_a_label_is_printed_with_its_mark(label, printed, style):
    assert (printed_label(label), heading_style(label)) == (printed, style)


def test_headings_and_paragraphs_come_in_reading_order():
    table = Table((1,), ("left",), (("A",),))
    sections = (
        Section("", None, (paragraph("Mở đầu."),)),
        Section("I", "Mục đích", (), (
            Section("1", "Yêu cầu", (paragraph("Một."), table), (Section("-", None, (paragraph("Hai."),)),)),
            Section("2", None, (paragraph("Ba."), paragraph("Bốn."))),
        )),
        Section("Điều 1", None, (paragraph("Năm."),)),
    )  # fmt: skip

    def words(lead: str, text: str, *, bold: bool = False) -> PrintedParagraph:
        return PrintedParagraph(lead, bold, (Run(text),))

    assert printed_body(sections) == (
        words("", "Mở đầu."),
        PrintedHeading("roman", 1, "I.", "MỤC ĐÍCH"),
        PrintedHeading("number", 2, "1.", "Yêu cầu"),
        words("", "Một."),
        table,
        words("-", "Hai."),
        words("2.", "Ba."),
        words("", "Bốn."),
        words("Điều 1.", "Năm.", bold=True),
    )


def test_a_title_with_nothing_below_is_the_words_of_its_item():
    assert printed_body((Section("1", "Tổ chức 03 lớp tập huấn"), Section("II", "KINH PHÍ"))) == (
        PrintedParagraph("1.", False, (Run("Tổ chức 03 lớp tập huấn"),)),
        PrintedHeading("roman", 1, "II.", "KINH PHÍ"),
    )


@given(compositions())
def test_levels_of_headings_leave_none_out(composition: Composition) -> None:
    last = 0
    for block in printed_body(composition.sections):
        if isinstance(block, PrintedHeading):
            assert 1 <= block.level <= last + 1
            last = block.level
