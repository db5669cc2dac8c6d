"""The head of a WebM file: its length and its tracks, up to the first pictures.

Source: RFC 8794 (elements: an identifier and a length of variable size), RFC 9559 (Segment, Info, Tracks).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.recording import Recording, Track
from khuevan.plain.media.windows import Windows

_EBML: Final = 0x1A45DFA3
_SEGMENT: Final = 0x18538067
_INFO: Final = 0x1549A966
_TRACKS: Final = 0x1654AE6B
_CLUSTER: Final = 0x1F43B675
_SCALE: Final = 0x2AD7B1
_DURATION: Final = 0x4489
_ENTRY: Final = 0xAE
_TYPE: Final = 0x83
_CODEC: Final = 0x86
_PICTURE: Final = 0xE0
_WIDTH: Final = 0xB0
_HEIGHT: Final = 0xBA
_HOLDS: Final = {1: "picture", 2: "sound"}
# What stands before the first pictures is some thousand bytes; covers and fonts make it longer.
_MOST_ELEMENTS: Final = 2_000
_LARGEST_HEAD: Final = 1_000_000
_NANOSECONDS: Final = 1e9

Element = tuple[int, bytes]


def read_matroska(windows: Windows) -> Recording:
    """What the head of the file says; `Damage` where an element does not fit."""
    identifier, length, at = _header(windows, 0)
    if identifier != _EBML or length is None:
        raise Damage(0)
    identifier, length, at = _header(windows, at + length)
    if identifier != _SEGMENT:
        raise Damage(at)
    end = windows.size if length is None else min(windows.size, at + length)
    duration: float | None = None
    tracks: tuple[Track, ...] = ()
    for _count in range(_MOST_ELEMENTS):
        if at >= end:
            break
        identifier, length, body = _header(windows, at)
        # A live recording writes pictures of unknown length: what describes them stood before.
        if identifier == _CLUSTER or length is None:
            break
        if body + length > windows.size:
            raise Damage(windows.size, cut_off=True)
        if identifier in (_INFO, _TRACKS):
            if length > _LARGEST_HEAD:
                raise TooManyPieces
            data = windows.read(body, length)
            if identifier == _INFO:
                duration = _duration(data)
            else:
                tracks = tuple(_track(entry) for kind, entry in _elements(data) if kind == _ENTRY)
        at = body + length
    else:
        raise TooManyPieces
    shown = next((track for track in tracks if track.holds == "picture"), None)
    return Recording(duration, shown.width if shown else 0, shown.height if shown else 0, tracks)


def _header(windows: Windows, at: int) -> tuple[int, int | None, int]:
    """The element at a place: its identifier, its length (None where unknown), and where its content begins."""
    head = windows.read(at, 12)
    identifier, taken = _number(head, 0, keep_mark=True)
    length, more = _number(head, taken, keep_mark=False)
    unknown = length == (1 << (7 * more)) - 1
    return identifier, None if unknown else length, at + taken + more


def _number(data: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of variable size, and how many bytes it takes."""
    if at >= len(data) or data[at] == 0:
        raise Damage(at)
    size = 9 - data[at].bit_length()
    if at + size > len(data) or (keep_mark and size > 4):
        raise Damage(at)
    value = int.from_bytes(data[at : at + size], "big")
    return (value if keep_mark else value & ((1 << (7 * size)) - 1)), size


def _elements(data: bytes) -> Iterator[Element]:
    """The elements in some bytes, each with its content."""
    at = 0
    while at < len(data):
        identifier, taken = _number(data, at, keep_mark=True)
        length, more = _number(data, at + taken, keep_mark=False)
        at += taken + more
        if at + length > len(data):
            raise Damage(at)
        yield identifier, data[at : at + length]
        at += length


def _duration(info: bytes) -> float | None:
    values = dict(_elements(info))
    scale = int.from_bytes(values.get(_SCALE, (1_000_000).to_bytes(4, "big")), "big")
    said = values.get(_DURATION, b"")
    if len(said) not in (4, 8):
        return None
    ticks = float(struct.unpack(">f" if len(said) == 4 else ">d", said)[0])
    seconds = ticks * scale / _NANOSECONDS
    return seconds if math.isfinite(seconds) and seconds > 0 else None


def _track(entry: bytes) -> Track:
    values = dict(_elements(entry))
    picture = dict(_elements(values.get(_PICTURE, b"")))
    return Track(
        _HOLDS.get(int.from_bytes(values.get(_TYPE, b""), "big"), ""),
        values.get(_CODEC, b"").decode("ascii", "replace").strip("\0"),
        int.from_bytes(picture.get(_WIDTH, b""), "big"),
        int.from_bytes(picture.get(_HEIGHT, b""), "big"),
    )
