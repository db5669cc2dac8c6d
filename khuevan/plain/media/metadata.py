"""What a picture says of itself, read from EXIF, IPTC-IIM and XMP at once, and written back into it.

    found = read_metadata(data)                   # on upload
    found.metadata.description.in_language("vi")
    with_metadata(data, metadata)                 # on download: JPEG, PNG, WebP, AVIF
    without_position(data)

Written are XMP and, in JPEG, IPTC-IIM in UTF-8; the compressed pixels stay byte for byte, and so does every
detail that has no place in the value, but for the position, which goes unless it is wanted. A signed manifest
(C2PA) in the file is kept, but no longer fits the changed file, as after any edit.

Persons shown are not read, by decision: see `picture_metadata`.

Which standard wins: XMP, then IIM, then EXIF, as the IPTC recommends; but IIM before XMP where its checksum
shows that a program which knows no XMP changed it last (MWG Guidelines for Handling Image Metadata 2.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khuevan.plain.media import exif, iptc, messages
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.exif import Exif, Position
from khuevan.plain.media.kinds import IN_WORDS
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.media.packets import Packets, packed_xmp, read_packets, write_packets
from khuevan.plain.media.photoshop import (
    COPIES,
    IIM,
    IIM_DIGEST,
    Resource,
    digest_of,
    read_resources,
    with_iim,
    write_resources,
)
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata
from khuevan.plain.media.raster import picture_kind
from khuevan.plain.media.reconciling import Difference, Standard, agree, reconciled
from khuevan.plain.media.signatures import Kind
from khuevan.plain.media.xmp import drop_xmp_position, set_xmp_values, xmp_values
from khuevan.plain.media.xmp_packet import XmpPacket

__all__ = [
    "ByLanguage",
    "Difference",
    "PictureMetadata",
    "Position",
    "ReadMetadata",
    "Standard",
    "read_metadata",
    "with_metadata",
    "without_position",
]

_WRITABLE: Final = (Kind.JPEG, Kind.PNG, Kind.WEBP)
# The fields that EXIF has a place for, each with the entry that says it.
_EXIF_TAGS: Final = {
    "description": exif.DESCRIPTION,
    "creators": exif.ARTIST,
    "copyright_notice": exif.COPYRIGHT,
    "date_created": exif.DATE_ORIGINAL,
}


@dataclass(frozen=True, slots=True)
class ReadMetadata:
    """What a file says, and from where.

    `sources` names for each filled field the standard that won. `camera`, `orientation` and `position` are
    the camera's own and are not part of what is written. `warnings` are templates of `messages`.
    """

    metadata: PictureMetadata
    sources: tuple[tuple[str, Standard], ...] = ()
    differences: tuple[Difference, ...] = ()
    camera: str = ""
    orientation: int = 1
    position: Position | None = None
    warnings: tuple[str, ...] = ()


def read_metadata(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReadMetadata:
    """What a picture says of itself; a damaged block is passed over with a warning.

    JPEG, PNG, WebP, TIFF and AVIF are read, GIF has nothing to read. Raises `MediaError` for what is no
    picture, or damaged itself.
    """
    packets = read_packets(data, picture_kind(data), limits)
    warnings: list[str] = []
    camera = _read_exif(packets, warnings)
    newer = _read_xmp(packets, limits, warnings)
    older, is_newest = _read_iim(packets, warnings)
    values = {
        Standard.XMP: xmp_values(newer) if newer is not None else PictureMetadata(),
        Standard.IIM: older,
        Standard.EXIF: _of_exif(camera),
    }
    order = (Standard.XMP, Standard.IIM, Standard.EXIF)
    if is_newest:
        order = (Standard.IIM, Standard.XMP, Standard.EXIF)
    metadata, sources, differences = reconciled([(each, values[each]) for each in order])
    return ReadMetadata(
        metadata,
        sources,
        differences,
        camera=camera.camera,
        orientation=camera.orientation,
        position=camera.position,
        warnings=tuple(warnings),
    )


def with_metadata(
    data: bytes, metadata: PictureMetadata, *, keep_position: bool = False, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The picture with these details in place of its own; an empty field empties it in all standards.

    A block that cannot be read is replaced. Raises `MediaError` for other kinds than JPEG, PNG, WebP and, where it
    has no details yet, AVIF; for a damaged file, and for details longer than a file can hold.
    """
    return _rewritten(data, metadata, keep_position=keep_position, limits=limits)


