"""XML written element by element into a stream: indented, escaped, well-formed whatever the texts hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, Final

from lxml import etree

from khuevan.plain.feeds import texts

Attributes = Mapping[str, str | int | None]
_NONE: Final[Attributes] = {}


class Markup:
    """A document while it is written. Names are `prefix:name`, or `name` in the default namespace."""

    def __init__(self, writer: etree._IncrementalFileWriter, namespaces: Mapping[str | None, str]) -> None:
        """Writes through lxml's `writer`; `namespaces` by prefix, None for the default one."""
        self._writer = writer
        self._namespaces = dict(namespaces)
        self._depth = 0

    @contextmanager
    def element(self, name: str, attributes: Attributes = _NONE) -> Iterator[None]:
        """An element on lines of its own around what is written within."""
        self._new_line()
        with self._opened(name, attributes):
            self._depth += 1
            yield
            self._depth -= 1
            self._writer.write("\n" + "  " * self._depth)

    def field(self, name: str, text: str, attributes: Attributes = _NONE) -> None:
        """An element that holds `text`; nothing where there is none."""
        text = texts.lines(text)
        if text:
            self._new_line()
            with self._opened(name, attributes):
                self._writer.write(text)

    def empty(self, name: str, attributes: Attributes) -> None:
        """An element that says all in its attributes; those that are None or empty are left out."""
        self._new_line()
        with self._opened(name, attributes):
            pass

    def flush(self) -> None:
        """Hands what is written so far to the stream."""
        self._writer.flush()

    @contextmanager
    def _opened(self, name: str, attributes: Attributes) -> Iterator[None]:
        written = {
            self._clark(key, attribute=True): texts.one_line(str(value))
            for key, value in attributes.items()
            if value is not None and value != ""
        }
        namespaces = self._namespaces if self._depth == 0 else None
        with self._writer.element(self._clark(name), written, nsmap=namespaces):
            yield

    def _clark(self, name: str, *, attribute: bool = False) -> str:
        prefix, colon, local = name.partition(":")
        if colon:
            return f"{{{self._namespaces[prefix]}}}{local}"
        default = None if attribute else self._namespaces.get(None)
        return f"{{{default}}}{name}" if default else name

    def _new_line(self) -> None:
        if self._depth:
            self._writer.write("\n" + "  " * self._depth)


@contextmanager
def document(
    out: BinaryIO, root: str, namespaces: Mapping[str | None, str], attributes: Attributes = _NONE
) -> Iterator[Markup]:
    """The markup of a document in UTF-8 on `out`, within its element `root`."""
    with etree.xmlfile(out, encoding="UTF-8") as writer:
        writer.write_declaration()
        markup = Markup(writer, namespaces)
        with markup.element(root, attributes):
            yield markup
