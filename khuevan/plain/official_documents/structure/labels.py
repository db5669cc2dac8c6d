"""How a paragraph is numbered: Phần, Chương, Điều, I., 1., 1.1., a), dashes and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from khuevan.plain.official_documents.phrases.letters import UPPER

Kind = Literal[
    "annex",
    "part",
    "chapter",
    "heading",
    "capital",
    "roman",
    "article",
    "named",
    "number",
    "decimal",
    "letter",
    "dash",
    "plus",
]

RANK: dict[str, int] = {
    "annex": 0,
    "part": 1,
    "chapter": 2,
    "heading": 3,
    "capital": 4,
    "roman": 5,
    "article": 6,
    "named": 6,
    "number": 7,
    "decimal": 8,
    "letter": 12,
    "dash": 13,
    "plus": 14,
}
"""Which kind stands above which where the numbering itself does not say; decimals go 8, 9, 10 by depth."""

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of points in Vietnamese order (Decree 30/2020/ND-CP, annex I: no f, j, w, z)."""

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph's label: `text` as the contract prints it, `ordinal` from 1 (0 where there is none).

    `rest` is the paragraph without its label; `start` the offset at which it begins.
    """

    kind: Kind
    text: str
    ordinal: int
    depth: int
    rest: str
    start: int


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "annex",
        re.compile(
            r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?(?P<n>[IVX]+|\d{1,2}|[A-Z]))?(?=\s*$|[\s:.,(])[:.]?\s*"
        ),
    ),
    (
        "part",
        re.compile(r"(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?(?P<n>[IVX]+|\d{1,2}|\w+)(?=\s*$|[\s:.])[:.]?\s*"),
    ),
    ("chapter", re.compile(r"(?:CHƯƠNG|Chương)\s+(?P<n>[IVX]+|\d{1,2})(?=\s*$|[\s:.])[:.]?\s*")),
    (
        "heading",
        # Without a mark only where a title in capitals follows: "Mục 2 của Kế hoạch" names another's.
        re.compile(rf"(?:MỤC|Mục)\s+(?P<n>[IVX]+|\d{{1,2}})(?=\s*$|[:.]|\s+[{UPPER}]{{2}})[:.]?\s*"),
    ),
    ("article", re.compile(r"(?:ĐIỀU|Điều)\s+(?P<n>\d{1,3})\s*(?:[.:]\s*|$)")),
    (
        "named",
        re.compile(
            r"(?P<n>(?:(?:Nhóm )?(?:[Nn]hiệm vụ|[Gg]iải pháp)|NHIỆM VỤ|GIẢI PHÁP|Hoạt động|HOẠT ĐỘNG|Nội dung)"
            r"\s+(?:thứ\s+)?\d{1,2})\s*[:.]\s*(?=[^\W\d_])"
        ),
    ),
    ("decimal", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)]\s*|\s?[-–]\s+|\s+|$)(?![%\d])")),
    ("number", re.compile(r"(?P<n>\d{1,2})\s?[.)/](?![\d/])\s*(?!\d{3}\b)")),
    ("number", re.compile(r"(?P<n>\d{1,2})\s?[-–]\s+(?=\D)")),
    ("roman", re.compile(r"(?P<n>[IVX]{1,6})\s?[.)/\-–](?!\w)\s*")),
    ("roman", re.compile(r"(?P<n>[IVX]{1,6})\.(?=[^\W\d_a-z])\s*")),
    ("capital", re.compile(r"(?P<n>[A-EGH])\s?[.)/]\s+(?=[^\W\d_])")),
    ("letter", re.compile(r"(?P<n>[a-zđ]\d?)\s?(?:\)\s*|[/.]\s+)")),
    ("dash", re.compile(r"[-–—−‐‑•▪●■*·]+\s*(?![\d-])|[-–—−‐‑]\s+(?=\d)|[-–]+(?=\d+\s)")),
    ("plus", re.compile(r"[+○◦]\s*|o\s+(?=[^\W\d_])")),
)
_WORDS_THAT_LABEL = (
    "Phụ lục", "Phần", "Chương", "Mục", "Điều", "Nhiệm vụ", "Nhóm ", "Giải pháp", "Hoạt động", "Nội dung",
)  # fmt: skip
_PART_WORDS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
}  # fmt: skip

_FIRST: dict[Kind, str] = {
    "annex": "P",
    "part": "P",
    "chapter": "C",
    "heading": "M",
    "article": "Đ",
    "named": "NGH",
    "decimal": "0123456789",
    "number": "0123456789",
    "roman": "IVX",
    "capital": "ABCDEGH",
    "letter": "abcdđefghijklmnopqrstuvwxyz",
    "dash": "-–—−‐‑•▪●■*·",
    "plus": "+○◦o",
}
"""The characters a label of each kind can begin with: a look at one of them saves twelve tries."""
_PATTERNS_BY_FIRST: dict[str, tuple[tuple[Kind, re.Pattern[str]], ...]] = {
    first: tuple((kind, pattern) for kind, pattern in _PATTERNS if first in _FIRST[kind])
    for first in {letter for letters in _FIRST.values() for letter in letters}
}


def label_of(paragraph: str) -> Label | None:
    """The paragraph's label, None where it has none."""
    first = paragraph[:1]
    if first.isalpha() and paragraph[1:2].islower() and not paragraph.startswith(_WORDS_THAT_LABEL):
        return None
    for kind, pattern in _PATTERNS_BY_FIRST.get(first, ()):
        match = pattern.match(paragraph)
        if match is None:
            continue
        number = match.groupdict().get("n") or ""
        label = _label(kind, number, paragraph, match.end())
        if label is not None:
            return label
    return None


