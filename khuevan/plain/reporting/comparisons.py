"""A figure beside others: the period before, the same period last year, the plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from khuevan.plain.reporting.edges import with_enough_decimals

_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure and what it is held against; None where nobody knows.

    Changes are the figure less the other; rates are in per cent, rounded to a tenth, halves up, and
    to more decimals where a tenth would say 0 or 100 and it is not so. A rate over nothing (zero before) is None:
    “grew without end” is no statement.
    """

    value: Decimal | None
    before: Decimal | None = None
    last_year: Decimal | None = None
    plan: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """How much more than in the period before."""
        return _less(self.value, self.before)

    @property
    def change_rate(self) -> Decimal | None:
        """The change in per cent of the period before."""
        return _rate(self.change, self.before)

    @property
    def yearly_change(self) -> Decimal | None:
        """How much more than in the same period last year."""
        return _less(self.value, self.last_year)

    @property
    def yearly_rate(self) -> Decimal | None:
        """The change in per cent of the same period last year."""
        return _rate(self.yearly_change, self.last_year)

    @property
    def plan_rate(self) -> Decimal | None:
        """How much of the plan was reached, in per cent."""
        return _rate(self.value, self.plan)


def _less(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else value - other


def _rate(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return with_enough_decimals(100 * part / abs(whole), _TENTH)
