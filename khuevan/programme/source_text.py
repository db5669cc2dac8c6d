"""The text of a plan as a page shows it: paragraphs cut at the places of tasks, duties and legal bases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from khuevan.plain.official_documents.document import OfficialDocument, Place, Section


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A run of text that belongs to the same items. `items` are their keys, space between; empty for none.

    `anchors` are the items of which this is the first part; `start` says that an item begins here.
    """

    text: str
    items: str
    anchors: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class ItemMark:
    """An item that begins in a paragraph: its key, its kind (t, d, b), and its number counted from 1."""

    key: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """One paragraph: `number` is its place in the reading, `items` what begins in it."""

    number: int
    parts: tuple[MarkedPart, ...]
    items: tuple[ItemMark, ...]
    is_heading: bool


def item_places(document: OfficialDocument) -> dict[str, Place]:
    """Where each item stands, by key: b0 the first legal basis, t0 the first task, d0 the first duty."""
    groups: tuple[tuple[str, Iterable[Place | None]], ...] = (
        ("b", (item.place for item in document.legal_bases)),
        ("t", (item.place for item in document.tasks)),
        ("d", (item.place for item in document.duties)),
    )
    return {
        f"{letter}{number}": place
        for letter, places in groups
        for number, place in enumerate(places)
        if place is not None
    }


def marked_paragraphs(document: OfficialDocument) -> list[SourceParagraph]:
    """The document's paragraphs in order, each cut where an item begins or ends; empty ones are left out."""
    lines = set(_heading_lines(document.sections))
    headings = {number for number, text in enumerate(document.paragraphs) if text in lines}
    return _marked(document.paragraphs, item_places(document), headings)


def _heading_lines(sections: Iterable[Section]) -> Iterator[str]:
    """The lines that print the headings: "II. NỘI DUNG", "1. Mục đích", "a) …", "Phụ lục I"."""
    for section in sections:
        if section.heading:
            yield section.heading
            yield from (f"{section.label}{mark} {section.heading}" for mark in (".", ")", ":", ""))
        yield from _heading_lines(section.children)


def _marked(
    paragraphs: tuple[str, ...], places: Mapping[str, Place], headings: set[int]
) -> list[SourceParagraph]:
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for key, place in places.items():
        for number in range(place.paragraph, min(place.last_paragraph, len(paragraphs) - 1) + 1):
            length = len(paragraphs[number])
            start = place.start if number == place.paragraph else 0
            end = min(place.end, length) if number == place.last_paragraph else length
            if start < end:
                spans[number].append((start, end, key))
    begun: set[str] = set()
    found = []
    for number, text in enumerate(paragraphs):
        if not text:
            continue
        parts = tuple(_parts(text, spans.get(number, []), begun))
        begins = tuple(ItemMark(key, key[0], int(key[1:]) + 1) for part in parts for key in part.anchors)
        found.append(SourceParagraph(number, parts, begins, number in headings and not begins))
    return found


def _parts(text: str, spans: list[tuple[int, int, str]], begun: set[str]) -> Iterator[MarkedPart]:
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    for start, end in pairwise(cuts):
        keys = [key for first, last, key in spans if first <= start and end <= last]
        anchors = tuple(key for key in keys if key not in begun)
        begun.update(keys)
        yield MarkedPart(text[start:end], " ".join(keys), anchors, keys[-1][0] if keys else "")
