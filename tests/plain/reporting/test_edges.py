"""Rates near 0 and 100 per cent: said to be so only where it is so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.edges import beside_the_edge, with_enough_decimals

TENTH, CENT = Decimal("0.1"), Decimal("0.01")


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        ("99.949", "99.9"),
        ("99.96", "99.96"),
        ("99.997", "99.997"),
        ("100.04", "100.04"),
        ("100", "100.0"),
        ("0.003", "0.003"),
        ("0", "0.0"),
        ("-0.04", "-0.04"),
        ("-99.96", "-99.96"),
        ("42.05", "42.1"),
    ],
)
def test_more_decimals_where_a_tenth_would_say_an_edge(rate, found):
    assert with_enough_decimals(Decimal(rate), TENTH) == Decimal(found)


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        ("99.997", "99.99"),
        ("100.003", "100.01"),
        ("0.003", "0.01"),
        ("100", "100"),
        ("66.666", "66.67"),
        ("0", "0"),
    ],
)
def test_what_is_kept_in_hundredths_stands_beside_the_edge(rate, found):
    assert beside_the_edge(Decimal(rate), CENT) == Decimal(found)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_no_share_is_whole_or_nothing_unless_it_is(part, whole):
    share = Comparison(Decimal(part), plan=Decimal(whole)).plan_rate
    assert (share == 100) == (part == whole)
    assert (share == 0) == (part == 0)
    kept = beside_the_edge(100 * Decimal(part) / Decimal(whole), CENT)
    assert ((kept == 100), (kept == 0)) == ((part == whole), (part == 0))


def test_a_sentence_says_how_far_the_plan_is_off():
    assert Comparison(Decimal(2999), plan=Decimal(3000)).plan_rate == Decimal("99.97")
    assert Comparison(Decimal(1), plan=Decimal(30_000)).plan_rate == Decimal("0.003")
