"""AVIF pictures with an XMP packet added: an item of its own behind everything, the compressed pixels byte for byte.

Understood are still pictures as libavif and Pillow write them, without details of their own; all else is `Damage`.
Sources: ISO/IEC 14496-12 (8.11: meta, pitm, iloc, iinf, iref), ISO/IEC 23008-12 (6.2: `mime` items, reference cdsc).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from khuevan.plain.media.boxes import outer_boxes
from khuevan.plain.media.damage import Damage
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.media.windows import Windows

_XMP_TYPE: Final = b"application/rdf+xml"
# Items that say something of the picture. To put others in their place would leave their bytes in the file.
_DETAILS: Final = (b"Exif", b"mime", b"uri ")
# Beyond these the boxes are written with wider numbers, which no picture of ours needs.
_LARGEST: Final = 0xFFFFFFFF
_HIGHEST_ID: Final = 0xFFFF
_SIZES: Final = {0: "", 4: "I", 8: "Q"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item's bytes stand: `method` 0 counts `extents` from the file's beginning, 1 within the idat box."""

    item: int
    method: int
    extents: tuple[tuple[int, int], ...]


def with_xmp(data: bytes, packet: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The picture with the packet beside its primary item; raises `Damage` for what is not understood."""
    try:
        return _with_xmp(data, packet, limits)
    except (struct.error, ValueError, LookupError):
        raise Damage(0) from None


def _with_xmp(data: bytes, packet: bytes, limits: Limits) -> bytes:
    outer = outer_boxes(Windows(data), limits)
    names = [name for name, _end in outer]
    # A sequence keeps places in a second box; a box of somebody's own may say anything.
    if names.count(b"meta") != 1 or not {b"moov", b"moof", b"uuid"}.isdisjoint(names):
        raise Damage(0)
    place = names.index(b"meta")
    start, end = outer[place - 1][1] if place else 0, outer[place][1]
    last = outer[-2][1] if len(outer) > 1 else 0
    # What ends with the file, and says so, cannot be followed by more.
    if int.from_bytes(data[start : start + 4], "big") != end - start or not any(data[last : last + 4]):
        raise Damage(start)
    boxes = list(_boxes(data[start + 12 : end]))
    by_name = dict(boxes)
    if len(by_name) != len(boxes) or not {b"pitm", b"iloc", b"iinf"} <= set(by_name):
        raise Damage(start)
    items = list(_items(by_name[b"iinf"]))
    if any(kind in _DETAILS for _item, kind, _entry in items):
        raise Damage(start)
    places = _places(by_name[b"iloc"])
    primary = _primary(by_name[b"pitm"])
    new = max(item for item, _kind, _entry in items) + 1
    if new > _HIGHEST_ID or primary not in {item for item, _kind, _entry in items}:
        raise Damage(start)
    reference = _box(b"cdsc", struct.pack(">HHH", new, 1, primary))
    former = by_name.get(b"iref", bytes(4))
    if former[0] != 0:
        raise Damage(start)
    entry = _box(
        b"infe", b"\x02\0\0\0" + struct.pack(">HH4s", new, 0, b"mime") + b"XMP\0" + _XMP_TYPE + b"\0"
    )
    written = {
        **by_name,
        b"iinf": bytes(4) + struct.pack(">H", len(items) + 1) + b"".join(e for *_, e in items) + entry,
        b"iref": former + reference,
    }

    def meta(behind: int, at: int) -> bytes:
        """The box where everything behind it stands so much further, and the packet at the place."""
        moved = [_moved(each, start, end, behind) for each in places]
        told = written | {b"iloc": _written_places([*moved, _Place(new, 0, ((at, len(packet)),))])}
        return _box(b"meta", data[start + 8 : start + 12] + b"".join(_box(*each) for each in told.items()))

    # How long the box becomes does not hang on the numbers in it.
    longer = len(meta(0, 0)) - (end - start)
    at = len(data) + longer + 8
    return data[:start] + meta(longer, at) + data[end:] + _box(b"mdat", packet)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if length < 8 or at + length > len(data):
            raise Damage(at)
        yield name, data[at + 8 : at + length]
        at += length


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def _items(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each item's number and type, with the whole box that tells of it."""
    for name, entry in _boxes(content[6 if content[0] == 0 else 8 :]):
        if name != b"infe" or entry[0] not in (2, 3):
            raise Damage(0)
        layout = ">HH4s" if entry[0] == 2 else ">IH4s"
        item, _protection, kind = struct.unpack_from(layout, entry, 4)
        yield item, kind, _box(name, entry)


def _primary(content: bytes) -> int:
    found: int = struct.unpack_from(">H" if content[0] == 0 else ">I", content, 4)[0]
    return found


def _places(content: bytes) -> list[_Place]:
    version, sizes = content[0], content[4:6]
    offset, length, base = (_SIZES[size] for size in (sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4))
    # An index is for items that are cut out of others.
    if version > 2 or (version and sizes[1] & 15) or not length:
        raise Damage(0)
    head = struct.Struct(f">{'I' if version == 2 else 'H'}{'H' if version else ''}H{base}H")
    extent = struct.Struct(f">{offset}{length}")
    (count,), at = struct.unpack_from(">I" if version == 2 else ">H", content, 6), 10 if version == 2 else 8
    found = []
    for _number in range(count):
        item, *middle, extents = head.unpack_from(content, at)
        at += head.size
        begin = middle.pop() if base else 0
        method, source = (middle[0] if version else 0), middle[-1]
        if method > 1 or source != 0:
            raise Damage(0)
        told = []
        for _extent in range(extents):
            numbers = extent.unpack_from(content, at)
            at += extent.size
            told.append((begin + (numbers[0] if offset else 0), numbers[-1]))
        found.append(_Place(item, method, tuple(told)))
    return found


def _moved(place: _Place, start: int, end: int, behind: int) -> _Place:
    if place.method:
        return place
    if any(size == 0 or (at < end and at + size > start) for at, size in place.extents):
        raise Damage(start)
    return replace(
        place, extents=tuple((at + (behind if at >= end else 0), size) for at, size in place.extents)
    )


def _written_places(places: list[_Place]) -> bytes:
    """The box's content in version 1, with numbers of four bytes."""
    told = b"\x01\0\0\0" + struct.pack(">BBH", 0x44, 0, len(places))
    for place in places:
        if place.item > _HIGHEST_ID or any(max(extent) > _LARGEST for extent in place.extents):
            raise Damage(0)
        told += struct.pack(">HHHH", place.item, place.method, 0, len(place.extents))
        told += b"".join(struct.pack(">II", *extent) for extent in place.extents)
    return told
