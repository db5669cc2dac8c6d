"""What the document reader says in English templates, in the language of the screen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.plain.official_documents.errors import StateSecretDocument, UnreadableDocument
from khuevan.plain.official_documents.extraction.messages import template_of
from khuevan.plain.official_documents.warnings import template_of_warning


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
    found = template_of_warning(warning)
    if found is None:
        return warning
    template, parameters = found
    return _(template).format(**parameters)
