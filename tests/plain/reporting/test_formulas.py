"""Formulas of computed indicators, held against Python's own arithmetic."""

from __future__ import annotations

import ast
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.reporting.formulas import (
    BadFormula,
    Negative,
    Operation,
    codes_in,
    computed,
    order_of,
    parsed,
    unknown_codes,
    value_of,
)

FIGURES = {"a": Decimal(6), "b": Decimal(4), "c": Decimal(0), "d": None}


def test_formula_is_read_with_products_before_sums():
    assert parsed("a + 2*b - (c - 1,5)/-d") == Operation(
        "-",
        Operation("+", "a", Operation("*", Decimal(2), "b")),
        Operation("/", Operation("-", "c", Decimal("1.5")), Negative("d")),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b", Decimal(10)),
        ("a - b - 1", Decimal(1)),
        ("100 * b / a", Decimal("66.66666666666666666666666667")),
        ("-(a - b) * 2", Decimal(-4)),
        ("a / c", None),
        ("c / c", None),
        ("a + d", None),
        ("d * 0", None),
        ("a + unknown", None),
    ],
)
def test_formula_has_the_value_of_its_figures_or_none(text, value):
    assert value_of(parsed(text), FIGURES) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The formula is empty."),
        ("  ", "The formula is empty."),
        ("a +", "The formula ends where a figure was expected."),
        ("a b", "“b” at character 3 does not belong there."),
        ("* a", "“*” at character 1 stands where a figure was expected."),
        ("(a + b", "A bracket is not closed."),
        ("a + b)", "“)” at character 6 does not belong there."),
        ("a ** b", "“*” at character 4 stands where a figure was expected."),
        ("a; import os", "“; import os” at character 2 is no part of a formula."),
        ("a  ; b", "“; b” at character 4 is no part of a formula."),
        ("Đội + 1", "“Đội + 1” at character 1 is no part of a formula."),
        ("(" * 21 + "a" + ")" * 21, "Brackets stand in one another more than 20 deep."),
        ("a" * 501, "A formula has at most 500 characters."),
    ],
)
def test_bad_formula_is_refused_with_its_place(text, sentence):
    with pytest.raises(BadFormula) as refused:
        parsed(text)
    assert str(refused.value) == sentence


def test_computed_indicators_read_each_other_in_their_order():
    formulas = {"rate": parsed("100 * total / plan"), "total": parsed("a + b")}
    assert order_of(formulas) == ("total", "rate")
    assert computed(formulas, {**FIGURES, "plan": Decimal(20)}) == {"total": Decimal(10), "rate": Decimal(50)}
    assert unknown_codes(formulas, FIGURES) == {"rate": frozenset({"plan"})}


def test_circle_of_formulas_is_named():
    with pytest.raises(BadFormula, match=r"in a circle: x → y → x\."):
        order_of({"x": parsed("y + 1"), "y": parsed("x - 1")})


def slow(text: str) -> Fraction | None:
    """What Python makes of the same text with exact fractions."""

    def walk(node: ast.AST) -> Fraction:
        if isinstance(node, ast.Expression):
            return walk(node.body)
        if isinstance(node, ast.Constant):
            return Fraction(str(node.value))
        if isinstance(node, ast.Name):
            value = FIGURES[node.id]
            if value is None:
                raise ZeroDivisionError
            return Fraction(value)
        if isinstance(node, ast.UnaryOp):
            return -walk(node.operand)
        assert isinstance(node, ast.BinOp)
        left, right = walk(node.left), walk(node.right)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        return left * right if isinstance(node.op, ast.Mult) else left / right

    try:
        return walk(ast.parse(text, mode="eval"))
    except ZeroDivisionError:
        return None


TERMS = st.recursive(
    st.sampled_from(["a", "b", "c", "d"]) | st.integers(0, 99).map(str),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner) | inner.map("-{}".format)
    ),
    max_leaves=8,
)


@given(TERMS)
def test_formulas_agree_with_exact_fractions(text):
    found, expected = value_of(parsed(text), FIGURES), slow(text)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert abs(Fraction(found) - expected) <= abs(expected) / 10**20


@given(st.text(max_size=40))
def test_any_text_is_a_formula_or_refused(text):
    try:
        term = parsed(text)
    except BadFormula:
        return
    assert value_of(term, {code: Decimal(1) for code in codes_in(term)}) is not None or "/" in text
