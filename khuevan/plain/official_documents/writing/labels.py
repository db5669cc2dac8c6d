"""The labels of a document's levels: which level a label is of, and what the next one of a list is.

Articles and chapters are counted through the whole document, everything else from 1 again below each item
that stands above it. Letters are in Vietnamese order (Decree 30/2020/ND-CP, annex I: no f, j, w, z).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_ROMAN: Final = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Level(StrEnum):
    """What kind of item a line of an outline is, from the highest to the lowest."""

    PART = "part"
    CHAPTER = "chapter"
    HEADING = "heading"
    CAPITAL = "capital"
    ROMAN = "roman"
    ARTICLE = "article"
    NUMBER = "number"
    DECIMAL = "decimal"
    SUBDECIMAL = "subdecimal"
    LETTER = "letter"
    DASH = "dash"
    PLUS = "plus"
    TEXT = "text"

    @property
    def rank(self) -> int:
        """The place in the order of levels, 0 the highest."""
        return _ORDER[self]


_ORDER: Final = {level: rank for rank, level in enumerate(Level)}
RUN_THROUGH: Final = frozenset({Level.CHAPTER, Level.ARTICLE})
"""Levels that are counted through the whole document, whatever stands above them."""

_PATTERNS: Final = (
    (Level.PART, re.compile(r"(?:phần)\s+(?P<n>\S.*)", re.IGNORECASE)),
    (Level.CHAPTER, re.compile(r"(?:chương)\s+(?P<n>\S+)", re.IGNORECASE)),
    (Level.HEADING, re.compile(r"(?:(?:tiểu\s+)?mục)\s+(?P<n>\S+)", re.IGNORECASE)),
    (Level.ARTICLE, re.compile(r"(?:điều)\s+(?P<n>\d+)", re.IGNORECASE)),
    (Level.NUMBER, re.compile(r"(?P<n>\d+)")),
    (Level.DECIMAL, re.compile(r"\d+\.(?P<n>\d+)")),
    (Level.SUBDECIMAL, re.compile(r"\d+(?:\.\d+)+\.(?P<n>\d+)")),
    (Level.ROMAN, re.compile(r"(?P<n>[IVXL]+)")),
    (Level.CAPITAL, re.compile(r"(?P<n>[A-HĐ])")),
    (Level.LETTER, re.compile(rf"(?P<n>[{LETTERS}fjwz]\d?)")),
    (Level.DASH, re.compile(r"(?P<n>-)")),
    (Level.PLUS, re.compile(r"(?P<n>\+)")),
)
_PART_WORDS: Final = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip


def level_of(label: str) -> Level:
    """The level that a label is of; TEXT for none, NUMBER for one in words (Nhiệm vụ 1)."""
    if not label:
        return Level.TEXT
    for level, pattern in _PATTERNS:
        if pattern.fullmatch(label):
            return level
    return Level.NUMBER


def ordinal_of(label: str) -> int:
    """Which item of its list a label makes, from 1; 0 where it says nothing of it."""
    for level, pattern in _PATTERNS:
        match = pattern.fullmatch(label)
        if match is None:
            continue
        number = match["n"]
        if level is Level.CAPITAL:
            return "ABCDĐEGH".find(number) + 1
        if level is Level.LETTER:
            return LETTERS.find(number[0]) + 1 + len(LETTERS) * int(number[1:] or 0)
        if level in (Level.DASH, Level.PLUS):
            return 0
        word = number.split()[-1].lower()
        return int(word) if word.isdigit() else _PART_WORDS.get(word, 0) or roman_value(number)
    return 0


def label_for(level: Level, ordinal: int, above: str = "") -> str:
    """The label of the item number `ordinal` of its list; `above` is the label of the item it stands in."""
    match level:
        case Level.PART:
            return f"Phần {roman(ordinal)}"
        case Level.CHAPTER:
            return f"Chương {roman(ordinal)}"
        case Level.HEADING:
            return f"Mục {ordinal}"
        case Level.ARTICLE:
            return f"Điều {ordinal}"
        case Level.CAPITAL:
            return "ABCDĐEGH"[(ordinal - 1) % 8]
        case Level.ROMAN:
            return roman(ordinal)
        case Level.NUMBER:
            return str(ordinal)
        case Level.DECIMAL | Level.SUBDECIMAL:
            return f"{_as_figures(above)}.{ordinal}"
        case Level.LETTER:
            turn, place = divmod(ordinal - 1, len(LETTERS))
            return LETTERS[place] + (str(turn) if turn else "")
        case Level.DASH:
            return "-"
        case Level.PLUS:
            return "+"
        case _:
            return ""


def roman(number: int) -> str:
    """The number in Roman figures; from 90 on, which no document reaches, more L than a Roman would write."""
    written = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        written += letters * count
    return written


def roman_value(text: str) -> int:
    """The value of Roman figures up to L, 0 where they are none."""
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}.get(letter, 0) for letter in text]
    if not values or 0 in values:
        return 0
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _as_figures(label: str) -> str:
    """The figures that a decimal goes on from: 1 below 1, 2.1 below 2.1, 2 below II or Điều 2."""
    if re.fullmatch(r"\d+(?:\.\d+)*", label):
        return label
    return str(ordinal_of(label) or 1)
