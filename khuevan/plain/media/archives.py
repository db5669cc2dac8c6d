"""The directory at the end of a ZIP archive: whether a file has one, and what it lists.

Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.windows import Windows

# The end record is 22 bytes and a comment of up to 64 KB.
END_BYTES: Final = 22 + 65_535
_END: Final = struct.Struct("<4s4H2LH")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,  # zipfile's answer to an encrypted entry
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


class BrokenArchive(Exception):
    """The archive is damaged, cut off, encrypted, or has other bytes before or behind it."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Where an archive begins and ends in a file, in bytes, and what its end record claims."""

    start: int
    stop: int
    entries: int
    directory_bytes: int


def end_of_directory(windows: Windows) -> Directory | None:
    """The archive whose end record stands at the end of the file; None where there is none, or it is empty.

    A record counts only where a directory stands just before it: the four bytes of its mark alone may
    turn up in any picture.
    """
    tail = windows.tail(END_BYTES)
    base = windows.size - len(tail)
    at = tail.rfind(b"PK\x05\x06")
    while at != -1:
        if at + _END.size <= len(tail):
            _, _, _, _, entries, size, offset, comment = _END.unpack_from(tail, at)
            begin = base + at - size
            if begin >= 0 and windows.read(begin, 4) == b"PK\x01\x02":
                return Directory(begin - offset, base + at + _END.size + comment, entries, size)
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return None


def contents(windows: Windows) -> list[zipfile.ZipInfo]:
    """The entries of an archive; raises `BrokenArchive`."""
    try:
        with zipfile.ZipFile(_Seekable(windows)) as archive:
            return archive.infolist()
    except _BROKEN:
        raise BrokenArchive from None


def part(windows: Windows, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The first bytes of an entry, at most `limit`; raises `BrokenArchive`."""
    try:
        with zipfile.ZipFile(_Seekable(windows)) as archive, archive.open(entry) as opened:
            return opened.read(limit)
    except _BROKEN:
        raise BrokenArchive from None


class _Seekable(io.RawIOBase):
    """Windows as the file that zipfile reads."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._windows.size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._at = base + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        length = self._windows.size if size is None or size < 0 else size
        data = self._windows.read(self._at, length)
        self._at += len(data)
        return data
