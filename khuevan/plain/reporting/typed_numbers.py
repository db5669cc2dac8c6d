"""Numbers as people type them in Vietnam: a dot or a space groups thousands, a comma begins the decimals.

    1.234,5   1234,5   1 234   12.500.000   85 %

What could be meant in two ways is refused instead of guessed. “1.5” is no group of thousands; whoever keeps an
English keyboard means one and a half, but read so, “1.500” typed by the same person would become one and a half
thousand. A wrong figure in a report costs more than a second look, so a lone dot before fewer or more than three
digits is refused. “1,234” is one and 234 thousandths, as every Vietnamese reader takes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

MOST_CHARACTERS: Final = 60
MOST_DIGITS: Final = 24
# Space, no-break space, thin spaces, figure space, and what Excel puts there.
_SPACES: Final = (
    "\u0020\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
)
_NUMBER: Final = re.compile(
    r"(?P<minus>[-\u2212\u2013]?)(?P<whole>[0-9. ]*)(?:,(?P<decimals>[0-9]*))?", re.ASCII
)
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)", re.ASCII)
_WHOLE: Final = re.compile(r"[0-9]+", re.ASCII)


class Misread(StrEnum):
    """Why a text is no number that can be read in one way only."""

    NO_NUMBER = "NO_NUMBER"  # letters, signs
    COMMAS = "COMMAS"  # 1,234,567
    GROUPS = "GROUPS"  # 1.23.4
    DOT = "DOT"  # 1.5
    TOO_LONG = "TOO_LONG"


class NotOneNumber(ValueError):
    """The text is no number, or could be two; `why` says which."""

    def __init__(self, why: Misread) -> None:
        super().__init__(why)
        self.why = why


def typed_number(text: str, may_follow: Sequence[str] = ()) -> Decimal | None:
    """The number; None where nothing was typed. Raises NotOneNumber.

    `may_follow` are words that may stand behind it and mean nothing more: a unit of measure, “%”, “đồng”.
    """
    words = " ".join("".join(" " if sign in _SPACES else sign for sign in text).split())
    if not words:
        return None
    if len(words) > MOST_CHARACTERS:
        raise NotOneNumber(Misread.TOO_LONG)
    words = _without_unit(words, may_follow)
    if words.count(",") > 1:
        raise NotOneNumber(Misread.COMMAS if _looks_numeric(words) else Misread.NO_NUMBER)
    match = _NUMBER.fullmatch(words)
    if match is None:
        # 12,500.75: the comma groups and the dot begins the decimals, the other way round.
        raise NotOneNumber(Misread.GROUPS if _looks_numeric(words) else Misread.NO_NUMBER)
    whole, decimals = match["whole"].strip(), match["decimals"]
    if decimals == "" or not whole:
        raise NotOneNumber(Misread.NO_NUMBER)
    digits = _ungrouped(whole)
    if len(digits) + len(decimals or "") > MOST_DIGITS:
        raise NotOneNumber(Misread.TOO_LONG)
    number = Decimal(f"{digits}.{decimals}" if decimals else digits)
    return -number if match["minus"] and number else number


def _ungrouped(whole: str) -> str:
    if _WHOLE.fullmatch(whole):
        return whole
    if _GROUPED.fullmatch(whole):
        return whole.replace(".", "").replace(" ", "")
    if re.fullmatch(r"[0-9]+\.[0-9]+", whole):
        raise NotOneNumber(Misread.DOT)
    raise NotOneNumber(Misread.GROUPS if _looks_numeric(whole) else Misread.NO_NUMBER)


def _without_unit(words: str, may_follow: Sequence[str]) -> str:
    folded = words.casefold()
    # The longest first: “đ” is the end of “VNĐ”.
    for unit in sorted(may_follow, key=len, reverse=True):
        end = " ".join(unit.split()).casefold()
        # A unit that folds to another length would be cut in the wrong place; none does.
        if end and folded.endswith(end) and len(folded) == len(words):
            return words[: -len(end)].rstrip()
    return words


def _looks_numeric(words: str) -> bool:
    return re.fullmatch(r"[-\u2212\u2013]?[0-9][0-9., ]*", words, re.ASCII) is not None
