"""A sentence where it stands in the plan: the paragraphs around it, its own words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A neighbour only says where one is; a page of it would hide the sentence itself.
NEIGHBOUR_LENGTH = 260


@dataclass(frozen=True, slots=True)
class ContextParagraph:
    """One paragraph: `marked` is the sentence's part of it, empty in a neighbour. `number` is its place."""

    number: int
    before: str
    marked: str
    after: str


def sentence_in_context(
    paragraphs: Sequence[str], place: Mapping[str, Any] | None, around: int = 1
) -> tuple[ContextParagraph, ...]:
    """The paragraphs of the place, and `around` of those with words on either side, cut to their first words.

    Nothing without a place, nor for one beyond the text: a reading may give way to a shorter one.
    """
    if place is None:
        return ()
    first, last = int(place["paragraph"]), int(place["last_paragraph"])
    if not 0 <= first <= last < len(paragraphs):
        return ()
    found = []
    for number in range(first, last + 1):
        text = paragraphs[number]
        start = int(place["start"]) if number == first else 0
        end = int(place["end"]) if number == last else len(text)
        if text:
            found.append(ContextParagraph(number, text[:start], text[start:end], text[end:]))
    before = [number for number in range(first - 1, -1, -1) if paragraphs[number].strip()][:around]
    after = [number for number in range(last + 1, len(paragraphs)) if paragraphs[number].strip()][:around]
    return (
        *(_neighbour(paragraphs, number) for number in reversed(before)),
        *found,
        *(_neighbour(paragraphs, number) for number in after),
    )


def _neighbour(paragraphs: Sequence[str], number: int) -> ContextParagraph:
    """The paragraph's first words."""
    text = paragraphs[number]
    if len(text) > NEIGHBOUR_LENGTH:
        text = f"{text[: text.rfind(' ', 0, NEIGHBOUR_LENGTH)]}…"
    return ContextParagraph(number, text, "", "")


def own_words(paragraphs: Sequence[ContextParagraph]) -> tuple[ContextParagraph, ...]:
    """Only the marked words, for a person who may not read what stands around them."""
    return tuple(ContextParagraph(part.number, "", part.marked, "") for part in paragraphs if part.marked)
