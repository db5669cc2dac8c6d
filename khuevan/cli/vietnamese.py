"""The reader's refusals and warnings in Vietnamese, for the terminal, without starting Django.

The catalogue is the one of the screens, read with Python's own gettext.
"""

from __future__ import annotations

import gettext
from pathlib import Path

import khuevan.programme
from khuevan.plain.official_documents.extraction.messages import template_of
from khuevan.plain.official_documents.warnings import template_of_warning

_CATALOGUE = gettext.translation(
    "django", Path(khuevan.programme.__path__[0]) / "locale", languages=["vi"], fallback=True
)


def in_vietnamese(message: str) -> str:
    """The refusal or warning in Vietnamese; as it is where the catalogue has no translation."""
    found = template_of(message) or template_of_warning(message)
    if found is None:
        return _CATALOGUE.gettext(message)
    template, parameters = found
    return _CATALOGUE.gettext(template).format(**parameters)
