"""Refusals of files in the language of the page: the sentence, and the words that stand in it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from khuevan.plain.media.errors import MediaError

# Parameters that hold words; the others are names and figures.
_WORDS: Final = frozenset({"found", "hidden", "instead"})


def sentence(refused: MediaError) -> str:
    """The refusal in the language of the page."""
    said = {
        name: _(value) if name in _WORDS and isinstance(value, str) else value
        for name, value in refused.parameters.items()
    }
    return _(refused.template).format(**said)
