"""The chunks of a WebP file, read and written without touching the compressed pixels.

Source: RFC 9649 (WebP container: RIFF, VP8X, order of chunks), RFC 6386 (VP8 frame header).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.media.png import Chunk

# Bits of the first byte of VP8X.
ICC_FLAG: Final = 0x20
ALPHA_FLAG: Final = 0x10
EXIF_FLAG: Final = 0x08
XMP_FLAG: Final = 0x04
_VP8_START: Final = b"\x9d\x01\x2a"
_VP8L_START: Final = b"\x2f"


@dataclass(frozen=True, slots=True)
class WebpFile:
    """The chunks of a WebP file in their order, and how many bytes follow what the header announces."""

    chunks: tuple[Chunk, ...]
    trailing: int


def read_webp(data: bytes, limits: Limits = DEFAULT_LIMITS) -> WebpFile:
    """The chunks of a WebP file; raises `Damage` or `TooManyPieces`."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Damage(0)
    stop = 8 + int.from_bytes(data[4:8], "little")
    if stop > len(data):
        # An odd last chunk without its padding is seen in the wild; nothing else may be missing.
        if stop - 1 != len(data):
            raise Damage(len(data), cut_off=True)
        stop = len(data)
    chunks: list[Chunk] = []
    at, frames = 12, 0
    while at + 8 <= stop:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length
        if end > stop:
            raise Damage(at, cut_off=True)
        chunks.append(Chunk(data[at : at + 4], data[at + 8 : end]))
        frames += chunks[-1].type == b"ANMF"
        if len(chunks) - frames > limits.segments or frames > 10 * limits.frames:
            raise TooManyPieces
        at = end + length % 2
    if not any(chunk.type in (b"VP8 ", b"VP8L", b"ANMF") for chunk in chunks):
        raise Damage(at)
    return WebpFile(tuple(chunks), trailing=len(data) - stop)


def write_webp(chunks: Iterable[Chunk]) -> bytes:
    """A WebP file of these chunks."""
    parts: list[bytes] = []
    for chunk in chunks:
        parts += (
            chunk.type,
            len(chunk.data).to_bytes(4, "little"),
            chunk.data,
            b"\0" * (len(chunk.data) % 2),
        )
    body = b"".join(parts)
    return b"".join((b"RIFF", (len(body) + 4).to_bytes(4, "little"), b"WEBP", body))


def declared_size(chunks: Sequence[Chunk]) -> tuple[int, int]:
    """Width and height that the file claims; raises `Damage` where its first chunk does not say them."""
    first = next((chunk for chunk in chunks if chunk.type in (b"VP8X", b"VP8 ", b"VP8L")), None)
    if first is None or len(first.data) < 10:
        raise Damage(12)
    if first.type == b"VP8X":
        width, height = first.data[4:7], first.data[7:10]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if first.type == b"VP8 ":
        if first.data[3:6] != _VP8_START:
            raise Damage(12)
        width, height = first.data[6:8], first.data[8:10]
        return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF
    if not first.data.startswith(_VP8L_START):
        raise Damage(12)
    bits = int.from_bytes(first.data[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def with_flags(chunks: Sequence[Chunk], *, exif: bool, xmp: bool) -> tuple[Chunk, ...]:
    """The chunks with a VP8X in front that says which of EXIF and XMP are there; added where it was missing."""
    flags = (EXIF_FLAG if exif else 0) | (XMP_FLAG if xmp else 0)
    if chunks and chunks[0].type == b"VP8X":
        data = chunks[0].data
        kept = data[0] & ~(EXIF_FLAG | XMP_FLAG)
        return (Chunk(b"VP8X", bytes((kept | flags,)) + data[1:]), *chunks[1:])
    if not flags:
        return tuple(chunks)
    width, height = declared_size(chunks)
    lossless = next((chunk for chunk in chunks if chunk.type == b"VP8L"), None)
    if lossless is not None and int.from_bytes(lossless.data[1:5], "little") >> 28 & 1:
        flags |= ALPHA_FLAG
    header = bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return (Chunk(b"VP8X", header), *chunks)
