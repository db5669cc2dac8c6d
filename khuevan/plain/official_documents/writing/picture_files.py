"""What kind of file a picture is and how large, by its first bytes; pictures that no page can show are refused."""

from __future__ import annotations

import struct
from typing import Final, Literal

from khuevan.plain.official_documents.writing.composition import Picture
from khuevan.plain.official_documents.writing.messages import (
    BROKEN_PICTURE,
    OTHER_PICTURE,
    WORDLESS_PICTURE,
    unwritable,
)

Kind = Literal["png", "jpeg"]
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


def kind_and_size(picture: Picture) -> tuple[Kind, int, int]:
    """png or jpeg, and the dots across and down.

    Raises UnwritableDocument for a file of another kind, a broken one, and a picture without words.
    """
    shown = picture.alternative.strip()
    if not shown:
        raise unwritable(WORDLESS_PICTURE)
    kind: Kind | None = None
    size: tuple[int, int] | None = None
    if picture.data.startswith(_PNG):
        kind = "png"
        size = struct.unpack_from(">II", picture.data, 16) if len(picture.data) >= 24 else None
    elif picture.data.startswith(_JPEG):
        kind, size = "jpeg", _jpeg_size(picture.data)
    if kind is None:
        raise unwritable(OTHER_PICTURE, shown=shown[:60])
    if size is None or 0 in size:
        raise unwritable(BROKEN_PICTURE, shown=shown[:60])
    return kind, size[0], size[1]


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Across and down by the first frame (ITU-T T.81, B.2.2), None where there is none."""
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in _FRAMES:
            down, across = struct.unpack_from(">HH", data, position + 5)
            return across, down
        if marker == 0xFF:
            position += 1
        elif marker in _ALONE:
            position += 2
        else:
            position += 2 + struct.unpack_from(">H", data, position + 2)[0]
    return None
