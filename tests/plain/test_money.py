"""Sums of money as documents print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.money import find_amounts, format_vnd


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Tổng kinh phí 12,173 tỷ đồng.", [(12_173_000_000, "12,173 tỷ đồng")]),
        ("350.000.000 đồng", [(350_000_000, "350.000.000 đồng")]),
        ("1.250 triệu đồng", [(1_250_000_000, "1.250 triệu đồng")]),
        ("1.234,5 triệu đồng", [(1_234_500_000, "1.234,5 triệu đồng")]),
        ("2,5 triệu đồng/người", [(2_500_000, "2,5 triệu đồng")]),
        ("2.5 tỷ đồng", [(2_500_000_000, "2.5 tỷ đồng")]),
        ("15 tỷ 300 triệu đồng", [(15_300_000_000, "15 tỷ 300 triệu đồng")]),
        ("143.000 tỷ đồng", [(143_000_000_000_000, "143.000 tỷ đồng")]),
        ("1,5 nghìn tỷ đồng", [(1_500_000_000_000, "1,5 nghìn tỷ đồng")]),
        ("khoảng 350 triệu.", [(350_000_000, "350 triệu")]),
        ("300 nghìn đồng; 50.000đ/người", [(300_000, "300 nghìn đồng"), (50_000, "50.000đ")]),
        ("500.000 VNĐ và 350,000,000 đồng", [(500_000, "500.000 VNĐ"), (350_000_000, "350,000,000 đồng")]),
        ("5 triệu lượt xem, 3 triệu người, 100 triệu USD", []),
        ("đạt 20%, 5 đồng chí, năm 2025 đồng thời, khoản 1 đ", []),
        ("", []),
    ],
)
def test_find_amounts_reads_vietnamese_notation(text: str, amounts: list[tuple[int, str]]) -> None:
    assert [(found.vnd, found.text) for found in find_amounts(text)] == amounts


@pytest.mark.parametrize(
    ("vnd", "printed"),
    [(12_173_000_000, "12.173.000.000 đồng"), (0, "0 đồng"), (999, "999 đồng"), (-5_000, "-5.000 đồng")],
)
def test_format_vnd_prints_as_documents_do(vnd: int, printed: str) -> None:
    assert format_vnd(vnd) == printed


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_printed_sum_is_read_back(vnd: int) -> None:
    (found,) = find_amounts(f"Kinh phí: {format_vnd(vnd)}.")
    assert (found.vnd, found.text) == (vnd, format_vnd(vnd))


@given(st.text() | st.text(alphabet="0123456789., tỷriệuđồngVN/%"))
def test_offsets_of_amounts_cut_out_their_text(text: str) -> None:
    for found in find_amounts(text):
        assert text[found.start : found.end] == found.text
