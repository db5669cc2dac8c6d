"""Text pasted from elsewhere becomes items, tables among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.writing.composition import Table
from khuevan.plain.official_documents.writing.labels import Level
from khuevan.plain.official_documents.writing.marks import runs_of
from khuevan.plain.official_documents.writing.numbering import Item
from khuevan.plain.official_documents.writing.pasted import (
    MOST_CHARACTERS,
    TooMuchPasted,
    items_of_text,
    table_of_rows,
)


def test_lines_of_a_plan_become_items_of_their_levels():
    pasted = """I. MỤC ĐÍCH, YÊU CẦU
1.\tMục đích
- Quảng bá hình ảnh Thủ đô.
- Nâng cao hiệu quả
phối hợp giữa các đơn vị.
2. Yêu cầu
a) Đúng định hướng;
b) Tiết kiệm.
Kinh phí do ngân sách bảo đảm."""
    assert items_of_text(pasted) == (
        Item(Level.ROMAN, "MỤC ĐÍCH, YÊU CẦU", titled=True),
        Item(Level.NUMBER, "Mục đích", titled=True),
        Item(Level.DASH, "Quảng bá hình ảnh Thủ đô."),
        Item(Level.DASH, "Nâng cao hiệu quả phối hợp giữa các đơn vị."),
        Item(Level.NUMBER, "Yêu cầu", titled=True),
        Item(Level.LETTER, "Đúng định hướng;"),
        Item(Level.LETTER, "Tiết kiệm."),
        Item(Level.TEXT, "Kinh phí do ngân sách bảo đảm."),
    )


def test_articles_and_chapters_are_recognised():
    pasted = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định việc A.\n1.1. Chi tiết."
    assert items_of_text(pasted) == (
        Item(Level.CHAPTER, "QUY ĐỊNH CHUNG", titled=True),
        Item(Level.ARTICLE, "Phạm vi điều chỉnh", titled=True),
        Item(Level.NUMBER, "Quy chế này quy định việc A."),
        Item(Level.DECIMAL, "Chi tiết."),
    )


def test_cells_parted_by_tabs_become_a_table():
    pasted = "Số liệu như sau:\nTT\tNội dung\tSố lượng\n1\tTin, bài\t1.250\n2\tPhim\t14\nHết."
    assert items_of_text(pasted) == (
        Item(Level.TEXT, "Số liệu như sau:"),
        Item(
            Level.TEXT,
            "",
            block=Table(
                (2.0, 3.0, 3.0),
                ("center", "left", "right"),
                (("TT", "Nội dung", "Số lượng"), ("1", "Tin, bài", "1.250"), ("2", "Phim", "14")),
            ),
        ),
        Item(Level.TEXT, "Hết."),
    )


def test_short_rows_are_filled_up():
    assert table_of_rows([["A", "B"], ["1"]]).rows == (("A", "B"), ("1", ""))


def test_signs_of_marks_are_meant_as_themselves():
    (item,) = items_of_text("Xem **ghi chú** của __ phòng")
    assert "".join(run.text for run in runs_of(item.text)) == "Xem **ghi chú** của __ phòng"


def test_more_than_a_paste_may_hold_is_refused():
    with pytest.raises(TooMuchPasted):
        items_of_text("a" * (MOST_CHARACTERS + 1))
    with pytest.raises(TooMuchPasted):
        items_of_text("Nội dung.\n" * 2_500)


def test_text_with_a_state_secret_marking_is_refused():
    with pytest.raises(StateSecretDocument):
        items_of_text("SỞ VĂN HÓA VÀ THỂ THAO\nTỐI MẬT\nKẾ HOẠCH")


@given(st.text(alphabet="WZ1. \t\n)-+Điều IV*_", max_size=200))
def test_words_are_kept_whole_and_in_order(text):
    """W and Z begin no label: each of them must come through."""
    kept = "".join(
        "".join(run.text for run in runs_of(item.text))
        + ("".join(cell for row in item.block.rows for cell in row) if isinstance(item.block, Table) else "")
        for item in items_of_text(text)
    )
    assert [letter for letter in kept if letter in "WZ"] == [letter for letter in text if letter in "WZ"]
