"""The pages that LibreOffice makes of the Word file, held against the decree's places to the millimetre."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.writing import arrangement
from khuevan.plain.official_documents.writing.composition import Composition, Section, paragraph
from khuevan.plain.official_documents.writing.labels import level_of
from khuevan.plain.official_documents.writing.printed_body import printed_label
from khuevan.plain.official_documents.writing.word import write_word
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES

from .office import Printed, office, printed, printed_all

CREATED = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
CLOSE = 1.5
"""Millimetres by which a place may differ: letters do not fill their box, programs round."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    office()
    return {
        name: printed(
            write_word(getattr(examples, name)(), rules=RULES, created=CREATED), tmp_path_factory.mktemp(name)
        )
        for name in ("letter", "report", "decision", "regulation")
    }


# Of the letter: words at the beginning of a line, the middle or left edge of the line in millimetres, size, face.
LETTER_LINES = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "middle", 144, 12, "Tinos-Bold"),
    ("Độc lập - Tự do - Hạnh phúc", "middle", 144, 13, "Tinos-Bold"),
    ("Hà Nội, ngày 03 tháng 02 năm 2026", "middle", 144, 13, "Tinos-Italic"),
    ("ỦY BAN NHÂN DÂN", "middle", 64, 12, "Tinos-Regular"),
    ("THÀNH PHỐ HÀ NỘI", "middle", 64, 12, "Tinos-Regular"),
    ("SỞ VĂN HÓA VÀ THỂ THAO", "middle", 64, 12, "Tinos-Bold"),
    ("Số: 07/SVHTT-TTBCXB", "middle", 64, 13, "Tinos-Regular"),
    ("V/v Phối hợp cung cấp thông tin", "middle", 64, 12, "Tinos-Regular"),
    ("THƯỢNG KHẨN", "middle", 64, 13, "Tinos-Bold"),
    ("Thực hiện Kế hoạch số 48/KH-UBND", "left", 42.7, 14, "Tinos-Regular"),
    ("UBND Thành phố, Sở Văn hóa", "left", 30, 14, "Tinos-Regular"),
    ("1. Cung cấp thông tin", "left", 42.7, 14, "Tinos-Regular"),
    ("Nơi nhận:", "left", 30, 12, "Tinos-BoldItalic"),
    ("- Như trên;", "left", 30, 11, "Tinos-Regular"),
    ("KT. GIÁM ĐỐC", "middle", 150, 14, "Tinos-Bold"),
    ("PHÓ GIÁM ĐỐC", "middle", 150, 14, "Tinos-Bold"),
    ("Nguyễn Thị Minh Ước", "middle", 150, 14, "Tinos-Bold"),
    ("47 Hàng Dầu", "middle", 110, 11, "Tinos-Regular"),
]


@pytest.mark.parametrize(
    ("words", "edge", "place", "size", "face"), LETTER_LINES, ids=[r[0] for r in LETTER_LINES]
)
def test_line_of_the_letter_stands_where_the_decree_puts_it(
    pages: dict[str, Printed], words: str, edge: str, place: float, size: float, face: str
) -> None:
    line = pages["letter"].line(words)
    assert (line.size, line.font) == (size, face)
    assert getattr(line, edge) == pytest.approx(place, abs=CLOSE)


def test_national_title_does_not_wrap_and_heads_stand_level(pages: dict[str, Printed]) -> None:
    letter = pages["letter"]
    title, motto = letter.line("CỘNG HÒA"), letter.line("Độc lập")
    assert title.text == arrangement.NATIONAL_TITLE
    assert title.right <= 190
    assert title.top == pytest.approx(20, abs=CLOSE)
    assert motto.top - title.top == pytest.approx(4.9, abs=0.5)
    assert letter.line("ỦY BAN").top == pytest.approx(title.top, abs=0.5)
    assert letter.line("Số:").top == pytest.approx(letter.line("Hà Nội, ngày").top, abs=0.5)
    assert letter.line("Nơi nhận:").top == pytest.approx(letter.line("KT. GIÁM ĐỐC").top, abs=1)


def test_rules_are_as_long_as_the_decree_says_and_clear_of_the_letters(pages: dict[str, Printed]) -> None:
    letter, decision = pages["letter"], pages["decision"]
    for page, words, share in (
        (letter, "Độc lập", 1.0),
        (letter, "SỞ VĂN HÓA", 0.4),
        (decision, "Về việc ban hành", 0.4),
    ):
        line = page.line(words)
        rule = next(
            (left, right)
            for number, left, right, top in page.rules
            if number == 1
            and line.bottom < top < line.bottom + 3
            and line.left <= right
            and left <= line.right
        )
        assert rule[1] - rule[0] == pytest.approx(share * (line.right - line.left), abs=CLOSE)
        assert sum(rule) / 2 == pytest.approx(line.middle, abs=0.5)


def test_box_of_urgency_is_40_by_8_millimetres(pages: dict[str, Printed]) -> None:
    edges = sorted(
        {
            (round(left), round(right), round(top, 1))
            for _, left, right, top in pages["letter"].rules
            if 60 < top < 80
        }
    )
    assert [(left, right) for left, right, _ in edges] == [(44, 84), (44, 84)]
    assert edges[1][2] - edges[0][2] == pytest.approx(8, abs=0.3)


