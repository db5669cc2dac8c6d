"""The boxes of an ISO base media file (MP4, MOV, AVIF): where they end, and what size they claim.

Source: ISO/IEC 14496-12 (box layout), ISO/IEC 23008-12 (ispe: the size of a picture).
"""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.media.windows import Windows

_TYPE: Final = re.compile(rb"[\x20-\x7e\xa9]{4}")
_SIZE_BOX: Final = b"\x00\x00\x00\x14ispe\x00\x00\x00\x00"
# The boxes that describe a picture stand before its pixels.
_DESCRIPTION: Final = 262_144


def outer_boxes(windows: Windows, limits: Limits = DEFAULT_LIMITS) -> tuple[tuple[bytes, int], ...]:
    """The outermost boxes, each with where it ends; raises `Damage` for what is no box, or cut off."""
    found: list[tuple[bytes, int]] = []
    at = 0
    while at < windows.size:
        header = windows.read(at, 16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        # QuickTime ends some files with four zero bytes.
        if header == b"\0\0\0\0" and found:
            break
        if _TYPE.fullmatch(kind) is None:
            raise Damage(at)
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
            if length < 16:
                raise Damage(at)
        elif length == 0:
            length = windows.size - at
        elif length < 8:
            raise Damage(at)
        at += length
        if at > windows.size:
            raise Damage(windows.size, cut_off=True)
        found.append((kind, at))
        if len(found) > limits.boxes:
            raise TooManyPieces
    return tuple(found)


def largest_picture(data: bytes) -> tuple[int, int] | None:
    """The largest width and height that an AVIF file claims for one of its pictures; None where it says none."""
    head = data[:_DESCRIPTION]
    sizes: list[tuple[int, int]] = []
    at = head.find(_SIZE_BOX)
    while at != -1:
        width, height = head[at + 12 : at + 16], head[at + 16 : at + 20]
        sizes.append((int.from_bytes(width, "big"), int.from_bytes(height, "big")))
        at = head.find(_SIZE_BOX, at + 12)
    return max(sizes, key=lambda size: size[0] * size[1], default=None)
