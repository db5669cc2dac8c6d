"""Text as every feed may carry it: no control character, no half of a surrogate pair, nothing XML forbids."""

from __future__ import annotations

import re
from typing import Final

# XML 1.0 (fifth edition) 2.2 forbids the first three groups; those from 7F to 9F it only advises against,
# but no office writes them on purpose and JSON readers show them as rubbish.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NO_CHARACTERS: Final = re.compile("[\ufffe\uffff]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_SPACES: Final = re.compile(r"[ \t\r\n]+")

REPLACEMENT: Final = "\ufffd"


def clean(text: str) -> str:
    """`text` that XML and JSON carry: a space for each control character, U+FFFD for what is no character."""
    if _SURROGATES.search(text):
        # Two halves that stand side by side are a letter; a half alone is none.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NO_CHARACTERS.sub(REPLACEMENT, _CONTROLS.sub(" ", text))


def one_line(text: str) -> str:
    """`text` cleaned, on one line, without space around it: a title, a name."""
    return _SPACES.sub(" ", clean(text)).strip(" ")


def lines(text: str) -> str:
    """`text` cleaned, its line breaks kept as line feeds, without space around it: a caption, a reason."""
    return _LINE_ENDS.sub("\n", clean(text)).strip(" \t\n")
