"""XML written element by element: indented, escaped, nothing that a reader would have to refuse."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from khuevan.plain.edxml import messages, texts
from khuevan.plain.edxml.envelope import VIETNAM
from khuevan.plain.edxml.fields import FIRST_YEAR
from khuevan.plain.edxml.vocabulary import PREFIX

# Lines of 76 characters; so many of them are encoded at a time that memory stays small.
_LINE_BYTES: Final = 57
_SLICE: Final = _LINE_BYTES * 4096

Value = str | int | bool | date | datetime | None


class Markup:
    """A message while it is written; elements have the prefix edXML while `prefixed`."""

    def __init__(self) -> None:
        """A message that has its XML declaration and nothing else."""
        self._out = io.BytesIO()
        self._depth = 0
        self.prefixed = False
        self._out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')

    def getvalue(self) -> bytes:
        """The bytes written so far."""
        return self._out.getvalue()

    @contextmanager
    def element(self, name: str, attributes: str = "") -> Iterator[None]:
        """An element around what is written within; `attributes` are written as they are."""
        tag = self._tag(name)
        self._line(f"<{tag}{attributes}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{tag}>")

    def field(self, name: str, value: Value) -> None:
        """An element with a value; nothing where there is none. Refuses control characters."""
        text = _as_text(name, value)
        if text:
            if texts.has_control_characters(text):
                raise messages.refused(messages.UNWRITABLE_CHARACTER, field=name)
            tag = self._tag(name)
            self._line(f"<{tag}>{_escaped(text)}</{tag}>")

    def base64(self, name: str, data: bytes) -> None:
        """An element with bytes in lines of base64; not indented, as not every decoder passes over spaces."""
        tag = self._tag(name)
        self._line(f"<{tag}>")
        for start in range(0, len(data), _SLICE):
            self._out.write(base64.encodebytes(data[start : start + _SLICE]))
        self._out.write(f"</{tag}>\n".encode())

    def _tag(self, name: str) -> str:
        return f"{PREFIX}:{name}" if self.prefixed else name

    def _line(self, text: str) -> None:
        self._out.write(f"{'  ' * self._depth}{text}\n".encode())


def _as_text(name: str, value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) >= 1_000_000_000:
            raise messages.refused(messages.UNWRITABLE_NUMBER, field=name, number=value)
        return str(value)
    if value.year < FIRST_YEAR:
        raise messages.refused(messages.UNWRITABLE_DATE, field=name, day=f"{value:%Y-%m-%d}")
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%Y/%m/%d %H:%M:%S}"
    return f"{value:%Y/%m/%d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
