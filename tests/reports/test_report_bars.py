"""Bars beside a figure on screen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.report import Figure
from khuevan.reports.presenters.report_bars import Bar, Bars, bars_of


def figure(*values: int | None, in_chart: bool = True) -> Figure:
    """A figure of this period, the one before, and a year ago."""
    known = [None if value is None else Decimal(value) for value in values]
    return Figure("tin", "Tin, bài", "tin", "COUNT", Comparison(*known), in_chart=in_chart)


def test_bars_share_one_scale_and_stand_below_each_other():
    assert bars_of(figure(50, 100, 25)) == Bars(
        (Bar("NOW", "50.0", 0), Bar("BEFORE", "100.0", 11), Bar("LAST_YEAR", "25.0", 22)), 30
    )


def test_nothing_is_a_line_and_what_nobody_knows_no_bar():
    assert bars_of(figure(0, None, 40)) == Bars((Bar("NOW", "0.5", 0), Bar("LAST_YEAR", "100.0", 11)), 19)


@pytest.mark.parametrize(
    "without",
    [figure(None, 3), figure(3), figure(0, 0), figure(3, -1), figure(3, 2, in_chart=False)],
    ids=["no value", "held against nothing", "all nothing", "below zero", "not in the chart"],
)
def test_a_figure_without_bars_has_none(without):
    assert bars_of(without) is None
