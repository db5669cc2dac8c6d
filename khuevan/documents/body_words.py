"""The words of a document's body, for search: of what the reader read, or of what it was written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# The first ten pages or so. Each save of a document indexes its words again: more would make every save slow.
MOST_CHARACTERS = 20_000


def body_words(*, reading: Mapping[str, Any] | None, content: Mapping[str, Any] | None) -> str:
    """The beginning of the document's words, at most MOST_CHARACTERS; empty where nothing was read or written.

    `reading` is a document as the reader stores it, `content` a composition as its module stores it.
    """
    if content is not None:
        words = _composition_words(content)
    elif reading is not None:
        words = iter(reading.get("paragraphs") or ())
    else:
        return ""
    collected: list[str] = []
    length = 0
    for text in words:
        collected.append(text)
        length += len(text) + 1
        if length > MOST_CHARACTERS:
            break
    return " ".join(collected)[:MOST_CHARACTERS]


def _composition_words(content: Mapping[str, Any]) -> Iterator[str]:
    yield from content.get("legal_bases") or ()
    for section in content.get("sections") or ():
        yield from _section_words(section)
    for annex in content.get("annexes") or ():
        yield annex.get("title") or ""
        for section in annex.get("sections") or ():
            yield from _section_words(section)


def _section_words(section: Mapping[str, Any]) -> Iterator[str]:
    yield section.get("heading") or ""
    for block in section.get("blocks") or ():
        if isinstance(block, str):
            yield block
        elif "runs" in block:
            yield "".join(run.get("text") or "" for run in block["runs"])
        elif "table" in block:
            yield block["table"].get("caption") or ""
            for row in block["table"].get("rows") or ():
                yield from row
    for child in section.get("children") or ():
        yield from _section_words(child)
