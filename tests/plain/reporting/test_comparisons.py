"""A figure beside the period before, last year's, and the plan."""

from __future__ import annotations

from decimal import Decimal

from khuevan.plain.reporting.comparisons import Comparison


def shown(comparison: Comparison) -> tuple[Decimal | None, ...]:
    return (
        comparison.change, comparison.change_rate, comparison.yearly_change, comparison.yearly_rate,
        comparison.plan_rate,
    )  # fmt: skip


def test_changes_and_rates_are_held_against_each_other_figure():
    figure = Comparison(Decimal(118), before=Decimal(96), last_year=Decimal(120), plan=Decimal(120))
    assert shown(figure) == (Decimal(22), Decimal("22.9"), Decimal(-2), Decimal("-1.7"), Decimal("98.3"))


def test_what_nobody_knows_stays_unknown():
    assert shown(Comparison(None, Decimal(1), Decimal(1), Decimal(1))) == (None,) * 5
    assert shown(Comparison(Decimal(3))) == (None,) * 5


def test_rate_over_nothing_is_no_rate():
    figure = Comparison(Decimal(3), before=Decimal(0), last_year=Decimal(0), plan=Decimal(0))
    assert shown(figure) == (Decimal(3), None, Decimal(3), None, None)


def test_rates_from_below_zero_keep_their_sense():
    assert Comparison(Decimal(5), before=Decimal(-10)).change_rate == Decimal("150.0")


def test_halves_are_rounded_up():
    assert Comparison(Decimal("1.0005"), before=Decimal(1)).change_rate == Decimal("0.1")
