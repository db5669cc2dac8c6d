"""One figure as a sentence, word by word."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.money import find_amounts
from khuevan.plain.reporting.amounts import money
from khuevan.plain.reporting.figure_sentences import Against, Run, figure_runs
from tests.plain.reporting.reports import figure, wards

BOTH = Against("quý I năm 2025", "cùng kỳ năm 2024", year_sum=True, annex="Phụ lục II")
RATE = {"name": "Tỷ lệ hoàn thành", "unit": "%", "type": "PERCENT"}
MONEY = {"name": "Kinh phí đã sử dụng", "unit": "đồng", "type": "MONEY"}


def sentence(one, against=BOTH):
    return "".join(run.text for run in figure_runs(one, against))


def test_value_alone_bears_the_code():
    assert figure_runs(figure(42, 38, None, 150, year_sum=96), BOTH) == (
        Run("Tin, bài đã đăng: "),
        Run("42 tin, bài", "tin_bai"),
        Run(
            "; tăng 4 tin, bài (10,5%) so với quý I năm 2025; cùng kỳ năm 2024 chưa có số liệu; "
            "lũy kế từ đầu năm 96 tin, bài, đạt 64% kế hoạch năm (150 tin, bài)."
        ),
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            figure(38, 42, 38, year_sum=80),
            "Tin, bài đã đăng: 38 tin, bài; giảm 4 tin, bài (9,5%) so với quý I năm 2025; không thay đổi so với cùng "
            "kỳ năm 2024; lũy kế từ đầu năm 80 tin, bài.",
        ),
        (
            figure(4, 0, 0, year_sum=4, unit=""),
            "Tin, bài đã đăng: 4; tăng 4 so với mức 0 của quý I năm 2025; tăng 4 so với mức 0 của cùng kỳ năm 2024.",
        ),
        (
            figure(0, 0, 3, year_sum=0),
            "Tin, bài đã đăng: 0 tin, bài; không thay đổi so với quý I năm 2025; giảm 3 tin, bài (100%) so với cùng "
            "kỳ năm 2024.",
        ),
        (
            figure(None, 38, None, 150, missing=("Phòng A", "Phòng B")),
            "Tin, bài đã đăng: chưa có số liệu; quý I năm 2025 là 38 tin, bài; cùng kỳ năm 2024 chưa có số liệu; lũy "
            "kế từ đầu năm chưa đủ số liệu; kế hoạch năm là 150 tin, bài; các đơn vị chưa có số liệu này: Phòng A, "
            "Phòng B.",
        ),
        (
            figure("98.30", "95.10", "98.30", 95, year_sum="98.3", **RATE),
            "Tỷ lệ hoàn thành: 98,3%; tăng 3,2 điểm phần trăm so với quý I năm 2025; không thay đổi so với cùng kỳ "
            "năm 2024; cao hơn kế hoạch năm (95%) 3,3 điểm phần trăm.",
        ),
        (
            figure("98.3", "95.1", "98.3", 95, year_sum="96.5", **RATE),
            "Tỷ lệ hoàn thành: 98,3%; tăng 3,2 điểm phần trăm so với quý I năm 2025; không thay đổi so với cùng kỳ "
            "năm 2024; tính từ đầu năm là 96,5%, cao hơn kế hoạch năm (95%) 1,5 điểm phần trăm.",
        ),
        (
            figure(90, None, 91, 90, **RATE),
            "Tỷ lệ hoàn thành: 90%; quý I năm 2025 chưa có số liệu; giảm 1 điểm phần trăm so với cùng kỳ năm 2024; "
            "bằng kế hoạch năm (90%).",
        ),
        (
            figure(None, None, None, 95, **RATE),
            "Tỷ lệ hoàn thành: chưa có số liệu; quý I năm 2025 chưa có số liệu; cùng kỳ năm 2024 chưa có số liệu; kế "
            "hoạch năm là 95%.",
        ),
        (
            figure(1_250_000_000, 1_250_000_001, 350_500_000, 5 * 10**9, year_sum=2_500_000_001, **MONEY),
            "Kinh phí đã sử dụng: 1,25 tỷ đồng; giảm 1 đồng (dưới 0,1%) so với quý I năm 2025; tăng 899,5 triệu đồng "
            "(256,6%) so với cùng kỳ năm 2024; lũy kế từ đầu năm 2.500.000.001 đồng, đạt 50% kế hoạch năm "
            "(5 tỷ đồng).",
        ),
        (
            figure(5, 5, 5, 0, year_sum=10),
            "Tin, bài đã đăng: 5 tin, bài; không thay đổi so với quý I năm 2025; không thay đổi so với cùng kỳ năm "
            "2024; lũy kế từ đầu năm 10 tin, bài, kế hoạch năm là 0 tin, bài.",
        ),
        (
            figure(5, 5, 5, 20, year_sum=5),
            "Tin, bài đã đăng: 5 tin, bài; không thay đổi so với quý I năm 2025; không thay đổi so với cùng kỳ năm "
            "2024; đạt 25% kế hoạch năm (20 tin, bài).",
        ),
        (
            figure(5, 5, 5, year_sum=5, missing=wards(20)),
            "Tin, bài đã đăng: 5 tin, bài; không thay đổi so với quý I năm 2025; không thay đổi so với cùng kỳ năm "
            "2024; chưa có số liệu của Phường 1, Phường 2, Phường 3 và 17 đơn vị khác (Phụ lục II).",
        ),
    ],
)
def test_figure_is_told(one, words):
    assert sentence(one) == words


def test_what_nobody_speaks_of_is_left_out():
    assert sentence(figure(5), Against()) == "Tin, bài đã đăng: 5 tin, bài."


@pytest.mark.parametrize(
    ("sum_of_money", "words"),
    [
        (999_999, "999.999 đồng"),
        (1_000_000, "1 triệu đồng"),
        (1_234_567, "1.234.567 đồng"),
        (1_234_000, "1,234 triệu đồng"),
        (350_000_000, "350 triệu đồng"),
        (12_345_678_900, "12.345.678.900 đồng"),
        (12_345_000_000, "12,345 tỷ đồng"),
        (0, "0 đồng"),
        (-2_500_000, "-2,5 triệu đồng"),
    ],
)
def test_money_is_said_without_losing_a_dong(sum_of_money, words):
    assert money(Decimal(sum_of_money)) == words


@given(st.integers(1, 10**14))
def test_money_is_read_again_as_it_was(sum_of_money):
    [found] = find_amounts(money(Decimal(sum_of_money)))
    assert found.vnd == sum_of_money


def read(text: str) -> Decimal:
    """The first number of the text as Vietnamese documents write it: slow and obvious."""
    match = re.search(r"\d[\d.]*(?:,\d+)?", text)
    assert match is not None, text
    return Decimal(match[0].replace(".", "").replace(",", "."))


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 10**9))
def test_told_changes_and_rates_are_those_that_one_reckons_by_hand(value, before, total, plan):
    words = sentence(figure(value, before, None, plan, year_sum=value + total, unit="tin"))
    told, change, _last_year, summed = words.split("; ")
    assert read(told.removeprefix("Tin, bài đã đăng: ")) == value
    if value == before:
        assert change == "không thay đổi so với quý I năm 2025"
    else:
        way = "tăng" if value > before else "giảm"
        assert change.startswith(f"{way} ")
        assert read(change) == abs(value - before)
        share = Decimal(100 * abs(value - before)) / before
        rounded = by_hand(share)
        bracket = change[change.index("(") :]
        assert "(dưới 0,1%)" in bracket if rounded < Decimal("0.1") else read(bracket) == rounded
    assert read(summed) == value + total
    assert read(summed[summed.index("đạt") :]) == by_hand(Decimal(100 * (value + total)) / plan)


def by_hand(share: Decimal) -> Decimal:
    """The share to a tenth; with as many decimals as it takes to say no 0 or 100 that it is not."""
    tries = (share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in range(1, 20))
    return next(one for one in tries if one == share or one not in (0, 100))
