"""Texts of pictures in the one form in which they are kept: NFC, no control characters, no space around."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What XML cannot hold, and the marks that open a file or turn the direction of what follows.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACES: Final = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text on one line."""
    return _SPACES.sub(" ", _tidy(text)).strip()


def paragraphs(text: str) -> str:
    """The text with its line breaks, each a single line feed, and no space at the ends of lines."""
    lines = _tidy(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(one_line(line) for line in lines).strip("\n")


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")))
