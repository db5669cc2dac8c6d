"""Figures with their unit as a report says them: 42 tin, bài · 98,3% · 1,25 tỷ đồng. Nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.report import Figure
from khuevan.plain.reporting.unit_words import one_line

NO_FIGURE: Final = "chưa có số liệu"
# As the tables of official statistics have it.
UNKNOWN: Final = "…"
_DONG: Final = frozenset({"", "đồng", "vnđ", "vnd", "đ"})
MONEY_SCALES: Final = ((Decimal(10) ** 9, "tỷ đồng"), (Decimal(10) ** 6, "triệu đồng"))
_THOUSANDTH: Final = Decimal("0.001")
_TENTH: Final = Decimal("0.1")


def amount(figure: Figure, value: Decimal) -> str:
    """The value with the figure's unit.

    Money stands in tỷ or triệu where that says the sum exactly with at most three decimals, else in đồng.
    """
    if figure.type == "PERCENT":
        return printed(value, "%")
    if figure.type == "MONEY" and one_line(figure.unit).casefold() in _DONG:
        return money(value)
    return printed(value, one_line(figure.unit))


def exact(value: Decimal | None) -> str:
    """The value as a table's cell has it: digits only, its unit stands at the head; “…” where nobody knows."""
    return UNKNOWN if value is None else printed(value)


def money(value: Decimal) -> str:
    """A sum in đồng as it is read best without losing a đồng."""
    for scale, name in MONEY_SCALES:
        share = value / scale
        if abs(share) >= 1 and share == share.quantize(_THOUSANDTH):
            return printed(share, name)
    return printed(value, "đồng")


def unit_of(figure: Figure) -> str:
    """The unit at the head of a table's row."""
    if figure.type == "PERCENT":
        return "%"
    return one_line(figure.unit) or ("đồng" if figure.type == "MONEY" else "")


def rate(value: Decimal) -> str:
    """A rate in per cent, without its sign in front: 10,5%; one that rounds to nothing is said to be small."""
    return printed(abs(value), "%") if abs(value) >= _TENTH else "dưới 0,1%"