def test_pages_are_numbered_from_2_and_each_annex_by_itself(pages: dict[str, Printed]) -> None:
    report = pages["report"]
    numbers = [(line.page, line.text) for line in report.lines if line.bottom < 19]
    assert numbers == [(page, str(page)) for page in range(2, len(report.sizes) + 1)]
    second = next(line for line in report.lines if line.bottom < 19)
    assert (second.size, second.font) == (14, "Tinos-Regular")
    assert second.middle == pytest.approx(110, abs=0.5)
    decision = pages["decision"]
    assert decision.sizes == [(210, 297), (210, 297), (297, 210)]
    assert [line.text for line in decision.lines if line.bottom < 19] == []


def test_table_fills_the_width_and_repeats_its_head(pages: dict[str, Printed]) -> None:
    report = pages["report"]
    heads = [line for line in report.lines if line.text == "Đơn vị thực hiện"]
    assert [line.page for line in heads] == [1, 2, 3]
    assert {line.font for line in heads} == {"Tinos-Bold"}
    across = [(left, right) for _, left, right, _ in report.rules if right - left > 150]
    assert across
    for left, right in across:
        assert (left, right) == (pytest.approx(30, abs=0.5), pytest.approx(190, abs=0.5))
    figure = report.line("1.918")
    assert figure.right == pytest.approx(190 - 160 * 3 / 12.4 - 1.5, abs=0.7)


def counted(composition: Composition) -> list[str]:
    """Each label as it is to be printed, with the words behind it, in order."""
    found: list[str] = []

    def look(sections: tuple[Section, ...]) -> None:
        for section in sections:
            words = section.heading or (section.blocks[0].text if section.blocks else "")  # type: ignore[union-attr]
            if level_of(section.label).rank < level_of("a").rank + 1:
                apart = "|" if section.label.startswith(("Phần", "Chương", "Mục")) else " "
                found.append(f"{printed_label(section.label)}{apart}{words}")
            look(section.children)

    look(composition.sections)
    return found


AWKWARD = dataclasses.replace(
    examples.regulation(),
    type="Kế hoạch",
    sections=(
        Section("Phần thứ nhất", "MỞ ĐẦU", (), (examples.point("1", "Một."), examples.point("2", "Hai."))),
        Section("Phần thứ hai", "NỘI DUNG", (), (
            Section("I", "MỤC TIÊU", (), (
                Section("1", "Chung", (), (examples.point("a", "Giỏi."), examples.point("b", "Nhanh."))),
                Section("2", "Riêng", (), (examples.point("a", "Rẻ."),)),
            )),
            Section("II", "GIẢI PHÁP", (), (
                Section("1", "Đầu", (), (examples.point("1.1", "Một."), examples.point("1.2", "Hai."))),
                Section("4", "Nhảy", (), (examples.point("4.1", "Một."), examples.point("4.5", "Năm."),
                                          examples.point("4.6", "Sáu."))),
                Section("5", "Tiếp", (), (examples.point("5.1", "Một."),)),
                examples.point("Nhiệm vụ 9", "Khác."),
            )),
            Section("V", "NHẢY LA MÃ", (), (examples.point("1", "Lại một."),)),
            Section("VI", "HẾT", (), (examples.point("1", "Lại một nữa."), examples.point("3", "Ba."))),
        )),
    ),
)  # fmt: skip


@pytest.mark.parametrize("composition", [examples.regulation(), AWKWARD], ids=["counted", "awkward"])
def test_every_label_is_printed_as_given(composition: Composition, tmp_path: Path) -> None:
    lines = [
        line.text
        for line in printed(write_word(composition, rules=RULES, created=CREATED), tmp_path).lines
        if line.bottom > 19
    ]
    printed_words = "|".join(lines)
    place = 0
    for label in counted(composition):
        found = printed_words.find(f"|{label}", place)
        assert found >= 0, f"{label} is not printed after {printed_words[max(0, place - 60) : place]}"
        place = found + 1


def test_signature_is_never_torn_nor_alone(tmp_path: Path) -> None:
    """Whatever the body's length: with as many lines as leave room for the foot, and up to a full page."""
    lengths = range(8, 22)
    letters = [
        dataclasses.replace(
            examples.letter(),
            sections=tuple(Section("", None, (paragraph(f"Dòng thứ {place}."),)) for place in range(lines)),
            recipients=tuple(Recipient(f"Nơi nhận số {place}", None) for place in range(9)),
        )
        for lines in lengths
    ]
    files = [write_word(letter, rules=RULES, created=CREATED) for letter in letters]
    counts: set[int] = set()
    for lines, pages in zip(lengths, printed_all(files, tmp_path), strict=True):
        foot = {
            line.page
            for line in pages.lines
            if line.text.startswith(("Nơi nhận:", "- Nơi nhận số", "KT. GIÁM ĐỐC", "Nguyễn Thị Minh Ước"))
        }
        last = pages.line(f"Dòng thứ {lines - 1}.")
        assert foot == {last.page} == {len(pages.sizes)}, f"{lines} lines"
        counts.add(len(pages.sizes))
    assert counts == {1, 2}