def roman(text: str) -> int:
    """The value of a Roman number, 0 where it is none."""
    total = 0
    for position, letter in enumerate(text):
        value = _ROMAN.get(letter, 0)
        if not value:
            return 0
        after = _ROMAN.get(text[position + 1 : position + 2], 0)
        total += -value if after > value else value
    return total


def _label(kind: Kind, number: str, paragraph: str, start: int) -> Label | None:
    rest = paragraph[start:]
    if kind in ("dash", "plus"):
        return Label(kind, "-" if kind == "dash" else "+", 0, 1, rest, start)
    if kind in ("annex", "part", "chapter", "heading"):
        ordinal = int(number) if number.isdigit() else roman(number) or _PART_WORDS.get(number.lower(), 0)
        if kind == "part" and not ordinal:
            return None
        if kind == "annex" and rest[:1].islower():
            return None
        if kind == "annex" and rest.startswith("(") and rest.rstrip(".").endswith(("kèm theo)", "đính kèm)")):
            return None
        text = (
            paragraph[:start].strip(" :.")
            if kind != "annex"
            else "Phụ lục" + (f" {number}" if number else "")
        )
        return Label(kind, text, ordinal, 1, rest, start)
    if kind == "article":
        return Label(kind, f"Điều {number}", int(number), 1, rest, start)
    if kind == "named":
        return Label(kind, number, int(number.rsplit(maxsplit=1)[-1]), 1, rest, start)
    if kind == "decimal":
        parts = [int(part) for part in number.split(".")]
        if 0 in parts:
            return None
        return Label(kind, number, parts[-1], len(parts), rest, start)
    if kind == "number":
        ordinal = int(number)
        if not ordinal or (number.startswith("0") and not paragraph[len(number) :].startswith((".", ")"))):
            return None
        return Label(kind, str(ordinal), ordinal, 1, rest, start)
    if kind == "roman":
        ordinal = roman(number)
        return Label(kind, number, ordinal, 1, rest, start) if ordinal else None
    if kind == "capital":
        return Label(kind, number, ord(number) - 64, 1, rest, start)
    letter = number[0]
    ordinal = LETTERS.find(letter) + 1 or ord(letter) - 96
    return Label(kind, number, ordinal, 1, rest, start)
