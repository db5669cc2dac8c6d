"""A translation beside its original, part by part, with what differs in structure: for whoever vouches for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.rich_text import RichText, expand_db_html

from khuevan.newsroom.models import StoryPage
from khuevan.plain.folding import fold

TITLE: Final = "title"
SUMMARY: Final = "summary"
# Elements that a translation keeps: what they are called is said by `_element_name`.
_COUNTED: Final = ("h2", "h3", "h4", "p", "li", "a", "hr")
_TAG: Final = re.compile(r"<([a-z][a-z0-9]*)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of a piece: the code of its kind, and its words as safe HTML."""

    kind: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of the original and that of the translation (either may be missing), and what differs, in sentences."""

    kind: str
    original: Passage | None
    translation: Passage | None
    differences: tuple[str, ...]


def side_by_side(original: StoryPage, translation: StoryPage) -> list[Pair]:
    """The parts of both in their order: title, summary, then the blocks of the bodies, the first with the first."""
    return [_pair(one, other) for one, other in zip_longest(passages_of(original), passages_of(translation))]


def passages_of(story: StoryPage) -> list[Passage]:
    """The piece's parts in the order in which they are read."""
    head = [
        Passage(TITLE, escape(story.draft_title or story.title)),
        Passage(SUMMARY, escape(story.summary)),
    ]
    return [*head, *(Passage(block.block_type, _html(block.value)) for block in story.body)]


def _html(value: Any) -> SafeString:
    """The words of a block's value, whatever its shape: rich text as it is, each other text as a paragraph."""
    if isinstance(value, RichText):
        # Wagtail's own cleaning of rich text is what the public page trusts too.
        return SafeString(expand_db_html(value.source))
    if isinstance(value, str):
        return SafeString(f"<p>{escape(value)}</p>") if value else SafeString("")
    if hasattr(value, "items") and all(isinstance(each, str) for each in value.values()):
        line = " · ".join(escape(each) for each in value.values() if each)
        return SafeString(f"<p>{line}</p>")
    if hasattr(value, "items"):
        return SafeString("".join(_html(each) for each in value.values()))
    if isinstance(value, Iterable):
        return SafeString("".join(_html(each) for each in value))
    return SafeString(f"<p>{escape(value)}</p>") if value is not None else SafeString("")


def _pair(original: Passage | None, translation: Passage | None) -> Pair:
    kind = (original or translation or Passage("", SafeString(""))).kind
    if original is None:
        return Pair(kind, None, translation, (_("The original has no such part."),))
    if translation is None:
        return Pair(kind, original, None, (_("The translation lacks this part."),))
    return Pair(kind, original, translation, tuple(_differences(original, translation)))


def _differences(original: Passage, translation: Passage) -> Iterator[str]:
    if original.kind != translation.kind:
        yield _("The parts are of different kinds.")
        return
    there, here = _words(original.html), _words(translation.html)
    if there and not here:
        yield _("The translation is empty.")
        return
    if len(there.split()) > 2 and fold(there) == fold(here):
        yield _("The words are the same as in the original.")
    before, after = _elements(original.html), _elements(translation.html)
    for name in _COUNTED:
        if before[name] != after[name]:
            yield _("%(element)s: %(before)s in the original, %(after)s in the translation.") % {
                "element": _element_name(name),
                "before": before[name],
                "after": after[name],
            }
    missing = list((_numbers(there) - _numbers(here)).elements())
    if missing:
        yield ngettext(
            "This number of the original is not in the translation: %(numbers)s.",
            "These numbers of the original are not in the translation: %(numbers)s.",
            len(missing),
        ) % {"numbers": ", ".join(missing)}


def _words(html: str) -> str:
    return " ".join(strip_tags(html.replace("<", " <")).split())


def _elements(html: str) -> Counter[str]:
    return Counter(name.lower() for name in _TAG.findall(html))


def _numbers(words: str) -> Counter[str]:
    """The numbers, whatever separates their thousands."""
    return Counter(re.sub(r"[.,\u00a0 ]", "", number) for number in _NUMBER.findall(words))


def _element_name(name: str) -> str:
    return {
        "h2": _("Headings"),
        "h3": _("Lower headings"),
        "h4": _("Lowest headings"),
        "p": _("Paragraphs"),
        "li": _("Points of lists"),
        "a": _("Links"),
        "hr": _("Lines"),
    }[name]
