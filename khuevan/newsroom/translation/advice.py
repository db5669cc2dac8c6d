"""What a translation might have lost, in sentences: advice that keeps no piece back."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.translation.reading import words_of_piece
from khuevan.plain.translation_checks import Stumble, stumbles

# More of a kind says no more than that the text should be read once again.
MOST_OF_A_KIND = 8
CODES = {
    Stumble.TITLE_SAME: "NR-13",
    Stumble.PARAGRAPH_SAME: "NR-14",
    Stumble.NUMBER_MISSING: "NR-15",
    Stumble.NUMBER_ADDED: "NR-16",
    Stumble.NAME_MISSING: "NR-17",
}

UNTRANSLATED = frozenset({CODES[Stumble.TITLE_SAME], CODES[Stumble.PARAGRAPH_SAME]})


def translation_advice(story: StoryPage, original: StoryPage) -> Iterator[tuple[str, str]]:
    """The code and sentence of each thing to look at once more, in reading order."""
    told: dict[Stumble, int] = {}
    # What was never published has its words in its newest draft alone.
    source = original if original.live else original.get_latest_revision_as_object()
    for finding in stumbles(words_of_piece(source), words_of_piece(story)):
        told[finding.what] = told.get(finding.what, 0) + 1
        if told[finding.what] <= MOST_OF_A_KIND:
            yield CODES[finding.what], _sentence(finding.what, _short(finding.about))


def _sentence(what: Stumble, about: str) -> str:
    sentences = {
        Stumble.TITLE_SAME: _("The title is the same as in the original."),
        Stumble.PARAGRAPH_SAME: _("This paragraph is the same as in the original: “%(about)s”."),
        Stumble.NUMBER_MISSING: _("In the original stands %(about)s; in the translation not."),
        Stumble.NUMBER_ADDED: _("In the translation stands %(about)s; in the original not."),
        Stumble.NAME_MISSING: _("The original names %(about)s; the translation does not."),
    }
    return sentences[what] % {"about": about}


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
