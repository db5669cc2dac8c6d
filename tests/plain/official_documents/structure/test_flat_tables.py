"""Tables flattened to one cell a line, without marks."""

from __future__ import annotations

from khuevan.plain.official_documents.source import Line, Table
from khuevan.plain.official_documents.structure.flat_tables import with_flat_tables


def lines(text: str) -> list[Line | Table]:
    return [Line(line) for line in text.split("\n")]


def test_cells_one_a_line_are_a_table_again() -> None:
    text = "Danh mục:\nTT\nNội dung\nĐơn vị chủ trì\nThời gian\n1\nBiên soạn sách\nPhòng A\nQuý I\n2\nLàm phim\nPhòng B\nQuý II"
    assert with_flat_tables(lines(text)) == [
        Line("Danh mục:"),
        Table(
            (
                ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"),
                ("1", "Biên soạn sách", "Phòng A", "Quý I"),
                ("2", "Làm phim", "Phòng B", "Quý II"),
            )
        ),
    ]


def test_a_content_of_two_lines_stays_in_its_cell() -> None:
    text = "STT\nNội dung\nChủ trì\nThời gian\n1\nBiên soạn\nvà in sách\nPhòng A\nQuý I"
    assert with_flat_tables(lines(text))[0] == Table(
        (("STT", "Nội dung", "Chủ trì", "Thời gian"), ("1", "Biên soạn\nvà in sách", "Phòng A", "Quý I"))
    )


def test_the_letters_tt_in_a_list_are_no_table() -> None:
    given = lines("TT\nTỉnh ủy, Thành ủy và các cơ quan của Đảng ở trung ương và địa phương trong cả nước\n1")
    assert with_flat_tables(given) == given
