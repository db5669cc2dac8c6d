"""The state-secret marking of a document's own, which forbids keeping it on a networked system.

Law 29/2018/QH14, article 5; the marking stands at cell 10a of the layout of Decree 30/2020: below the
number and symbol, in capitals, in a box. It may also stand in a page header.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.source import Line, Source

REFUSAL: Final = (
    "The document bears a state-secret marking: it may not be read on a networked system,"
    " and no copy has been kept."
)

_HEAD_LINES: Final = 40
_LEVELS: Final = frozenset(("MẬT", "TỐIMẬT", "TUYỆTMẬT"))
# The same in the codes of TCVN3 and VNI, for text whose old font nothing gave away.
_OLD_CODES: Final = frozenset(("MËT", "TèIMËT", "TUYÖTMËT", "MAÄT", "TOÁIMAÄT", "TUYEÄTMAÄT"))
# What recognition makes of a stamp: marks lost or mistaken. Only for pages that were recognised.
_RECOGNISED: Final = frozenset(("MẬT", "MÂT", "MẠT", "MAT"))
_RECOGNISED_DEGREES: Final = frozenset(("", "TOI", "TUYET"))
_STATED: Final = re.compile(r"(?:mức\s+)?độ\s+mật\W*\s(?:tuyệt\s+mật|tối\s+mật|mật)", re.IGNORECASE)
_STATED_LABEL: Final = re.compile(r"(?:mức\s+)?độ\s+mật", re.IGNORECASE)
_STATED_VALUE: Final = re.compile(r"(?:tuyệt\s+|tối\s+)?mật", re.IGNORECASE)
_COPY_NUMBER: Final = re.compile(r"\bbản\s+số\b.*\Z", re.IGNORECASE)
# Words of which "mật" is the second half: a capital title broken before it is no marking.
_FIRST_HALVES: Final = ("BÍ", "BẢO", "CƠ", "KÍN", "THÂN", "TRẬT")
_BODY_BEGINS: Final = re.compile(
    r"\W*(?:căn cứ|thực hiện|theo đề nghị|kính gửi|điều\s+1\b|phần\s+(?:i|thứ)\b|chương\s+i\b"
    r"|[i1]\s*[.)]\s*\w)",
    re.IGNORECASE,
)
_COLUMNS: Final = re.compile(r"\s{3,}|\||\t")
_DECORATION: Final = " \t*|_[](){}<>\"'“”‘’«»-–—=.,;:#~•·+/\\"


def refuse_state_secret(source: Source) -> None:
    """Nothing where the document bears no marking of its own; raises StateSecretDocument where it does.

    Looked at are the first forty lines (in tables: before the body begins), boxes among them, and the
    page headers and footers. A marking fills its line or cell, in capitals, letter-spaced or decorated
    as may be, or follows the words "Độ mật". Text that speaks of secrecy is no marking.
    """
    recognised = source.kind in ("scan", "pdf")
    for text in source.margin_texts:
        if _is_marked(text, "", recognised):
            raise StateSecretDocument(REFUSAL)
    before = ""
    for text in _head_texts(source):
        if _is_marked(text, before, recognised):
            raise StateSecretDocument(REFUSAL)
        before = text


def _head_texts(source: Source) -> Iterator[str]:
    """The lines of the head: paragraphs' lines, and the lines of cells as long as the body has not begun."""
    left = _HEAD_LINES
    in_body = False
    for block in source.blocks:
        texts: Iterable[str]
        if isinstance(block, Line):
            texts = (block.text[:2_000],)
        elif in_body:
            continue
        else:
            texts = (line for row in block.rows for cell in row for line in cell[:20_000].split("\n"))
        for text in texts:
            if not text.strip(_DECORATION):
                continue
            if left == 0:
                return
            left -= 1
            in_body = in_body or _BODY_BEGINS.match(text) is not None
            yield text


def _is_marked(text: str, before: str, recognised: bool) -> bool:
    """Whether `text`, a line after the line `before`, is or holds a marking of its own."""
    parts = [part for part in _COLUMNS.split(text) if part.strip(_DECORATION)]
    whole = _COPY_NUMBER.sub("", text)
    for part in (whole, *parts):
        if _is_level(part, recognised) and not _completes_a_word(before):
            return True
        if _STATED.fullmatch(part.strip(_DECORATION)):
            return True
    words = [part.strip(_DECORATION) for part in (before, *parts)]
    return any(
        _STATED_LABEL.fullmatch(label) is not None and _STATED_VALUE.fullmatch(value) is not None
        for label, value in itertools.pairwise(words)
    )


def _is_level(text: str, recognised: bool) -> bool:
    if len(text) > 120:
        return False
    letters = "".join(letter for letter in unicodedata.normalize("NFC", text) if letter not in _DECORATION)
    letters = "".join(letters.split())
    if letters in _OLD_CODES:
        return True
    # A font of capitals leaves the toned letters small: "MậT".
    if any(letter.islower() and letter.isascii() for letter in letters):
        return False
    capitals = letters.upper() if any(letter.isupper() for letter in letters) else letters
    if capitals in _LEVELS:
        return True
    if not recognised or capitals[-3:] not in _RECOGNISED:
        return False
    bare = unicodedata.normalize("NFD", capitals[:-3])
    return "".join(letter for letter in bare if letter.isascii()) in _RECOGNISED_DEGREES


def _completes_a_word(before: str) -> bool:
    words = before.strip(_DECORATION).rsplit(maxsplit=1)
    return bool(words) and words[-1].upper() in _FIRST_HALVES
