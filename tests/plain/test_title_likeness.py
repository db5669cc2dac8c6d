"""Titles that say the same though somebody typed one of them anew."""

from __future__ import annotations

import pytest

from khuevan.plain.title_likeness import titles_are_alike

TITLE = "Về việc báo cáo kết quả công tác thông tin đối ngoại quý II năm 2025 của Thành phố"


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (TITLE, True),
        ("VE VIEC bao cao ket qua cong tac thong tin doi ngoai quy II nam 2025 cua thanh pho.", True),
        ("Báo cáo kết quả công tác thông tin đối ngoại quý II năm 2025 của Thành phố, về việc", True),
        (TITLE.replace("2025", "2026"), False),
        (TITLE.replace("của Thành phố", ""), True),
        ("Về việc báo cáo kết quả lễ hội quý II năm 2025", False),
        ("", False),
        ("...", False),
    ],
)
def test_titles_are_alike_where_nearly_all_words_and_all_numbers_are(other, alike):
    assert titles_are_alike(TITLE, other) is alike
    assert titles_are_alike(other, TITLE) is alike
