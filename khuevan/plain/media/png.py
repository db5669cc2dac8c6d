"""The chunks of a PNG file, read and written without touching the compressed pixels.

Source: W3C PNG, third edition, section 5 (signature, chunk layout, CRC).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# Writers cut the pixels into chunks of some kilobytes, so that honest files have many.
_CHUNKS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its type of four letters, and its bytes."""

    type: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class PngFile:
    """The chunks of a PNG file from IHDR to IEND, and how many bytes follow."""

    chunks: tuple[Chunk, ...]
    trailing: int

    @property
    def declared_size(self) -> tuple[int, int]:
        """Width and height that the header claims."""
        header = self.chunks[0].data
        return int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")


def read_png(data: bytes, limits: Limits = DEFAULT_LIMITS) -> PngFile:
    """The chunks of a PNG file; raises `Damage` (a wrong checksum is some) or `TooManyPieces`."""
    if not data.startswith(SIGNATURE):
        raise Damage(0)
    chunks: list[Chunk] = []
    others, at = 0, len(SIGNATURE)
    while not chunks or chunks[-1].type != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if at + 12 > len(data) or end > len(data):
            raise Damage(at, cut_off=True)
        chunk = Chunk(data[at + 4 : at + 8], data[at + 8 : end - 4])
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise Damage(at)
        if not chunks and (chunk.type != b"IHDR" or len(chunk.data) != 13):
            raise Damage(at)
        others += chunk.type not in (b"IDAT", b"fdAT", b"fcTL")
        if others > limits.segments or len(chunks) > _CHUNKS:
            raise TooManyPieces
        chunks.append(chunk)
        at = end
    return PngFile(tuple(chunks), trailing=len(data) - at)


def write_png(chunks: Iterable[Chunk]) -> bytes:
    """A PNG file of these chunks."""
    parts = [SIGNATURE]
    for chunk in chunks:
        checksum = zlib.crc32(chunk.data, zlib.crc32(chunk.type))
        parts += (
            len(chunk.data).to_bytes(4, "big"),
            chunk.type,
            chunk.data,
            checksum.to_bytes(4, "big"),
        )
    return b"".join(parts)
