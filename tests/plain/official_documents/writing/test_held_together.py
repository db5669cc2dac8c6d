"""Where the lines of a title must not end."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.writing.arrangement import body_in_head, held_together


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("Kết quả năm 2026", "Kết quả năm_2026"),
        ("Kết quả 6 tháng đầu năm 2026", "Kết quả 6_tháng đầu năm_2026"),
        ("Chương trình công tác quý I, Quý 2", "Chương trình công tác quý_I, Quý_2"),
        ("Kỷ niệm ngày 10 tháng 10", "Kỷ niệm ngày_10_tháng_10"),
        ("Triển khai Nghị quyết số 57-NQ/TW", "Triển khai Nghị quyết số_57-NQ/TW"),
        ("Công tác năm học mới", "Công tác năm học mới"),
    ],
)
def test_figures_stay_with_their_word(title: str, held: str) -> None:
    assert held_together(title) == held.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("SỞ VĂN HÓA VÀ THỂ THAO THÀNH PHỐ HÀ NỘI", ["SỞ VĂN HÓA VÀ THỂ THAO", "THÀNH PHỐ HÀ NỘI"]),
        ("Ủy ban nhân dân xã Sóc Sơn", ["Ủy ban nhân dân", "xã Sóc Sơn"]),
        ("Trung tâm Thông tin Triển lãm Hà Nội", ["Trung tâm Thông tin Triển lãm Hà Nội"]),
        ("Ủy ban nhân dân Thành phố", ["Ủy ban nhân dân Thành phố"]),
    ],
)
def test_body_breaks_before_the_name_of_its_place(name, lines):
    printed = body_in_head(name)
    assert printed.replace("\u00a0", " ") == name
    if len(lines) == 2:
        assert printed == f"{lines[0]} " + lines[1].replace(" ", "\u00a0")
    else:
        assert printed == name
