"""Marks within a paragraph: read into pieces, numbered for a file, put back, compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Final

MARKS: Final = frozenset({"a", "abbr", "acronym", "b", "code", "em", "i", "strong"})
BREAK: Final = "br"
_DEEPEST: Final = 20


class BrokenMarks(ValueError):
    """The marks do not nest, are none that a paragraph may have, or bear what they must not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its element, and the name of the link that it stands for (links alone have one)."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or where a mark begins or ends (`kind`: text, open, close, break)."""

    kind: str
    text: str = ""
    mark: Mark | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.stack: list[Mark] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == BREAK and not values:
            self.pieces.append(Piece("break"))
            return
        link = values.pop("id", "") or ""
        if tag not in MARKS or values or (link and tag != "a") or len(self.stack) >= _DEEPEST:
            raise BrokenMarks(tag)
        mark = Mark(tag, link)
        self.stack.append(mark)
        self.pieces.append(Piece("open", mark=mark))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != BREAK:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == BREAK:
            return
        if not self.stack or self.stack[-1].name != tag:
            raise BrokenMarks(tag)
        self.pieces.append(Piece("close", mark=self.stack.pop()))

    def handle_data(self, data: str) -> None:
        self.pieces.append(Piece("text", data))

    def handle_comment(self, data: str) -> None:
        raise BrokenMarks("comment")

    def handle_decl(self, decl: str) -> None:
        raise BrokenMarks("declaration")

    def unknown_decl(self, data: str) -> None:
        raise BrokenMarks("declaration")

    def handle_pi(self, data: str) -> None:
        raise BrokenMarks("instruction")


def pieces_of(text: str) -> list[Piece]:
    """The paragraph in pieces; raises BrokenMarks where its marks are none that it may have."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.stack:
        raise BrokenMarks(reader.stack[-1].name)
    return list(_joined(reader.pieces))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    words = ""
    for piece in pieces:
        if piece.kind == "text":
            words += piece.text
            continue
        if words:
            yield Piece("text", words)
            words = ""
        yield piece
    if words:
        yield Piece("text", words)


def written(pieces: list[Piece]) -> str:
    """The pieces as one paragraph again, always in the same spelling."""
    parts: list[str] = []
    for piece in pieces:
        if piece.kind == "text":
            parts.append(escape(piece.text, quote=False))
        elif piece.kind == "break":
            parts.append("<br/>")
        elif piece.mark is not None:
            name = f' id="{escape(piece.mark.link)}"' if piece.mark.link else ""
            parts.append(f"<{piece.mark.name}{name}>" if piece.kind == "open" else f"</{piece.mark.name}>")
    return "".join(parts)


def canonical(text: str) -> str:
    """The paragraph in the one spelling by which two are compared; as it is where its marks are broken."""
    try:
        return written(pieces_of(text))
    except BrokenMarks:
        return text


def plain_words(text: str) -> str:
    """What the paragraph says, without its marks; a break becomes a space."""
    try:
        pieces = pieces_of(text)
    except BrokenMarks:
        return " ".join(re.sub(r"<[^>]*>", " ", text).split())
    words = "".join(piece.text if piece.kind == "text" else " " * (piece.kind == "break") for piece in pieces)
    return " ".join(words.split())


def labelled(pieces: list[Piece]) -> dict[str, Mark | None]:
    """The paragraph's marks by the label that each has in a file, in reading order; a break is None.

    A link's label is its name (`a1`), all else is counted from 1.
    """
    table: dict[str, Mark | None] = {}
    for piece in pieces:
        if piece.kind == "open" and piece.mark is not None:
            named = piece.mark.link if piece.mark.link not in table else ""
            table[named or str(len(table) + 1)] = piece.mark
        elif piece.kind == "break":
            table[str(len(table) + 1)] = None
    return table


def labels_for(pieces: list[Piece], table: dict[str, Mark | None]) -> list[str]:
    """Which label each mark of a translation has by the table of its source, in reading order.

    Like marks take the labels of the source's like marks in order; one that the source has not gets one beyond.
    """
    free = dict(table)
    found: list[str] = []
    for piece in pieces:
        if piece.kind not in ("open", "break"):
            continue
        label = next((label for label, mark in free.items() if mark == piece.mark), None)
        if label is None:
            label = f"{len(table) + len(found) + 1}"
        free.pop(label, None)
        found.append(label)
    return found


def differing_marks(source: str, target: str) -> tuple[list[str], list[str]]:
    """The marks that a translation lacks, and those that it has beyond its source's; raises BrokenMarks."""
    there = Counter(_names(pieces_of(source)))
    here = Counter(_names(pieces_of(target)))
    return sorted((there - here).elements()), sorted((here - there).elements())


def _names(pieces: list[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind == "break":
            yield "<br/>"
        elif piece.kind == "open" and piece.mark is not None:
            yield written([piece])
