"""MP4 and WebM files of headers only, written box by box and element by element."""

from __future__ import annotations

import struct


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of an MP4 file."""
    content = b"".join(parts)
    return struct.pack(">I", len(content) + 8) + kind + content


def mp4_track(handler: bytes, codec: bytes, width: int = 0, height: int = 0) -> bytes:
    """One track."""
    header = box(b"tkhd", bytes(76), struct.pack(">II", width << 16, height << 16))
    entry = box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(8)))
    table = box(b"minf", box(b"stbl", entry))
    return box(b"trak", header, box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)), table))


def mp4(*tracks: bytes, seconds: float = 12.5, version: int = 0) -> bytes:
    """A film in MP4."""
    times = bytes(16) if version else bytes(8)
    lengths = struct.pack(">IQ" if version else ">II", 1000, int(seconds * 1000))
    header = box(b"mvhd", bytes([version, 0, 0, 0]), times, lengths, bytes(80))
    found = tracks or (mp4_track(b"vide", b"avc1", 640, 360), mp4_track(b"soun", b"mp4a"))
    return box(b"ftyp", b"isom", bytes(4), b"isom") + box(b"moov", header, *found) + box(b"mdat", bytes(20))


def element(identifier: int, content: bytes | int | float, *, unknown: bool = False) -> bytes:
    """An element of a WebM file."""
    if isinstance(content, float):
        content = struct.pack(">d", content)
    elif isinstance(content, int):
        content = content.to_bytes(max(1, (content.bit_length() + 7) // 8), "big")
    name = identifier.to_bytes((identifier.bit_length() + 7) // 8, "big")
    length = (
        (len(content) | 1 << 56).to_bytes(8, "big") if len(content) > 126 else bytes([0x80 | len(content)])
    )
    if unknown:
        length = b"\x01" + b"\xff" * 7
    return name + length + content


def webm_track(kind: int, codec: str, width: int = 0, height: int = 0) -> bytes:
    """One track."""
    picture = element(0xE0, element(0xB0, width) + element(0xBA, height)) if width else b""
    return element(0xAE, element(0x83, kind) + element(0x86, codec.encode()) + picture)


def webm(*tracks: bytes, seconds: float | None = 3.0, live: bool = False) -> bytes:
    """A film in WebM; a live one has a segment of unknown length."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    info = element(
        0x1549A966,
        element(0x2AD7B1, 1_000_000) + (element(0x4489, seconds * 1000) if seconds is not None else b""),
    )
    found = tracks or (webm_track(1, "V_VP9", 640, 360), webm_track(2, "A_OPUS"))
    content = info + element(0x1654AE6B, b"".join(found)) + element(0x1F43B675, bytes(9), unknown=live)
    return head + element(0x18538067, content, unknown=live)
