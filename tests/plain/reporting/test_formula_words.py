"""Formulas spelled out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.reporting.formula_words import codes_in_order, spelled
from khuevan.plain.reporting.formulas import Negative, Operation, Term, parsed, value_of

FIGURES = {"a": Decimal(7), "b": Decimal(3), "c": Decimal(2)}


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("100 * a / b", "100 × 7 ÷ 3"),
        ("a + b + c", "7 + 3 + 2"),
        ("a - (b - c)", "7 − (3 − 2)"),
        ("a - b - c", "7 − 3 − 2"),
        ("100 * (a - b) / (b + c)", "100 × (7 − 3) ÷ (3 + 2)"),
        ("a / (b * c)", "7 ÷ (3 × 2)"),
        ("-(a + b) * 1,5", "−(7 + 3) × 1,5"),
        ("1234567 * unknown", "1.234.567 × unknown"),
    ],
)
def test_spelled_has_figures_for_codes_and_brackets_only_where_needed(formula: str, words: str) -> None:
    assert spelled(parsed(formula), {code: f"{value}" for code, value in FIGURES.items()}) == words


def test_codes_come_once_in_the_order_of_the_formula() -> None:
    assert codes_in_order(parsed("100 * (b + a) / b - c")) == ("b", "a", "c")


terms: st.SearchStrategy[Term] = st.recursive(
    st.sampled_from(["a", "b", "c"]),
    lambda inner: st.one_of(
        st.builds(Operation, st.sampled_from("+-*/"), inner, inner), st.builds(Negative, inner)
    ),
    max_leaves=6,
)


@given(terms)
def test_what_is_spelled_reckons_to_the_same(term: Term) -> None:
    written = spelled(term, {}).replace("−", "-").replace("×", "*").replace("÷", "/")
    assert rounded(value_of(parsed(written), FIGURES)) == rounded(value_of(term, FIGURES))


def rounded(value: Decimal | None) -> Decimal | None:
    """Without the last digits: b × (a ÷ b) may be reckoned as b × a ÷ b."""
    return None if value is None else value.quantize(Decimal("1e-9"))
