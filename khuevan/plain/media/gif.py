"""Where the blocks of a GIF file end, and what size it claims. Source: GIF89a, appendices A and B."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces

_EXTENSION: Final = 0x21
_PICTURE: Final = 0x2C
_END: Final = 0x3B
# Writers fill each block with 255 bytes, so that the largest file has fewer.
_SUB_BLOCKS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class GifFile:
    """The size that a GIF file claims, how many pictures it has, and the place behind its trailer.

    Decoders make the screen as large as the largest picture on it, so that the size counts them all.
    """

    width: int
    height: int
    frames: int
    end: int


def read_gif(data: bytes) -> GifFile:
    """The outline of a GIF file; raises `Damage` or `TooManyPieces`."""
    if len(data) < 13:
        raise Damage(len(data), cut_off=True)
    width, height = _pair(data, 6)
    at = 13 + _colours(data[10])
    frames = 0
    budget = [_SUB_BLOCKS]
    while True:
        if at >= len(data):
            raise Damage(len(data), cut_off=True)
        block = data[at]
        if block == _END:
            return GifFile(width, height, frames, at + 1)
        if block == _EXTENSION:
            at = _behind_sub_blocks(data, at + 2, budget)
        elif block == _PICTURE and at + 10 < len(data):
            (left, top), (wide, high) = _pair(data, at + 1), _pair(data, at + 5)
            width, height = max(width, left + wide), max(height, top + high)
            frames += 1
            at = _behind_sub_blocks(data, at + 11 + _colours(data[at + 9]), budget)
        else:
            raise Damage(at, cut_off=block == _PICTURE)


def _pair(data: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")


def _colours(flags: int) -> int:
    """The bytes of a colour table."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind_sub_blocks(data: bytes, at: int, budget: list[int]) -> int:
    """The place behind a chain of blocks; `budget` is how many more of them are followed in this file."""
    while at < len(data):
        budget[0] -= 1
        if budget[0] < 0:
            raise TooManyPieces
        length = data[at]
        at += 1 + length
        if length == 0:
            return at
    raise Damage(len(data), cut_off=True)
