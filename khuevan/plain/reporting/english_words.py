"""Periods, figures and changes in the English of the summary for partners."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.report import Figure
from khuevan.plain.reporting.unit_words import one_line

NO_FIGURE: Final = "not available"
MINUS: Final = "\u2212"
_PERIOD: Final = re.compile(
    r"(?:(?P<quarter>quý (?P<roman>I{1,3}|IV))|(?P<half>6 tháng (?P<which>đầu|cuối))|(?P<nine>9 tháng đầu)"
    r"|tháng (?P<month>\d{1,2}))? ?năm (?P<year>\d{4})",
    re.IGNORECASE,
)
_ORDINALS: Final = {"I": "First", "II": "Second", "III": "Third", "IV": "Fourth"}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DONG: Final = frozenset({"", "đồng", "vnd", "vnđ", "dong"})
_SCALES: Final = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_THOUSANDTH: Final = Decimal("0.001")
_TENTH: Final = Decimal("0.1")


def period_name(period: str) -> str:
    """Second quarter of 2025 for Quý II năm 2025; a name that is none of the decree's as it is."""
    found = _PERIOD.fullmatch(one_line(period))
    if found is None:
        return one_line(period)
    year = found["year"]
    if found["quarter"]:
        return f"{_ORDINALS[found['roman'].upper()]} quarter of {year}"
    if found["half"]:
        return f"{'First' if found['which'].lower() == 'đầu' else 'Second'} half of {year}"
    if found["nine"]:
        return f"First nine months of {year}"
    return f"{_MONTHS[int(found['month']) - 1]} {year}" if found["month"] else year


def short_period(period: str) -> str:
    """Q2 2025, H1 2025, 9M 2025, Mar 2025, 2025; a name that is none of the decree's as it is."""
    found = _PERIOD.fullmatch(one_line(period))
    if found is None:
        return one_line(period)
    year = found["year"]
    if found["quarter"]:
        return f"Q{list(_ORDINALS).index(found['roman'].upper()) + 1} {year}"
    if found["half"]:
        return f"H{1 if found['which'].lower() == 'đầu' else 2} {year}"
    if found["nine"]:
        return f"9M {year}"
    return f"{_MONTHS[int(found['month']) - 1][:3]} {year}" if found["month"] else year


def day_name(day: date) -> str:
    """14 June 2025."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number(value: Decimal) -> str:
    """1,234.5, a minus that is as wide as a plus."""
    whole, _, rest = f"{abs(value):,f}".partition(".")
    rest = rest.rstrip("0")
    return (MINUS if value < 0 else "") + whole + (f".{rest}" if rest else "")


def unit(figure: Figure) -> str:
    """The figure's unit in English; empty where nobody gave one."""
    if figure.type == "PERCENT":
        return "%"
    if figure.type == "MONEY" and one_line(figure.unit).casefold() in _DONG:
        return "VND"
    return one_line(figure.english_unit)


def amount(figure: Figure, value: Decimal | None) -> str:
    """The value as it is read alone: 1,234 · 98.3% · VND 1.25 billion; nothing is rounded."""
    if value is None:
        return NO_FIGURE
    if figure.type == "PERCENT":
        return f"{number(value)}%"
    return money(value) if unit(figure) == "VND" else number(value)


def money(value: Decimal) -> str:
    """A sum in đồng, in billions or millions where that says it exactly with at most three decimals."""
    for scale, name in _SCALES:
        share = value / scale
        if abs(share) >= 1 and share == share.quantize(_THOUSANDTH):
            return f"VND {number(share)} {name}"
    return f"VND {number(value)}"


def change(figure: Figure, then: Decimal | None, period: str) -> str:
    """+10.5% on Q1 2025; what is missing is said."""
    if then is None:
        return f"no figure for {period}"
    if figure.value is None:
        return f"{amount(figure, then)} in {period}"
    compared = Comparison(figure.value, then)
    if not compared.change:
        return f"unchanged on {period}"
    sign = "+" if compared.change > 0 else MINUS
    if figure.type == "PERCENT":
        points = number(abs(compared.change))
        return f"{sign}{points} percentage point{'' if points == '1' else 's'} on {period}"
    if compared.change_rate is None:
        return f"from zero in {period}"
    if abs(compared.change_rate) < _TENTH:
        return f"{sign}less than 0.1% on {period}"
    return f"{sign}{number(abs(compared.change_rate))}% on {period}"
