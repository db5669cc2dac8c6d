"""Tasks in tables."""

from __future__ import annotations

from khuevan.plain.official_documents.structure.blocks import Grid
from khuevan.plain.official_documents.structure.table_rows import TaskRow, task_rows

HEAD = ("TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm")


def test_rows_that_order_work_are_read_and_groups_are_not() -> None:
    grid = Grid(
        (
            HEAD,
            ("I", "Công tác tuyên truyền", "", "", "", ""),
            ("1", "Biên soạn sách ảnh", "Trung tâm A", "Phòng B", "Quý II", "500 cuốn"),
            ("2", "Làm phim", "Phòng C", "", "Tháng 9", ""),
        )
    )
    assert task_rows(grid) == (
        TaskRow(2, "1", "Biên soạn sách ảnh", "Trung tâm A", "Phòng B", "Quý II", 4),
        TaskRow(3, "2", "Làm phim", "Phòng C", "", "Tháng 9", 4),
    )


def test_cells_that_span_rows_are_taken_from_above() -> None:
    grid = Grid((("Nội dung", "Chủ trì", "Thời gian"), ("Mở lớp", "Phòng A", "Quý I"), ("Quý III",)))
    rows = task_rows(grid)
    assert rows is not None
    assert [(row.content, row.lead, row.due) for row in rows] == [
        ("Mở lớp", "Phòng A", "Quý I"),
        ("Mở lớp", "Phòng A", "Quý III"),
    ]


def test_a_table_of_figures_orders_nothing() -> None:
    assert task_rows(Grid((("STT", "Địa điểm quan trắc", "Số lượng"), ("1", "Cửa sông", "3")))) is None
