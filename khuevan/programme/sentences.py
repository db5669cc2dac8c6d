"""What the reader says in English templates, in the reader's of the screen own language."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from khuevan.plain.official_documents.errors import StateSecretDocument, UnreadableDocument
from khuevan.plain.official_documents.extraction.messages import template_of

# The reader is plain Python and writes its warnings whole; these give back what was filled in.
_WARNINGS = (
    gettext_noop(
        "“{shown}”: there is no ministry of this name; probably {name} is meant. The words were kept."
    ),
    gettext_noop("“{words}”: probably “{meant}” is meant. The words were kept."),
    gettext_noop("“{words}”: a word is doubled. The words were kept."),
    gettext_noop("The section label {label} stands twice."),
    gettext_noop("{document} is dated after this document."),
    gettext_noop("No document type was found at the top of the document."),
    gettext_noop("The head of the page (body, number, place and date) is missing."),
    gettext_noop("The head of the page has no number and no date."),
    gettext_noop("The head of the page has no number."),
    gettext_noop("The head of the page has no date."),
    gettext_noop("No recipients and no signature were found."),
    gettext_noop("No signature was found."),
)
_PATTERNS = tuple(
    (template, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL))
    for template in _WARNINGS
)


def refusal_sentence(error: UnreadableDocument) -> str:
    """The one sentence that says why a file was refused. Never a word of the file itself."""
    if isinstance(error, StateSecretDocument):
        return _(
            "The document bears a state-secret marking: it may not be read on a networked system, "
            "and no copy has been kept."
        )
    found = template_of(str(error))
    if found is None:
        return _("The file cannot be read: export the document as DOCX or PDF and try again.")
    template, parameters = found
    return _(template).format(**parameters)


def warning_sentence(warning: str) -> str:
    """The reader's warning in the language of the screen; as it is where it has no translation."""
    for template, pattern in _PATTERNS:
        if match := pattern.fullmatch(warning):
            return _(template).format(**match.groupdict())
    return warning
