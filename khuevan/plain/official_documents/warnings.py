"""The sentences in which the reader says what it was unsure of, as templates that screens can translate.

The reader prints whole English sentences (the contract's `warnings`); `template_of_warning` gives
back the template and what was filled in.
"""

from __future__ import annotations

import re
from typing import Final

CONVERTED: Final = "The file was written in {encoding} and has been converted to Unicode."
UNCERTAIN: Final = "The encoding of the file is uncertain: check the accents of the text."
REPLACED: Final = "Some bytes of the file are no text and were left out."
UNREADABLE_PAGE: Final = "Page {page} of the PDF cannot be read and is missing from the text."
BADLY_RECOGNISED: Final = (
    "The text layer of the PDF does not read as Vietnamese: check the text, or scan the pages again."
)
SKIPPED_PAGE: Final = "Page {page} is a picture; its text is missing because no recognition is installed."
RECOGNISED: Final = "Page {page} is a picture; its text was recognised and may hold mistakes."

TEMPLATES: Final = (
    CONVERTED,
    UNCERTAIN,
    REPLACED,
    UNREADABLE_PAGE,
    BADLY_RECOGNISED,
    SKIPPED_PAGE,
    RECOGNISED,
    "“{shown}”: there is no ministry of this name; probably {name} is meant. The words were kept.",
    "“{words}”: probably “{meant}” is meant. The words were kept.",
    "“{words}”: a word is doubled. The words were kept.",
    "The section label {label} stands twice.",
    "{document} is dated after this document.",
    "No document type was found at the top of the document.",
    "The head of the page (body, number, place and date) is missing.",
    "The head of the page has no number and no date.",
    "The head of the page has no number.",
    "The head of the page has no date.",
    "No recipients and no signature were found.",
    "No signature was found.",
)
_PATTERNS = tuple(
    (template, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL))
    for template in TEMPLATES
)


def template_of_warning(warning: str) -> tuple[str, dict[str, str]] | None:
    """The template and parameters of a warning; None for one that has no template."""
    for template, pattern in _PATTERNS:
        match = pattern.fullmatch(warning)
        if match is not None:
            return template, match.groupdict()
    return None
