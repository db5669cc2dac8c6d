"""Totals over units: a formula reads sums of the same units, and names whom it leaves out."""

from __future__ import annotations

from decimal import Decimal

from khuevan.plain.reporting.formulas import Term, parsed
from khuevan.plain.reporting.totals import Total, operands, totals


def formulas(**texts: str) -> dict[str, Term]:
    return {code: parsed(text) for code, text in texts.items()}


def test_a_rate_is_computed_over_the_units_that_gave_both_figures():
    said = {
        "tien": {1: Decimal(1000), 2: None},
        "tin": {1: Decimal(10), 2: Decimal(90)},
    }
    assert totals(formulas(gia="tien / tin"), said) == {
        "tien": Total(Decimal(1000), (2,)),
        "tin": Total(Decimal(100), ()),
        "gia": Total(Decimal(100), (2,)),
    }


def test_a_formula_over_a_formula_leaves_out_the_same_units():
    said = {
        "a": {1: Decimal(1), 2: Decimal(5)},
        "b": {1: Decimal(3), 2: None},
        "c": {1: Decimal(8), 2: Decimal(1)},
    }
    found = totals(formulas(tong="a + b", ty_le="100 * tong / c"), said)
    assert (found["tong"], found["ty_le"]) == (Total(Decimal(4), (2,)), Total(Decimal(50), (2,)))
    assert operands("ty_le", formulas(tong="a + b", ty_le="100 * tong / c")) == {"a", "b", "c"}


def test_a_unit_that_was_not_asked_leaves_nothing_open():
    said = {"tin_phuong": {1: Decimal(4)}, "tin_phong": {2: Decimal(6)}}
    assert totals(formulas(tong="tin_phuong + tin_phong"), said)["tong"] == Total(Decimal(10), ())


def test_nothing_has_a_value_where_nobody_gave_all_and_in_a_circle():
    said = {"a": {1: Decimal(1), 2: None}, "b": {1: None, 2: Decimal(2)}}
    assert totals(formulas(c="a + b"), said)["c"] == Total(None, (2, 1))
    assert totals(formulas(x="y + a", y="x"), {"a": {1: Decimal(1)}})["x"] == Total(None, ())
