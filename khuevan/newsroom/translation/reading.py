"""A piece as its reader reads it: title, summary and paragraphs, without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from khuevan.newsroom.models import StoryPage
from khuevan.plain.translation_checks import Words

_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<hr\s*/?>|<br\s*/?>", re.IGNORECASE)
_MARK = re.compile(r"<[^>]*>")
# What a block says in words; pictures are told apart by what the library says of them.
_WORDS = (
    "quote", "speaker", "post", "question", "answer", "title", "name", "value", "source", "caption", "description",
)  # fmt: skip


def words_of_piece(story: StoryPage) -> Words:
    """The piece's words for comparing it with another language."""
    paragraphs = tuple(text for text in (story.summary.strip(), *body_paragraphs(story)) if text)
    return Words(story.locale.language_code, story.title, paragraphs)


def reading(story: StoryPage) -> list[str]:
    """Every paragraph of the piece in reading order, the title first."""
    said = words_of_piece(story)
    return [said.title, *said.paragraphs]


def body_paragraphs(story: StoryPage) -> list[str]:
    """The paragraphs of the body in reading order."""
    return [text for block in story.body for text in _said(block.value)]


def paragraphs_of_html(html: str) -> Iterator[str]:
    """The paragraphs, headings and items of a rich text, without their marks."""
    for part in _ENDS.split(html):
        text = " ".join(unescape(_MARK.sub("", part)).split())
        if text:
            yield text


def _said(value: Any) -> Iterator[str]:
    if hasattr(value, "source"):
        yield from paragraphs_of_html(value.source)
    elif isinstance(value, str):
        if text := " ".join(value.split()):
            yield text
    elif hasattr(value, "bound_blocks") and not hasattr(value, "keys"):
        for item in value:
            yield from _said(item)
    elif hasattr(value, "keys"):
        for name in value:
            if name in _WORDS or name in ("facts", "pictures"):
                yield from _said(value[name])
