"""The image resources in which JPEG carries IPTC-IIM (APP13, "Photoshop 3.0").

Source: Adobe Photoshop File Formats Specification (image resource blocks); XMP part 3, section 1.1.3 (several
segments are joined before they are read) and MWG Guidelines 2.0, section 3.4 (the checksum of IIM).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces

HEADER: Final = b"Photoshop 3.0\x00"
IIM: Final = 0x0404
IIM_DIGEST: Final = 0x0425
# EXIF and XMP once more, which Photoshop keeps in files of other formats.
COPIES: Final = frozenset({0x0422, 0x0423, 0x0424})
_SIGNATURES: Final = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
_RESOURCES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its signature, number, name (as stored, with its length byte) and bytes."""

    signature: bytes
    id: int
    name: bytes
    data: bytes


def read_resources(data: bytes) -> tuple[Resource, ...]:
    """The resources of joined APP13 segments without their headers; raises `Damage` or `TooManyPieces`."""
    found: list[Resource] = []
    at = 0
    while at < len(data):
        if data[at : at + 4] not in _SIGNATURES:
            if data[at:].strip(b"\0"):
                raise Damage(at)
            break
        name_end = at + 7 + data[at + 6] if at + 7 <= len(data) else len(data)
        size_at = name_end + (name_end - at) % 2
        if size_at + 4 > len(data):
            raise Damage(at, cut_off=True)
        end = size_at + 4 + int.from_bytes(data[size_at : size_at + 4], "big")
        if end > len(data):
            raise Damage(at, cut_off=True)
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        found.append(Resource(data[at : at + 4], number, data[at + 6 : name_end], data[size_at + 4 : end]))
        if len(found) > _RESOURCES:
            raise TooManyPieces
        at = end + (end - size_at) % 2
    return tuple(found)


def write_resources(resources: Iterable[Resource]) -> bytes:
    """The resources as one block, each padded to an even length."""
    parts: list[bytes] = []
    for each in resources:
        name = each.name or b"\0"
        parts += (
            each.signature,
            each.id.to_bytes(2, "big"),
            name + b"\0" * (len(name) % 2),
            len(each.data).to_bytes(4, "big"),
            each.data + b"\0" * (len(each.data) % 2),
        )
    return b"".join(parts)


def with_iim(resources: Iterable[Resource], block: bytes, *, copies: bool) -> tuple[Resource, ...]:
    """The resources with this IIM block and its checksum first; `copies` says whether EXIF and XMP ones stay."""
    gone = {IIM, IIM_DIGEST} | (frozenset() if copies else COPIES)
    kept = [each for each in resources if each.id not in gone]
    return (Resource(b"8BIM", IIM, b"", block), Resource(b"8BIM", IIM_DIGEST, b"", digest_of(block)), *kept)


def digest_of(block: bytes) -> bytes:
    """The checksum by which a program sees that another one changed the IIM block and not the XMP."""
    return hashlib.md5(block, usedforsecurity=False).digest()
