"""A ZIP file that is sent while it is written: nothing of it lies on a disk or whole in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# The format's own clock begins here.
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class ZipPart:
    """One file of the archive: its path inside, when it was made, and its bytes in pieces."""

    path: str
    made_at: datetime
    pieces: Iterable[bytes]


class _Outlet(io.RawIOBase):
    """What the writer of the archive takes for a file: it gives up what was written at each look."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        """It takes bytes, and cannot go back: the archive says sizes behind each file."""
        return True

    def write(self, data: Any) -> int:
        """Keeps the bytes until they are taken."""
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = bytes(self._written)
        self._written.clear()
        return data


def zip_pieces(parts: Iterable[ZipPart]) -> Iterator[bytes]:
    """The archive piece by piece; the same parts give the same bytes. Nothing is compressed: pictures are already.

    Raises ValueError for a path that is there twice or that could leave the folder into which it is unpacked.
    """
    outlet = _Outlet()
    seen: set[str] = set()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            if part.path in seen or part.path.startswith("/") or ".." in part.path.split("/"):
                raise ValueError(f"This path cannot stand in an archive: {part.path!r}.")
            seen.add(part.path)
            entry = zipfile.ZipInfo(part.path, max(part.made_at.timetuple()[:6], _EARLIEST))
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as target:
                for piece in part.pieces:
                    target.write(piece)
                    yield outlet.taken()
            yield outlet.taken()
    yield outlet.taken()
