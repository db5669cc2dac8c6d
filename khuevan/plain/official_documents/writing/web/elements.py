"""Elements of HTML: what is put into them is words, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.composition import Run
from khuevan.plain.official_documents.writing.xml_text import safe

Content = etree._Element | str
BLOCK: Final = "official-document"
_DEEPEST_HEADING: Final = 6


def h(name: str, /, *content: Content | None, part: str = "", **attributes: str) -> etree._Element:
    """The element with its content (None left out); `part` names it for the style sheet.

    An attribute's underscores are hyphens, one at the end goes: `aria_label`, `for_`.
    """
    element = etree.Element(name)
    if part:
        element.set("class", f"{BLOCK}__{part}")
    for key, value in attributes.items():
        element.set(key.rstrip("_").replace("_", "-"), safe(value))
    last: etree._Element | None = None
    for piece in content:
        if isinstance(piece, str):
            words = safe(piece)
            if last is None:
                element.text = (element.text or "") + words
            else:
                last.tail = (last.tail or "") + words
        elif piece is not None:
            element.append(piece)
            last = piece
    return element


def heading(level: int, *content: Content | None, part: str) -> etree._Element:
    """A heading; below h6 HTML has no element, and the level is told by ARIA."""
    if level <= _DEEPEST_HEADING:
        return h(f"h{level}", *content, part=part)
    return h("p", *content, part=part, role="heading", aria_level=str(level))


def words(runs: Iterable[Run]) -> list[Content]:
    """The runs as text, strong and em."""
    pieces: list[Content] = []
    for run in runs:
        piece: Content = run.text
        if run.italic:
            piece = h("em", piece)
        if run.bold:
            piece = h("strong", piece)
        pieces.append(piece)
    return pieces


def lines(text: str) -> list[Content]:
    """The lines of a cell, parted by breaks."""
    pieces: list[Content] = []
    for place, line in enumerate(text.split("\n")):
        if place:
            pieces.append(h("br"))
        pieces.append(line)
    return pieces
