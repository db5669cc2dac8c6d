"""Words of units made fit for a report: paragraphs without stray marks, lists of names that stay short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from khuevan.plain.official_documents.writing.xml_text import safe

MOST_NAMED: Final = 5
# What units type in front of a line for want of a list.
# A sign before a number is no bullet: "-5% so với kỳ trước".
_BULLET: Final = re.compile(r"^(?:(?:[•*▪●◦·]|[-–—+](?![\d.,/]))\s*)+(?=\S)")


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of the text, each on one line with single spaces; empty ones and bullets are left out."""
    lines = (" ".join(line.split()) for line in safe(unicodedata.normalize("NFC", text)).splitlines())
    return tuple(_BULLET.sub("", line) for line in lines if _BULLET.sub("", line).strip("-–—•*+▪●◦· "))


def one_line(text: str) -> str:
    """The words on one line with single spaces, without what no page shows."""
    return " ".join(safe(unicodedata.normalize("NFC", text)).split())


def named(names: Sequence[str], where: str = "", most: int = MOST_NAMED) -> str:
    """A, B, C và 12 đơn vị khác (Phụ lục II): all names where they are few, else the first and how many more.

    `where` says where the rest are named; at least two are left out, so that nobody is “1 đơn vị khác”.
    """
    lines = [one_line(name) for name in names]
    if not is_shortened(names, most):
        return ", ".join(lines)
    rest = f"{len(names) - most} đơn vị khác"
    return f"{', '.join(lines[:most])} và {rest}" + (f" ({where})" if where else "")


def is_shortened(names: Sequence[str], most: int = MOST_NAMED) -> bool:
    """Whether `named` leaves some of the names out."""
    return len(names) > most + 1


def ended(text: str, mark: str = ".") -> str:
    """The words with a mark at their end, their own if they have one."""
    return text if text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}{mark}"
