"""Where the lines of a title must not end."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.writing.arrangement import held_together


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
