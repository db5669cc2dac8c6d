"""Small helps for whoever writes a piece: what keeps it back, then what would make it better. Never about people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from khuevan.newsroom.link_hints import link_hints
from khuevan.newsroom.models import LibraryDocument, StoryPage
from khuevan.newsroom.rules import Problem, problems_of
from khuevan.newsroom.translation.reading import body_paragraphs
from khuevan.plain.writing_hints import (
    LongSentence,
    Unit,
    average_length,
    is_summary_short,
    is_title_short,
    long_sentences,
    measure_of,
    skipped_headings,
)

# A list that never ends is not read.
MOST_SENTENCES = 5
_HEADING = re.compile(r"<h([2-6])[^>]*>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
_MARK = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'(linktype|id)="([^"]*)"')


def hints_of(story: StoryPage) -> list[Problem]:
    """What is not in order with the piece as it stands, then advice; those that keep it back first."""
    found = [*problems_of(story), *writing_hints(story)]
    return [hint for hint in found if hint.blocks] + [hint for hint in found if not hint.blocks]


def writing_hints(story: StoryPage) -> Iterator[Problem]:
    """Advice on the text: headings, links, sentences, lengths, what it serves."""
    language = story.locale.language_code
    for place in _skipped(story):
        yield _advice(
            "NR-30",
            _("The heading “%(heading)s” skips a step: a larger one comes first."),
            heading=place,
        )
    yield from _dead_links(story)
    yield from link_hints(story)
    yield from _long(story, language)
    if is_title_short(story.title, language):
        yield _advice("NR-33", _("The title is very short: say what is new."))
    if is_summary_short(story.summary, language):
        yield _advice("NR-34", _("The summary is very short: lists and search engines show nothing else."))
    if not story.served_tasks.all():
        yield _advice("NR-35", _("No task is named that the piece serves: published, it proves no work."))
    if not story.topics.all():
        yield _advice("NR-36", _("No topic is chosen: readers of a topic do not find the piece."))


def reading_measure(story: StoryPage) -> str:
    """How long the sentences are on average, in the unit of the language; empty without a text."""
    language = story.locale.language_code
    length = average_length(" ".join(body_paragraphs(story)), language)
    if not length:
        return ""
    sentences = {
        Unit.WORDS: _("On average %(length)s words a sentence; over %(longest)s is hard to read at once."),
        Unit.SYLLABLES: _(
            "On average %(length)s syllables a sentence; over %(longest)s is hard to read at once."
        ),
        Unit.CHARACTERS: _(
            "On average %(length)s characters a sentence; over %(longest)s is hard to read at once."
        ),
    }
    measure = measure_of(language)
    return sentences[measure.unit] % {"length": length, "longest": measure.longest}


def _advice(code: str, sentence: str, /, **values: Any) -> Problem:
    return Problem(code, sentence % values if values else sentence, blocks=False)


def _texts(value: Any) -> Iterator[str]:
    """The rich texts in a block's value, as they are stored."""
    if hasattr(value, "source"):
        yield value.source
    elif hasattr(value, "keys"):
        for name in value:
            yield from _texts(value[name])


def _rich_texts(story: StoryPage) -> list[str]:
    return [text for block in story.body for text in _texts(block.value)]


def _skipped(story: StoryPage) -> Iterator[str]:
    headings = [found for text in _rich_texts(story) for found in _HEADING.findall(text)]
    for place in skipped_headings([int(level) for level, _words in headings]):
        yield _short(" ".join(unescape(_MARK.sub("", headings[place][1])).split()))


def _dead_links(story: StoryPage) -> Iterator[Problem]:
    """Links within the house that lead nowhere; what jobs know of others is in `khuevan.newsroom.link_hints`."""
    wanted: dict[str, set[int]] = {"page": set(), "document": set()}
    for text in _rich_texts(story):
        for link in _LINK.findall(text):
            named = dict(_ATTRIBUTE.findall(link))
            if named.get("linktype") in wanted and named.get("id", "").isdigit():
                wanted[named["linktype"]].add(int(named["id"]))
    if wanted["page"]:
        live = dict(Page.objects.filter(pk__in=wanted["page"]).values_list("pk", "live"))
        titles = dict(Page.objects.filter(pk__in=wanted["page"]).values_list("pk", "title"))
        for key in sorted(wanted["page"]):
            if key not in live:
                yield _advice("NR-31", _("A link leads to a page that is gone."))
            elif not live[key]:
                yield _advice(
                    "NR-31", _("A link leads to “%(title)s”, which is not published."), title=titles[key]
                )
    if wanted["document"]:
        there = set(LibraryDocument.objects.filter(pk__in=wanted["document"]).values_list("pk", flat=True))
        for _key in sorted(wanted["document"] - there):
            yield _advice("NR-31", _("A link leads to a document that is gone."))


def _long(story: StoryPage, language: str) -> Iterator[Problem]:
    found = [
        sentence
        for text in (story.summary, *body_paragraphs(story))
        for sentence in long_sentences(text, language)
    ]
    for sentence in found[:MOST_SENTENCES]:
        yield _advice("NR-32", _long_words(sentence), length=sentence.length, sentence=_short(sentence.text))


def _long_words(sentence: LongSentence) -> str:
    return {
        Unit.WORDS: _("A sentence of %(length)s words: “%(sentence)s”. Two are easier to read."),
        Unit.SYLLABLES: _("A sentence of %(length)s syllables: “%(sentence)s”. Two are easier to read."),
        Unit.CHARACTERS: _("A sentence of %(length)s characters: “%(sentence)s”. Two are easier to read."),
    }[sentence.unit]


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69].rstrip()}…"
