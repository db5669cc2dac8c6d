"""Verification of an exported audit trail from the file alone: no database, one line in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from khuevan.plain.audit_chain import FORM, FORMAT, LONGEST_LINE, canonical, digest
from khuevan.plain.audit_walk import Finding, Walk

_HEADER = {
    "type": str,
    "format": str,
    "form": int,
    "installation": str,
    "made_at": str,
    "made_by": str,
    "entries": int,
}
_ENTRY = {"type": str, "form": int, "position": int, "previous": str, "digest": str}
_END = {"type": str, "form": int, "entries": int, "head": str, "header": str}
# What a database's keys hold.
_LARGEST = 2**63 - 1


class UnreadableTrail(ValueError):
    """The file is no exported trail at all, or one of a later version; the message says which."""


class _Unreadable(ValueError):
    """One line that cannot be read; the message ends the sentence "Line 7 …"."""


class TrailFile:
    """An exported trail being read: its header at once, its findings by `findings()`.

    `entries` and `head` are the position reached and its digest; they are complete once the findings have
    been read to their end.
    """

    def __init__(self, file: BinaryIO, longest_line: int = LONGEST_LINE) -> None:
        """Reads the header; raises UnreadableTrail where the file does not begin with one."""
        self._file = file
        self._longest = longest_line
        self._number = 0
        self._walk = Walk()
        self.header = self._read_header()
        self.installation: str = self.header["installation"]
        self.made_at: str = self.header["made_at"]
        self.made_by: str = self.header["made_by"]

    @property
    def entries(self) -> int:
        """The last position read so far."""
        return self._walk.position

    @property
    def head(self) -> str:
        """The digest at that position."""
        return self._walk.head

    def findings(self) -> Iterator[Finding]:
        """Every break in the file, in its order; none from a file that is as it was exported."""
        ended = False
        unread = 0
        while raw := self._next_raw():
            if ended:
                yield Finding(0, f"Line {self._number} stands behind the end of the trail.")
                return
            if not raw.endswith(b"\n") and len(raw) <= self._longest:
                # Only the last line can lack its line feed: told below.
                break
            try:
                content = self._content(raw)
                is_end = content.get("type") == "end"
                _check_form(content, _END if is_end else _ENTRY)
            except _Unreadable as error:
                yield Finding(
                    self.entries + 1, f"Line {self._number}, after position {self.entries}, {error}"
                )
                unread += 1
                continue
            if is_end:
                ended = True
                yield from self._end(content)
            else:
                self._walk.unread(unread, content["position"], content["previous"])
                unread = 0
                written = content.pop("digest")
                yield from self._walk.step(content, written)
        if not ended:
            yield Finding(
                self.entries + 1,
                f"The file is cut after position {self.entries}: the line that ends a trail is not there.",
            )

    def digests(self) -> Iterator[tuple[int, str]]:
        """Position and digest of each line that can be read, in the file's order, without checking anything."""
        while raw := self._next_raw():
            try:
                content = self._content(raw)
                _check_form(content, _ENTRY)
            except _Unreadable:
                continue
            yield content["position"], content["digest"]

    def _end(self, content: dict[str, Any]) -> Iterator[Finding]:
        said: int = content["entries"]
        if said != self.entries:
            yield Finding(
                self.entries + 1,
                f"The file ends at position {self.entries}, but its last line says {said}.",
            )
        elif content["head"] != self.head:
            yield Finding(
                self.entries, f"The last line names another digest than position {self.entries} bears."
            )
        if content["header"] != digest(self.header):
            yield Finding(0, "The first line was changed: it is not the one that the last line names.")
        elif self.header["entries"] != said:
            yield Finding(
                0, f"The first line promises {self.header['entries']} entries, the last says {said}."
            )

    def _read_header(self) -> dict[str, Any]:
        raw = self._next_raw()
        if not raw:
            raise UnreadableTrail("The file is empty.")
        try:
            content = self._content(raw)
            if content.get("format") != FORMAT:
                raise _Unreadable("is not the first line of an audit trail.")
            if isinstance(content.get("form"), int) and content["form"] > FORM:
                raise UnreadableTrail(
                    f"The file is written in form {content['form']}: a newer Khuê Văn than this one made it."
                )
            _check_form(content, _HEADER)
        except _Unreadable as error:
            raise UnreadableTrail(f"This is no exported audit trail: line 1 {error}") from error
        return content

    def _next_raw(self) -> bytes:
        """The next line with its line feed, cut off one byte behind the longest that is read; empty at the end."""
        raw = self._file.readline(self._longest + 1)
        rest = raw
        while len(rest) > self._longest and not rest.endswith(b"\n"):
            # Too long already: the rest of it is read past, a piece at a time.
            rest = self._file.readline(self._longest + 1)
        if raw:
            self._number += 1
        return raw

    def _content(self, raw: bytes) -> dict[str, Any]:
        """The JSON object of a line; raises _Unreadable where it is none, or not written as trails are."""
        if len(raw) > self._longest:
            raise _Unreadable(f"is longer than the {self._longest} bytes that a line may have.")
        if not raw.endswith(b"\n"):
            raise _Unreadable("is cut: it does not end with a line feed.")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise _Unreadable("is not UTF-8.") from None
        try:
            content = json.loads(text)
            written = canonical(content)
        # Nesting too deep for the parser, numbers too long for Python, NaN.
        except (ValueError, RecursionError):
            raise _Unreadable("is not JSON.") from None
        if not isinstance(content, dict):
            raise _Unreadable("is not a JSON object.")
        if written != raw[:-1]:
            # A name given twice, say: readers would see one value, the digest another.
            raise _Unreadable("is not written in the form of a trail.")
        return content


def _check_form(content: dict[str, Any], expected: dict[str, type]) -> None:
    """Raises _Unreadable where a line lacks what every line of its type has."""
    for name, kind in expected.items():
        value = content.get(name)
        sound = isinstance(value, kind) and not isinstance(value, bool)
        if isinstance(value, int):
            sound = sound and 0 <= value <= _LARGEST
        if name == "type":
            sound = value == ("end" if expected is _END else "header" if expected is _HEADER else "entry")
        if not sound:
            raise _Unreadable(f"is no line of a trail: “{name}” is missing or not what it should be.")
    if content["form"] != FORM:
        raise _Unreadable(f"is written in form {content['form']}, which this version does not know.")
