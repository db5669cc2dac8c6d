"""Pieces of a file by their place, so that a recording of gigabytes is judged without being read whole."""

from __future__ import annotations

import io
from typing import BinaryIO


class Windows:
    """A file of which pieces can be read; `size` is its length in bytes."""

    def __init__(self, source: bytes | BinaryIO) -> None:
        """Takes bytes, or an open file that can seek."""
        self._file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source
        self.size = self._file.seek(0, io.SEEK_END)

    def read(self, at: int, length: int) -> bytes:
        """The bytes from `at`, fewer or none where the file ends before."""
        if at >= self.size or at < 0:
            return b""
        self._file.seek(at)
        return self._file.read(length)

    def tail(self, length: int) -> bytes:
        """The last bytes of the file."""
        return self.read(max(0, self.size - length), length)
