"""Number and symbol of a document: read apart as printed, and made for a document of one's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from khuevan.plain.folding import fold

if TYPE_CHECKING:
    from khuevan.documents.models import DocumentType, NumberBook  # Types only: the models know symbols too.
    from khuevan.people.models import Unit

# Decree 30/2020 puts a stroke behind the number, the Party a hyphen: 48/KH-UBND, 37-HD/BTGDVTW.
_SYMBOL = re.compile(r"(?P<number>\d{1,9})\s*[/\-–]\s*(?P<notation>\S.*)")


def split_symbol(symbol: str) -> tuple[int | None, str]:
    """The number and the notation of a symbol as printed: 48 and KH-UBND; 16 and 2020/QĐ-UBND.

    A symbol that does not begin with a number is all notation.
    """
    text = " ".join(symbol.split())
    match = _SYMBOL.fullmatch(text)
    if match is None:
        return (int(text), "") if text.isdecimal() and len(text) < 10 else (None, text)
    return int(match["number"]), match["notation"]


def folded_symbol(symbol: str) -> str:
    """The symbol without case, diacritics, spaces and leading zeros, to compare two by: 0124/KH-UBND is 124/…"""
    folded = re.sub(r"[^\w/]+", "-", fold(symbol).replace(" ", "")).strip("-/")
    return re.sub(r"^0+(?=\d)", "", folded)


def usual_notation(book: NumberBook, document_type: DocumentType, unit: Unit | None) -> str:
    """What stands behind the number: KH-SVHTT; for a letter the body and who wrote it, SVHTT-TTBCXB."""
    if document_type.code:
        parts = [document_type.code, book.body_code]
    else:
        parts = [book.body_code, unit.short_name if unit else ""]
    return "-".join(part for part in parts if part)
