"""Web text: rules and emphasis go, and cells one to a line become the rows they were."""

from __future__ import annotations

from khuevan.plain.official_documents.source import Line, Table
from khuevan.plain.official_documents.structure.crawl_marks import without_marks


def lines(text: str) -> list[Line | Table]:
    return [Line(line) for line in text.split("\n")]


def crawled(rows: list[list[str]]) -> str:
    """The rows as public collections print them: a bar before and after each cell, each row closed."""
    return "\n".join(
        "|\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in row).rstrip("\n") for row in rows
    )


def test_emphasis_and_rules_go() -> None:
    assert without_marks(lines("**KẾ HOẠCH**\n-------\n** **\n*Hà Nội*, ngày")) == [
        Line("KẾ HOẠCH"),
        Line(""),
        Line(""),
        Line("Hà Nội, ngày"),
    ]


def test_star_that_is_no_emphasis_stays() -> None:
    assert without_marks(lines("* Ghi chú: 3 * 4")) == [Line("* Ghi chú: 3 * 4")]


def test_two_column_head_is_one_table() -> None:
    text = "|\n**UBND TỈNH**\n-------\n|\n**CỘNG HÒA**\nĐộc lập\n|\n|\nSố: 1/KH-UBND\n|\nHà Nội, ngày 1\n|\n\nKẾ HOẠCH"
    assert without_marks(lines(text)) == [
        Table((("UBND TỈNH", "CỘNG HÒA\nĐộc lập"), ("Số: 1/KH-UBND", "Hà Nội, ngày 1"))),
        Line(""),
        Line("KẾ HOẠCH"),
    ]


def test_empty_cells_are_told_from_ends_of_rows() -> None:
    rows = [["TT", "Tên", "A", "B"], ["1", "Sông", "2", ""], ["2", "Hồ", "", "3"], ["", "Cộng", "2", "3"]]
    assert without_marks(lines(crawled(rows))) == [Table(tuple(tuple(row) for row in rows))]


def test_text_after_a_table_is_no_cell() -> None:
    found = without_marks(lines(crawled([["1", "2"]]) + "\n\nII. TIẾP"))
    assert found == [Table((("1", "2"),)), Line(""), Line("II. TIẾP")]


def test_markdown_rows_are_a_table_without_their_rule() -> None:
    assert without_marks(lines("| TT | Tên |\n|----|-----|\n| 1 | Hồ |")) == [
        Table((("TT", "Tên"), ("1", "Hồ")))
    ]
