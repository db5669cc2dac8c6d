"""Figures over all units: sums of what they said, and formulas over the sums of the same units.

A rate whose numerator leaves out a unit that stands in its denominator is wrong and looks right. So a formula is
computed over the units that gave everything it reads of what they were asked, and the others are named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from khuevan.plain.reporting.formulas import BadFormula, Term, codes_in, computed

# What each unit (by its key) that was asked said to a figure; None where it left it open.
Said = Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Total:
    """A figure over all units; `missing` are the keys of those that are left out because they left something open."""

    value: Decimal | None
    missing: tuple[int, ...]


def totals(formulas: Mapping[str, Term], said: Mapping[str, Said]) -> dict[str, Total]:
    """The totals of all figures by code. A unit that was not asked a figure leaves nothing open by that."""
    found = {
        code: Total(_sum(units, ()), tuple(unit for unit, value in units.items() if value is None))
        for code, units in said.items()
        if code not in formulas
    }
    for code in formulas:
        read = [said[one] for one in said if one in operands(code, formulas)]
        # A dict keeps the order in which units stand in the figures.
        missing = tuple(
            dict.fromkeys(unit for units in read for unit, value in units.items() if value is None)
        )
        sums = {one: _sum(units, missing) for one, units in said.items() if one in operands(code, formulas)}
        found[code] = Total(_computed(code, formulas, sums), missing)
    return found


def operands(code: str, formulas: Mapping[str, Term]) -> frozenset[str]:
    """The codes of the figures that a computed one is made of in the end, through formulas that it reads."""
    reached: set[str] = set()
    ahead = [code]
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            if one in formulas:
                ahead.extend(codes_in(formulas[one]))
    return frozenset(reached - formulas.keys())


def _sum(units: Said, left_out: tuple[int, ...]) -> Decimal | None:
    values = [value for unit, value in units.items() if value is not None and unit not in left_out]
    return sum(values, Decimal(0)) if values else None


def _computed(code: str, formulas: Mapping[str, Term], sums: Mapping[str, Decimal | None]) -> Decimal | None:
    try:
        return computed(formulas, sums).get(code)
    except BadFormula:
        return None
