"""Sums of money in Vietnamese đồng, as documents print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """A sum in whole đồng; `searched[start:end]` is `text`, without what it is paid for ("/người")."""

    vnd: int
    text: str
    start: int
    end: int


_UNITS = {
    "nghìn tỷ": 10**12,
    "nghìn tỉ": 10**12,
    "ngàn tỷ": 10**12,
    "ngàn tỉ": 10**12,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "triệu": 10**6,
    "trăm nghìn": 10**5,
    "trăm ngàn": 10**5,
    "nghìn": 10**3,
    "ngàn": 10**3,
}
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,3}(?:,\d{3}){2,}|\d{1,15}(?:[.,]\d{1,4})?"
_UNIT = r"(?:nghìn|ngàn)\s+t[ỷỉ]|t[ỷỉ]|triệu|trăm\s+(?:nghìn|ngàn)|nghìn|ngàn"
_DONG = r"(?:đồng(?!\s+(?:bộ|chí|bào|thời|bằng|hồ|ý|nghiệp|đội|thuận|hành))|VNĐ|VND|vnđ|vnd|đ|₫)(?!\w)"
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<first>{_NUMBER})\s*(?:(?P<unit>{_UNIT})(?!\w)(?P<more>(?:\s+(?:{_NUMBER})\s+(?:{_UNIT})(?!\w)){{0,3}}))?"
    rf"(?P<dong>\s*{_DONG})?",
    re.IGNORECASE,
)
_PART = re.compile(rf"({_NUMBER})\s+({_UNIT})", re.IGNORECASE)
# "350 triệu lượt xem" counts something else; without the word đồng only these may follow.
_MAY_FOLLOW = re.compile(r"\s*(?:[.,;:)/]|$|\s(?:từ|để|cho|trong|do|và|mỗi|một)\s)")
_COUNTED = re.compile(r"\s*(?:/\s*)?(?:%|lượt|người|dân|tấn|ha|m2|m3|USD|đô|cây|con|bản|ấn)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def find_amounts(text: str) -> tuple[FoundAmount, ...]:
    """Every sum of money in `text`, in order: with đồng (đ, VNĐ) or with tỷ / triệu and no other noun."""
    found = []
    for match in _AMOUNT.finditer(text):
        unit = match["unit"]
        if match["dong"] is None and (unit is None or not _is_money(text, match)):
            continue
        if (
            match["dong"] is not None
            and unit is None
            and match["dong"].strip() == "đ"
            and "." not in match["first"]
        ):
            # "Điều 5 đ" and "điểm 1 đ" are no money; 50.000đ is.
            continue
        vnd = _value(match["first"], unit)
        for number, more in _PART.findall(match["more"] or ""):
            vnd += _value(number, more)
        end = (
            match.end("dong")
            if match["dong"] is not None
            else match.end("more")
            if match["more"]
            else match.end("unit")
        )
        found.append(FoundAmount(int(vnd), text[match.start() : end], match.start(), end))
    return tuple(found)


def _is_money(text: str, match: re.Match[str]) -> bool:
    """Whether "350 triệu" without đồng is a sum: large units only, and nothing counted after it."""
    unit = _SPACES.sub(" ", match["unit"]).lower()
    if unit not in ("tỷ", "tỉ", "triệu"):
        return False
    end = match.end()
    return _COUNTED.match(text, end) is None and _MAY_FOLLOW.match(text, end) is not None


def _value(number: str, unit: str | None) -> Decimal:
    return (
        _decimal(number, unit is not None) * _UNITS[_SPACES.sub(" ", unit).lower()]
        if unit
        else _decimal(number, False)
    )


def _decimal(number: str, before_unit: bool) -> Decimal:
    """The number in Vietnamese notation: dots part thousands, a comma opens the decimals."""
    dots, commas = number.count("."), number.count(",")
    if commas > 1:
        return Decimal(number.replace(",", ""))
    if commas == 1:
        whole, decimals = number.replace(".", "").split(",")
        return Decimal(f"{whole}.{decimals}")
    if dots == 1 and before_unit and len(number.split(".")[1]) != 3:
        return Decimal(number)
    return Decimal(number.replace(".", ""))


def format_vnd(vnd: int) -> str:
    """A sum as documents print it: 12173000000 gives "12.173.000.000 đồng"."""
    return f"{vnd:,}".replace(",", ".") + " đồng"
