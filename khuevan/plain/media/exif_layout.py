"""The directories of an EXIF block: read within bounds, and entries taken out in place.

Nothing moves when an entry is taken out, so that what points into the block (a maker's note, a thumbnail)
still points right. Source: CIPA DC-008 (Exif 3.0), section 4.6.2, after TIFF 6.0, section 2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage

EXIF_IFD: Final = 0x8769
GPS_IFD: Final = 0x8825
INTEROP_IFD: Final = 0xA005
_POINTERS: Final = frozenset({EXIF_IFD, GPS_IFD, INTEROP_IFD})
_THUMBNAIL: Final = (0x0201, 0x0202)
_STRIPS: Final = (0x0111, 0x0117)

_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_ENTRIES: Final = 1_000
_DIRECTORIES: Final = 8
_NUMBER_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its tag, type and count, where it stands, and where its value lies in the block."""

    tag: int
    type: int
    count: int
    at: int
    value_at: int
    value_bytes: int


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory by the tag that points to it (0 for the first, 1 for the thumbnail's)."""

    name: int
    at: int
    entries: tuple[Entry, ...]
    next_at: int

    def entry(self, tag: int) -> Entry | None:
        """The first entry with that tag."""
        return next((entry for entry in self.entries if entry.tag == tag), None)


class ExifBlock:
    """An EXIF block with its directories; raises `Damage` where it cannot be followed."""

    def __init__(self, data: bytes) -> None:
        """Takes the block from its byte order mark on."""
        if data[:4] not in (b"II*\x00", b"MM\x00*"):
            raise Damage(0)
        self.data = data
        self.order = "<" if data.startswith(b"II") else ">"
        self.directories: tuple[Directory, ...] = tuple(self._read())

    def directory(self, name: int) -> Directory | None:
        """The directory of that name."""
        return next((each for each in self.directories if each.name == name), None)

    def value(self, entry: Entry) -> bytes:
        """The bytes of a value."""
        return self.data[entry.value_at : entry.value_at + entry.value_bytes]

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The values of an entry of whole numbers; of fractions, numerators and denominators in turn."""
        letter = {1: "B", 3: "H", 4: "L", 5: "L", 9: "l", 10: "l", 13: "L"}.get(entry.type)
        if letter is None or entry.value_bytes > _NUMBER_BYTES:
            return ()
        value = self.value(entry)
        return struct.unpack(
            f"{self.order}{len(value) // struct.calcsize(self.order + letter)}{letter}", value
        )

    def without(self, tags: frozenset[int], *, orphans: bool) -> bytes:
        """The block, as long as before, without the entries of these tags and without what they point to.

        Without `orphans`, bytes that no entry points to become zero as well: an editor may have left a
        position there.
        """
        out = bytearray(self.data)
        kept = [directory for directory in self.directories if directory.name not in tags]
        for directory in self.directories:
            for entry in directory.entries:
                if entry.tag in tags or directory not in kept:
                    _blank(out, entry.value_at, entry.value_bytes)
            if directory not in kept:
                _blank(out, directory.at, 6 + 12 * len(directory.entries))
        if not orphans:
            _blank_all_but(out, self._covered(tags))
        # A damaged block may lay what goes over what stays: the outline is written last.
        out[:8] = self.data[:8]
        for directory in kept:
            self._close_up(out, directory, tags)
        return bytes(out)

    def _read(self) -> Iterator[Directory]:
        seen: set[int] = set()
        waiting = [(0, *self._unpack("L", 4))]
        while waiting:
            name, at = waiting.pop(0)
            if at in seen or len(seen) >= _DIRECTORIES:
                raise Damage(at)
            seen.add(at)
            directory = self._directory(name, at)
            yield directory
            for entry in directory.entries:
                if entry.tag in _POINTERS and (numbers := self.numbers(entry)):
                    waiting.append((entry.tag, numbers[0]))
            # The first directory is followed by that of the thumbnail; others are followed by none.
            if name == 0 and directory.next_at:
                waiting.append((1, directory.next_at))

    def _directory(self, name: int, at: int) -> Directory:
        (count,) = self._unpack("H", at)
        if count > _ENTRIES:
            raise Damage(at)
        entries = tuple(self._entry(at + 2 + 12 * index) for index in range(count))
        behind = at + 2 + 12 * count
        # Some writers leave the last pointer out at the end of the block.
        next_at = self._unpack("L", behind)[0] if behind + 4 <= len(self.data) else 0
        return Directory(name, at, entries, next_at)

    def _entry(self, at: int) -> Entry:
        tag, kind, count = self._unpack("HHL", at)
        length = _SIZES.get(kind, 1) * count
        value_at = at + 8 if length <= 4 else self._unpack("L", at + 8)[0]
        if value_at + length > len(self.data):
            raise Damage(at)
        return Entry(tag, kind, count, at, value_at, length)

    def _unpack(self, letters: str, at: int) -> tuple[int, ...]:
        try:
            return struct.unpack_from(self.order + letters, self.data, at)
        except struct.error:
            raise Damage(at) from None

    def _close_up(self, out: bytearray, directory: Directory, tags: frozenset[int]) -> None:
        """Writes a directory anew in its place, shorter where entries went, zeros behind it."""
        kept = [entry for entry in directory.entries if entry.tag not in tags]
        whole = bytearray(struct.pack(self.order + "H", len(kept)))
        for entry in kept:
            whole += self.data[entry.at : entry.at + 12]
        whole += struct.pack(self.order + "L", directory.next_at)
        end = min(directory.at + 6 + 12 * len(directory.entries), len(out))
        length = end - directory.at
        out[directory.at : end] = bytes(whole[:length]).ljust(length, b"\0")

    def _covered(self, tags: frozenset[int]) -> Iterator[tuple[int, int]]:
        """The stretches of the block, from and to, that entries which stay point to."""
        yield 0, 8
        for directory in self.directories:
            if directory.name in tags:
                continue
            kept = [entry for entry in directory.entries if entry.tag not in tags]
            yield directory.at, directory.at + 6 + 12 * len(kept)
            for entry in kept:
                yield entry.value_at, entry.value_at + entry.value_bytes
            for places, lengths in (_THUMBNAIL, _STRIPS):
                place, length = directory.entry(places), directory.entry(lengths)
                if place is not None and length is not None:
                    for at, size in zip(self.numbers(place), self.numbers(length), strict=False):
                        yield at, at + size


def _blank(out: bytearray, at: int, length: int) -> None:
    end = min(at + length, len(out))
    if at < end:
        out[at:end] = bytes(end - at)


def _blank_all_but(out: bytearray, covered: Iterator[tuple[int, int]]) -> None:
    at = 0
    for start, end in sorted(covered):
        _blank(out, at, max(0, start - at))
        at = max(at, end)
    _blank(out, at, len(out) - at)
