"""The two things a document's body is made of once lines are joined: paragraphs and tables."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: NFC, single spaces, never empty. `lines` are the source's lines, for lists in cells."""

    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells; lines inside a cell are kept apart by a newline."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Grid


def squeeze(text: str) -> str:
    """The text in NFC with runs of white space as one space and none at the ends."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def is_capitals(text: str) -> bool:
    """Whether the text has letters and none of them is lower case (a bracket or number does not matter)."""
    return any(c.isalpha() for c in text) and text == text.upper()