def without_position(data: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The picture without the place where it was taken: EXIF GPS, XMP exif:GPS…, makers' notes.

    A maker's note has no public form, so that it may always hold the position. City, country and location
    stay: a person wrote them to be read. Raises `MediaError` as `with_metadata`.
    """
    return _rewritten(data, None, keep_position=False, limits=limits)


def _rewritten(
    data: bytes, metadata: PictureMetadata | None, *, keep_position: bool, limits: Limits
) -> bytes:
    kind = picture_kind(data)
    if kind not in _WRITABLE and (kind is not Kind.AVIF or metadata is None):
        raise MediaError(messages.METADATA_CONTAINER, found=IN_WORDS[kind])
    packets = read_packets(data, kind, limits)
    packet = _read_xmp(packets, limits, []) or XmpPacket.empty()
    if metadata is not None:
        set_xmp_values(packet, metadata)
    if not keep_position:
        drop_xmp_position(packet)
    xmp, extended = packed_xmp(packet, kind)
    written = Packets(
        exif=_written_exif(packets.exif, metadata, keep_position=keep_position),
        xmp=xmp,
        extended=extended,
        resources=_written_resources(packets, metadata, kind, keep_position=keep_position),
    )
    return write_packets(data, kind, written, limits, other_positions=keep_position)


def _read_exif(packets: Packets, warnings: list[str]) -> Exif:
    if not packets.exif:
        return Exif()
    try:
        return exif.read_exif(packets.exif)
    except Damage:
        warnings.append(messages.EXIF_UNREADABLE)
        return Exif()


def _read_xmp(packets: Packets, limits: Limits, warnings: list[str]) -> XmpPacket | None:
    """The packet with what its extended one adds; None where there is none that can be read."""
    packet = None
    for block in (packets.xmp, packets.extended):
        if not block:
            continue
        try:
            found = XmpPacket.parsed(block, limits)
        except (Damage, TooManyPieces):
            warnings.append(messages.XMP_UNREADABLE)
            continue
        if packet is None:
            packet = found
        else:
            packet.merge(found)
    return packet


def _read_iim(packets: Packets, warnings: list[str]) -> tuple[PictureMetadata, bool]:
    """What IIM says, and whether its checksum shows that it was changed after XMP."""
    try:
        resources = read_resources(packets.resources)
        block = packets.iim or _data_of(resources, IIM)
        if not block:
            return PictureMetadata(), False
        digest = _data_of(resources, IIM_DIGEST)
        is_newest = digest not in (b"", bytes(16), digest_of(block))
        return iptc.iim_values(iptc.datasets(block)), is_newest
    except (Damage, TooManyPieces):
        warnings.append(messages.IIM_UNREADABLE)
        return PictureMetadata(), False


def _data_of(resources: tuple[Resource, ...], number: int) -> bytes:
    return next((each.data for each in resources if each.id == number), b"")


def _of_exif(camera: Exif) -> PictureMetadata:
    return PictureMetadata(
        description=ByLanguage.of(camera.description),
        creators=tuple(camera.artist.split(";")),
        copyright_notice=ByLanguage.of(camera.copyright),
        date_created=camera.date_created,
    )


def _written_exif(block: bytes, metadata: PictureMetadata | None, *, keep_position: bool) -> bytes:
    """The block without the position, and without entries that say something else than the details."""
    if not block:
        return b""
    if not keep_position:
        block = exif.exif_without_position(block)
    if metadata is None or not block:
        return block
    try:
        said = _of_exif(exif.read_exif(block))
    except Damage:
        return block
    other = frozenset(tag for name, tag in _EXIF_TAGS.items() if not agree(said, metadata, name))
    return exif.exif_without(block, other) if other else block


def _written_resources(
    packets: Packets, metadata: PictureMetadata | None, kind: Kind, *, keep_position: bool
) -> bytes:
    """The resources of APP13 with the details in them; as they were where nothing is to change."""
    if kind is not Kind.JPEG:
        return b""
    try:
        resources = read_resources(packets.resources)
    except (Damage, TooManyPieces):
        # What cannot be followed may hold a position, and cannot be added to.
        resources = ()
    if metadata is None:
        kept = [each for each in resources if each.id not in COPIES]
        return write_resources(kept)
    try:
        found = iptc.datasets(_data_of(resources, IIM))
    except (Damage, TooManyPieces):
        found = ()
    block = iptc.written_iim(found, metadata)
    return write_resources(with_iim(resources, block, copies=keep_position))
