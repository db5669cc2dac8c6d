"""Small bars beside a figure on screen: what it is held against, told apart by patterns, not by colour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from khuevan.plain.reporting.report import Figure

HEIGHT = 8
GAP = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `look` is NOW, BEFORE or LAST_YEAR; lengths in hundredths of the drawing, `y` in its own units."""

    look: str
    width: str
    y: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of one figure, on one scale; `height` is the drawing's."""

    bars: tuple[Bar, ...]
    height: int


def bars_of(figure: Figure) -> Bars | None:
    """The bars of a figure that is in the chart; None where it has no value, or there is nothing to hold it against.

    None, too, where a value is below zero or all are nothing.
    """
    comparison = figure.comparison
    known = [
        (look, value)
        for look, value in (
            ("NOW", comparison.value),
            ("BEFORE", comparison.before),
            ("LAST_YEAR", comparison.last_year),
        )
        if value is not None
    ]
    longest = max((value for _look, value in known), default=Decimal(0))
    if (
        not figure.in_chart
        or comparison.value is None
        or len(known) == 1
        or not longest
        or any(value < 0 for _l, value in known)
    ):
        return None
    return Bars(
        tuple(
            # At least a line: nothing at all would look as if nobody knew it.
            Bar(look, f"{max(100 * value / longest, Decimal('0.5')):.1f}", place * (HEIGHT + GAP))
            for place, (look, value) in enumerate(known)
        ),
        len(known) * (HEIGHT + GAP) - GAP,
    )
