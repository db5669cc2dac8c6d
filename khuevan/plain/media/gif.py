"""Where the blocks of a GIF file end, and what size it claims. Source: GIF89a, appendices A and B."""

from __future__ import annotations

from typing import Final

from khuevan.plain.media.damage import Damage

_EXTENSION: Final = 0x21
_PICTURE: Final = 0x2C
_END: Final = 0x3B


def declared_size(data: bytes) -> tuple[int, int]:
    """Width and height of the logical screen."""
    if len(data) < 13:
        raise Damage(len(data), cut_off=True)
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def frames_and_end(data: bytes) -> tuple[int, int]:
    """How many pictures there are, and the place behind the trailer; raises `Damage`."""
    declared_size(data)
    at = 13 + _colours(data[10])
    frames = 0
    while True:
        if at >= len(data):
            raise Damage(len(data), cut_off=True)
        block = data[at]
        if block == _END:
            return frames, at + 1
        if block == _EXTENSION:
            at = _behind_sub_blocks(data, at + 2)
        elif block == _PICTURE and at + 10 < len(data):
            frames += 1
            at = _behind_sub_blocks(data, at + 11 + _colours(data[at + 9]))
        else:
            raise Damage(at, cut_off=block == _PICTURE)


def _colours(flags: int) -> int:
    """The bytes of a colour table."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data):
        length = data[at]
        at += 1 + length
        if length == 0:
            return at
    raise Damage(len(data), cut_off=True)
