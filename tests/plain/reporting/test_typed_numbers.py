"""Typed numbers: what a Vietnamese keyboard writes is read, what could be two numbers is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.typed_numbers import Misread, NotOneNumber, typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1234", "1234"),
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234", "1234"),
        ("1\u00a0234\u202f567", "1234567"),
        ("12.500.000", "12500000"),
        ("  7\n", "7"),
        ("007", "7"),
        ("1.500", "1500"),
        ("1,234", "1.234"),
        ("0,05", "0.05"),
        ("-5", "-5"),
        ("\u22121.000,25", "-1000.25"),
    ],
)
def test_number_is_read_the_vietnamese_way(text, number):
    assert typed_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.5", Misread.DOT),
        ("1.50", Misread.DOT),
        ("0.500", Misread.DOT),
        ("1234.567", Misread.DOT),
        ("1.23.4", Misread.GROUPS),
        ("1 2", Misread.GROUPS),
        ("1.234 567", Misread.GROUPS),
        ("12,500.75", Misread.GROUPS),
        ("1,234,567", Misread.COMMAS),
        ("ba mươi", Misread.NO_NUMBER),
        ("5 lớp", Misread.NO_NUMBER),
        ("1e5", Misread.NO_NUMBER),
        ("NaN", Misread.NO_NUMBER),
        ("١٢", Misread.NO_NUMBER),
        ("-", Misread.NO_NUMBER),
        (",5", Misread.NO_NUMBER),
        ("5,", Misread.NO_NUMBER),
        ("9" * 25, Misread.TOO_LONG),
        ("9" * 500, Misread.TOO_LONG),
    ],
)
def test_what_is_no_one_number_is_refused_with_why(text, why):
    with pytest.raises(NotOneNumber) as refused:
        typed_number(text)
    assert refused.value.why is why


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\t\n"])
def test_nothing_typed_is_no_number(text):
    assert typed_number(text) is None


def test_the_unit_of_measure_may_follow():
    assert typed_number("5 lớp", ("lớp",)) == Decimal(5)
    assert typed_number("85%", ("%",)) == Decimal(85)
    assert typed_number("12.500.000 ĐỒNG", ("", "đồng", "đ")) == Decimal(12_500_000)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2, allow_nan=False, allow_infinity=False))
def test_what_is_printed_is_read_as_the_same_number(number):
    assert typed_number(printed(number)) == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused(text):
    try:
        found = typed_number(text)
    except NotOneNumber:
        return
    assert found is None or found.is_finite()


@given(st.text(alphabet="0123456789., ", min_size=1, max_size=12))
def test_a_number_never_loses_a_digit(text):
    """However it is grouped: its digits are those that were typed, but for leading zeros."""
    try:
        found = typed_number(text)
    except NotOneNumber:
        return
    if found is not None:
        digits = "".join(sign for sign in text if sign.isdigit())
        assert int("".join(sign for sign in f"{found:f}" if sign.isdigit())) == int(digits)
