"""The elements of a message with their lines; the base64 of attachments is decoded on the way.

The file is handed to the parser line by line, so that each element knows its line, and all bounds hold
while reading: what goes over one is refused before the rest is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from khuevan.plain.edxml import messages, vocabulary
from khuevan.plain.edxml.base64_stream import Base64Stream
from khuevan.plain.edxml.encoding import in_utf8
from khuevan.plain.edxml.errors import EdxmlError
from khuevan.plain.edxml.limits import MEGABYTE, Limits

_BLOCK: Final = 65_536
_ENTITY_CODES: Final = frozenset((26, 27, 28))
_BARE_SIGN_CODES: Final = frozenset((68,))
_CHARACTER_CODES: Final = frozenset((8, 9))
_ENCODING_CODES: Final = frozenset((6, 81))
_UNDECLARED_PREFIX: Final = 201


@dataclass(slots=True, eq=False)
class Element:
    """One element by its local name, and the line in which its tag ends; `data` is a decoded attachment."""

    name: str
    namespace: str
    line: int
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    data: bytes | None = None

    @property
    def text(self) -> str:
        """The text between the tags, without that of the children."""
        return "".join(self.pieces)

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The root of a message, the lines with a prefix that is not declared, the signature's algorithms."""

    root: Element
    undeclared: tuple[int, ...]
    algorithms: tuple[str, ...]


def parse(data: bytes, limits: Limits) -> Parsed:
    """The elements of a message; refuses what is no well-formed XML and what goes over a bound."""
    data, start = in_utf8(data, limits)
    builder = _Builder(limits)
    parser = etree.XMLParser(
        target=builder,  # type: ignore[arg-type]  # comments and text in bytes never come
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
    )
    first_line = data.count(b"\n", 0, start) + 1
    ended = False
    try:
        for line, piece in _pieces(data, start, first_line):
            builder.line = line
            builder.take(len(piece))
            parser.feed(piece)
        ended = True
        parser.close()
    except etree.XMLSyntaxError as error:
        line = max(first_line, (error.lineno or 1) + first_line - 1)
        raise _refusal(error.code, line, builder, ended=ended) from None  # type: ignore[attr-defined]
    if builder.root is None:
        raise messages.refused(messages.CUT_OFF, line=builder.line)
    undeclared = (entry.line for entry in parser.feed_error_log if entry.type == _UNDECLARED_PREFIX)
    return Parsed(
        builder.root,
        undeclared=tuple(line + first_line - 1 for line in undeclared),
        algorithms=tuple(builder.algorithms),
    )


def _pieces(data: bytes, start: int, line: int) -> Iterator[tuple[int, bytes]]:
    """The file in pieces with the line of each: a line of markup for itself, text in blocks."""
    position, mark = start, -1
    while position < len(data):
        if mark < position:
            mark = data.find(b"<", position)
            mark = len(data) if mark == -1 else mark
        block = min(position + _BLOCK, len(data))
        if mark >= block:
            stop = block
        else:
            # The lines before that of the mark, or, if there are none, its own line.
            stop = data.rfind(b"\n", position, mark) + 1 or data.find(b"\n", mark, block) + 1 or block
        yield line, data[position:stop]
        line += data.count(b"\n", position, stop)
        position = stop


class _Builder:
    """What the parser tells of the message, kept as elements."""

    def __init__(self, limits: Limits) -> None:
        self.root: Element | None = None
        self.line = 1
        self.open: list[Element] = []
        self.algorithms: list[str] = []
        self._limits = limits
        self._elements = 0
        self._attachments = 0
        self._decoded = 0
        self._stream: Base64Stream | None = None
        self._taken = 0
        self._encoded = 0

    def take(self, size: int) -> None:
        """Counts a piece that goes to the parser; refuses more markup than a message can need."""
        self._taken += size
        # Line ends and written-out carriage returns stand between the lines of base64.
        allowed = self._limits.markup_bytes + self._encoded // 8 + _BLOCK
        if self._taken - self._encoded > allowed:
            megabytes = self._limits.markup_bytes // MEGABYTE
            raise messages.refused(messages.TOO_MUCH_MARKUP, line=self.line, megabytes=megabytes)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise messages.refused(messages.DOCTYPE, line=self.line)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > self._limits.elements:
            raise self._over(messages.TOO_MANY_ELEMENTS, elements=self._limits.elements)
        if len(self.open) >= self._limits.depth:
            raise self._over(messages.TOO_DEEP, depth=self._limits.depth)
        if self._stream is not None:
            raise self._over(messages.NOT_BASE64)
        namespace, _, name = tag.rpartition("}")
        element = Element(name, namespace.removeprefix("{"), self.line)
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self.open.append(element)
        if name == "SignatureMethod":
            self.algorithms.append(attributes.get("Algorithm", ""))
        if name == "Attachment":
            self._attachments += 1
            if self._attachments > self._limits.attachments:
                raise self._over(messages.TOO_MANY_ATTACHMENTS, attachments=self._limits.attachments)
        elif name == "ContentTransferEncoded" and parent is not None and parent.name == "Attachment":
            self._stream = Base64Stream(self.line, self._limits, self._decoded)

    def end(self, tag: str) -> None:
        element = self.open.pop()
        if self._stream is not None:
            element.data = self._stream.close()
            self._decoded += len(element.data)
            self._stream = None

    def data(self, text: str) -> None:
        if self._stream is not None:
            self._encoded += len(text)
            self._stream.feed(text)
        elif self.open:
            self.open[-1].pieces.append(text)

    def close(self) -> None:
        """The elements are taken from `root`."""

    def _over(self, template: str, **bound: int) -> EdxmlError:
        return messages.refused(template, line=self.line, **bound)


def _refusal(code: int, line: int, builder: _Builder, *, ended: bool) -> EdxmlError:
    """The sentence for an error of the parser, by libxml2's number of it; `ended` says that nothing more came."""
    if code in _ENTITY_CODES:
        return messages.refused(messages.ENTITY, line=line)
    if code in _BARE_SIGN_CODES:
        return messages.refused(messages.BARE_SIGN, line=line)
    if code in _CHARACTER_CODES:
        return messages.refused(messages.FORBIDDEN_CHARACTER, line=line)
    if code in _ENCODING_CODES:
        return messages.refused(messages.BROKEN_ENCODING, line=line)
    if code == etree.ErrorTypes.ERR_TAG_NAME_MISMATCH and builder.open:
        still_open = builder.open[-1]
        # Only names of the standard are repeated: nothing else of the file may stand in a sentence.
        if still_open.name not in vocabulary.ELEMENTS:
            return messages.refused(messages.ANOTHER_NOT_CLOSED, line=line, opened=still_open.line)
        return messages.refused(
            messages.NOT_CLOSED, line=line, element=f"<{still_open.name}>", opened=still_open.line
        )
    return messages.refused(messages.CUT_OFF if ended else messages.NOT_WELL_FORMED, line=line)
