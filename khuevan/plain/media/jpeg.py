"""The segments of a JPEG file, read and written without touching the compressed pixels.

Source: ITU-T T.81, annex B (markers, segments, fill bytes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits

SOI: Final = 0xD8
EOI: Final = 0xD9
SOS: Final = 0xDA
APP0: Final = 0xE0
APP1: Final = 0xE1
APP2: Final = 0xE2
APP11: Final = 0xEB
APP13: Final = 0xED
APP14: Final = 0xEE
COM: Final = 0xFE
# What a segment holds beside the two bytes of its own length.
PAYLOAD_BYTES: Final = 65_533

_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAME_HEADERS: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_FILL: Final = re.compile(rb"\xff*")
# Within a scan, FF 00 is a byte of the pixels and FF D0 to D7 a restart.
_MARKER_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment before the first scan: its marker's second byte, and what follows its length."""

    marker: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class JpegFile:
    """A JPEG file in its parts.

    `pixels` runs from the first scan's marker to the end-of-image marker, both included. `trailing` is how
    many bytes follow it (a second picture, a film, something hidden); they are no part of this value.
    """

    segments: tuple[Segment, ...]
    pixels: bytes
    scans: int
    trailing: int


def read_jpeg(data: bytes, limits: Limits = DEFAULT_LIMITS) -> JpegFile:
    """The parts of a JPEG file; raises `Damage` or `TooManyPieces`."""
    if data[:2] != b"\xff\xd8":
        raise Damage(0)
    segments: list[Segment] = []
    at = 2
    while True:
        at, marker = _marker(data, at)
        if marker == SOS:
            break
        if marker in (EOI, SOI, 0x00):
            raise Damage(at)
        if marker in _ALONE:
            continue
        end = _end_of_segment(data, at)
        segments.append(Segment(marker, data[at + 2 : end]))
        if len(segments) > limits.segments:
            raise TooManyPieces
        at = end
    end, scans = _end_of_picture(data, at, limits)
    return JpegFile(tuple(segments), data[at - 2 : end], scans, trailing=len(data) - end)


def write_jpeg(segments: Iterable[Segment], pixels: bytes) -> bytes:
    """A JPEG file of these segments and of the pixels exactly as they were read."""
    parts = [b"\xff\xd8"]
    for segment in segments:
        parts += (
            bytes((0xFF, segment.marker)),
            (len(segment.payload) + 2).to_bytes(2, "big"),
            segment.payload,
        )
    return b"".join((*parts, pixels))


def declared_size(file: JpegFile) -> tuple[int, int]:
    """Width and height that the frame header claims; raises `Damage` where there is none."""
    for segment in file.segments:
        if segment.marker in _FRAME_HEADERS and len(segment.payload) >= 6:
            height, width = segment.payload[1:3], segment.payload[3:5]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
    raise Damage(2)


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The place behind the next marker, and its second byte."""
    if at >= len(data):
        raise Damage(at, cut_off=True)
    if data[at] != 0xFF:
        raise Damage(at)
    # Any number of FF may fill the space before a marker.
    at = _FILL.match(data, at).end()  # type: ignore[union-attr]  # it matches nothing, too
    if at >= len(data):
        raise Damage(at, cut_off=True)
    return at + 1, data[at]


def _end_of_segment(data: bytes, at: int) -> int:
    if at + 2 > len(data):
        raise Damage(at, cut_off=True)
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2:
        raise Damage(at)
    if at + length > len(data):
        raise Damage(at, cut_off=True)
    return at + length


def _end_of_picture(data: bytes, at: int, limits: Limits) -> tuple[int, int]:
    """The place behind the end-of-image marker, and how many scans there are up to it."""
    scans, marker, pieces = 0, SOS, 0
    while marker != EOI:
        pieces += 1
        if pieces > limits.segments + limits.jpeg_scans:
            raise TooManyPieces
        if marker not in _ALONE:
            scans += marker == SOS
            at = _end_of_segment(data, at)
        if marker == SOS:
            found = _MARKER_AFTER_SCAN.search(data, at)
            if found is None:
                raise Damage(len(data), cut_off=True)
            at = found.start()
        at, marker = _marker(data, at)
        if marker in (SOI, 0x00):
            raise Damage(at)
    return at, scans
