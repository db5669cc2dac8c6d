"""Words of units as a report prints them."""

from __future__ import annotations

import pytest

from khuevan.plain.reporting.unit_words import paragraphs_of


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("-5% so với kỳ trước", "-5% so với kỳ trước"),
        ("–5% so với kỳ trước", "–5% so với kỳ trước"),
        ("+ -12,5 triệu đồng", "-12,5 triệu đồng"),
        ("-,5 điểm", "-,5 điểm"),
        ("+3 đoàn khách", "+3 đoàn khách"),
        ("- 5 hội thảo", "5 hội thảo"),
        ("•5 hội thảo", "5 hội thảo"),
        ("-Mở trang tiếng Anh", "Mở trang tiếng Anh"),
        ("+ - Có phim", "Có phim"),
        ("–   Đã mở   trang", "Đã mở trang"),
    ],
)
def test_a_bullet_goes_and_the_sign_of_a_number_stays(typed, printed):
    assert paragraphs_of(typed) == (printed,)


def test_lines_that_are_nothing_but_bullets_are_left_out():
    assert paragraphs_of("- \n•\nMột\n\n--\n- Hai") == ("Một", "Hai")
