"""The sentences in which the reader says what it was unsure of, as templates that screens can translate.

The reader prints whole English sentences (the contract's `warnings`); `template_of_warning` gives
back the template and what was filled in. Those about a file's text layer stand with extraction.
"""

from __future__ import annotations

import re
from typing import Final

TEMPLATES: Final = (
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
