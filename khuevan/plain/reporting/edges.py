"""Rates rounded so that 100% and 0% are said only where it is so: 2.999 of 3.000 is 99,97%, not 100%."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_EDGES: Final = (Decimal(-100), Decimal(0), Decimal(100))


def with_enough_decimals(rate: Decimal, least: Decimal) -> Decimal:
    """The rate to `least` (a tenth), halves up; with more decimals where it would stand on an edge and does not."""
    step = least
    found = rate.quantize(step, ROUND_HALF_UP)
    while found in _EDGES and found != rate:
        step = step.scaleb(-1)
        found = rate.quantize(step, ROUND_HALF_UP)
    return found


def beside_the_edge(rate: Decimal, step: Decimal) -> Decimal:
    """The rate to the step, halves up; the step nearest to an edge, on its side, where it would stand on one.

    For rates that are kept with a fixed number of decimals: 99,997 is 99,99 and 0,003 is 0,01.
    """
    found = rate.quantize(step, ROUND_HALF_UP)
    if found not in _EDGES or found == rate:
        return found
    return found + (step if rate > found else -step)
