"""Text as a message carries it: composed letters, no space around it, no control characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What XML counts as space; a no-break space is a character of the text.
SPACE: Final = " \t\r\n"
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_LINE_ENDS: Final = re.compile(r"\r\n?")
# Beside what XML 1.0 forbids, the control characters above 7F: no text of an office holds them on purpose.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """`text` in NFC on one line: how a message is broken into lines says nothing about a field."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip(SPACE))


def lines(text: str) -> str:
    """`text` in NFC with its line breaks kept as line feeds, without space around it."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text).strip(SPACE))


def has_control_characters(text: str) -> bool:
    """Whether `text` holds a character that may not stand in a message."""
    return _FORBIDDEN.search(text) is not None
