"""Text as the reader wants it: composed letters, plain spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DROPPED: Final = (
    *range(0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0x00AD,  # soft hyphen: only says where a word might be broken
    *range(0x200B, 0x2010),  # zero-width space, joiners, direction marks
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFD),
    *range(0xD800, 0xE000),  # lone surrogates, which no output could encode
)
_SPACES: Final = (0x09, 0x1F, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_BREAKS: Final = (0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029)

_TABLE: Final[dict[int, str]] = {
    **dict.fromkeys(_DROPPED, ""),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_BREAKS, "\n"),
    0x2010: "-",
    0x2011: "-",
    0x0D: "\n",
}


def _class_of(codes: tuple[int, ...]) -> str:
    return "".join(f"\\U{code:08x}" for code in codes)


_TO_CLEAN: Final = re.compile(f"[{_class_of(tuple(_TABLE))}]")


def clean(text: str) -> str:
    """`text` in NFC with line feeds as its only control character and the plain space as only space.

    Tabs and no-break spaces become spaces; soft hyphens and zero-width characters go. Runs of spaces
    are kept: how wide a gap is may say something to the reader of the lines.
    """
    if _TO_CLEAN.search(text):
        text = text.replace("\r\n", "\n").translate(_TABLE)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text
