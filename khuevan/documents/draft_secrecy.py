"""No draft with a state-secret marking: it can be neither chosen nor written.

Source: Law 29/2018/QH14, article 5: nothing secret is drafted on a computer that has been on a network.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.plain.official_documents.draft_changes import lines_of
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import refuse_state_secret
from khuevan.plain.official_documents.writing.composition import Composition


def refusal() -> str:
    """The sentence in which a marking is refused."""
    return _(
        "Documents marked Mật, Tối mật or Tuyệt mật are not drafted on a networked system; nothing was kept."
    )


def refuse_marked_lines(lines: Iterable[str]) -> None:
    """Raises ValidationError where a marking fills one of the lines, in whatever case it is written."""
    for line in lines:
        # Each by itself, so that a marking is one anywhere, and not only at the head of a page.
        try:
            refuse_state_secret(Source("txt", (Line(line.upper()),), wrapped=False))
        except StateSecretDocument:
            raise ValidationError(refusal()) from None


def refuse_marked_composition(composition: Composition) -> None:
    """Raises ValidationError where a line of the document is a marking of its own."""
    # Short lines only: a marking fills its line, and a long one is a sentence.
    refuse_marked_lines(line.text for line in lines_of(composition) if 0 < len(line.text) <= 80)
