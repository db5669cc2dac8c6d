"""Why a document cannot be written, in the language of the screen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.messages import template_of


def unwritable_sentence(error: UnwritableDocument) -> str:
    """The refusal of a writer, in the language of the screen."""
    found = template_of(str(error))
    if found is None:
        return str(error)
    template, parameters = found
    return _(template).format(**parameters)
