"""Where JPEG, PNG and WebP keep EXIF, XMP and IPTC-IIM: taken out, and put back beside untouched pixels.

Into an AVIF picture that has none, XMP is put.

Sources: XMP part 3 (2020), sections 1.1.3, 1.1.5 and extended XMP; Exif 3.0, 4.7.2; PNG third edition,
11.3.3.6 (eXIf); RFC 9649. What is behind the end of a picture is never written again.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from khuevan.plain.media import avif, jpeg, messages, png, webp, xmp_names
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.exif_layout import ExifBlock
from khuevan.plain.media.kinds import IN_WORDS
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.photoshop import HEADER as PHOTOSHOP
from khuevan.plain.media.png import Chunk
from khuevan.plain.media.signatures import Kind
from khuevan.plain.media.xmp_packet import XmpPacket

EXIF_HEADER: Final = b"Exif\x00\x00"
XMP_HEADER: Final = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED_HEADER: Final = b"http://ns.adobe.com/xmp/extension/\x00"
_ICC_HEADER: Final = b"ICC_PROFILE\x00"
_MPF_HEADER: Final = b"MPF\x00"
_XMP_KEYWORD: Final = b"XML:com.adobe.xmp\x00"
# Keyword, no compression, no language, no translated keyword.
_XMP_CHUNK: Final = _XMP_KEYWORD + b"\0\0\0\0"
_RAW_PROFILE: Final = b"raw profile type"
_EXTENDED_PART: Final = jpeg.PAYLOAD_BYTES - len(EXTENDED_HEADER) - 40
_CONTAINER_CHUNKS: Final = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
# Chunks with a small first letter are a program's own, but for these, which say how the picture looks.
_PNG_NEEDED: Final = frozenset(
    {
        b"tRNS",
        b"iCCP",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"hIST",
        b"pHYs",
        b"sPLT",
        b"cICP",
        b"mDCV",
    }
    | {b"cLLI", b"acTL", b"fcTL", b"fdAT"}
)
_TIFF_PACKETS: Final = (0x02BC, 0x83BB)


@dataclass(frozen=True, slots=True)
class Packets:
    """The blocks of details in a file; empty where there are none.

    `exif` begins with its byte order mark, `xmp` is the packet, `extended` the second one of a JPEG,
    `resources` what stands in APP13 (JPEG) without its header, `iim` a bare IIM block (TIFF).
    """

    exif: bytes = b""
    xmp: bytes = b""
    extended: bytes = b""
    resources: bytes = b""
    iim: bytes = b""


def read_packets(data: bytes, kind: Kind, limits: Limits) -> Packets:
    """The blocks of a picture; raises `MediaError` where the file itself is damaged."""
    try:
        match kind:
            case Kind.JPEG:
                return _of_jpeg(jpeg.read_jpeg(data, limits))
            case Kind.PNG:
                return _of_png(png.read_png(data, limits).chunks)
            case Kind.WEBP:
                return _of_webp(webp.read_webp(data, limits).chunks)
            case Kind.TIFF:
                return _of_tiff(data)
            case Kind.AVIF:
                return _of_avif(data)
        return Packets()
    except Damage as damage:
        raise MediaError(messages.METADATA_BROKEN, found=kind.value, at=damage.at) from None
    except TooManyPieces:
        raise MediaError(messages.METADATA_SEGMENTS, found=kind.value, segments=limits.segments) from None


def write_packets(
    data: bytes, kind: Kind, packets: Packets, limits: Limits, *, other_positions: bool
) -> bytes:
    """The same picture, its compressed pixels byte for byte, with these blocks in place of its own.

    Without `other_positions`, every further block that speaks of GPS goes too. Raises `MediaError` for a kind
    whose details cannot be changed, and for blocks that are too long.
    """
    match kind:
        case Kind.JPEG:
            file = jpeg.read_jpeg(data, limits)
            return jpeg.write_jpeg(
                _jpeg_segments(file, packets, other_positions=other_positions), file.pixels
            )
        case Kind.PNG:
            chunks = png.read_png(data, limits).chunks
            return png.write_png(_png_chunks(chunks, packets, other_positions=other_positions))
        case Kind.WEBP:
            chunks = webp.read_webp(data, limits).chunks
            kept = [
                chunk
                for chunk in chunks
                if chunk.type not in (b"EXIF", b"XMP ")
                and (other_positions or chunk.type in _CONTAINER_CHUNKS or not _speaks_of_gps(chunk.data))
            ]
            kept += [Chunk(b"EXIF", packets.exif)] if packets.exif else []
            kept += [Chunk(b"XMP ", packets.xmp)] if packets.xmp else []
            return webp.write_webp(webp.with_flags(kept, exif=bool(packets.exif), xmp=bool(packets.xmp)))
        case Kind.AVIF if not packets.exif:
            if not packets.xmp:
                return data
            try:
                return avif.with_xmp(data, packets.xmp, limits)
            except (Damage, TooManyPieces):
                pass
    raise MediaError(messages.METADATA_CONTAINER, found=IN_WORDS[kind])


def packed_xmp(packet: XmpPacket, kind: Kind) -> tuple[bytes, bytes]:
    """A packet as the kind of file carries it: the packet, and the extended one that only JPEG needs."""
    if packet.is_empty:
        return b"", b""
    room = jpeg.PAYLOAD_BYTES - len(XMP_HEADER)
    packet.remove(xmp_names.HAS_EXTENDED)
    if kind is not Kind.JPEG:
        return packet.written(), b""
    first, second = packet.divided(room)
    if second is None:
        return first.written(), b""
    extended = second.written()
    first.note_extended(_identifier(extended).decode())
    main = first.written()
    if len(main) > room:
        raise MediaError(messages.METADATA_TOO_BIG, found=kind.value, bytes=room)
    return main, extended


def _of_jpeg(file: jpeg.JpegFile) -> Packets:
    exif, xmp = b"", b""
    resources: list[bytes] = []
    extended: dict[bytes, dict[int, bytes]] = {}
    for segment in file.segments:
        payload = segment.payload
        if segment.marker == jpeg.APP1 and payload.startswith(EXIF_HEADER):
            exif = exif or payload.removeprefix(EXIF_HEADER)
        elif segment.marker == jpeg.APP1 and payload.startswith(XMP_HEADER):
            xmp = xmp or payload.removeprefix(XMP_HEADER)
        elif segment.marker == jpeg.APP1 and payload.startswith(EXTENDED_HEADER):
            rest = payload.removeprefix(EXTENDED_HEADER)
            extended.setdefault(rest[:32], {})[int.from_bytes(rest[36:40], "big")] = rest[40:]
        elif segment.marker == jpeg.APP13 and payload.startswith(PHOTOSHOP):
            resources.append(payload.removeprefix(PHOTOSHOP))
    # Only the extended packet that the main one names belongs to it.
    named = next((parts for name, parts in extended.items() if name in xmp), {})
    whole = b"".join(named[at] for at in sorted(named))
    return Packets(exif=exif, xmp=xmp, extended=whole, resources=b"".join(resources))


def _of_png(chunks: tuple[Chunk, ...]) -> Packets:
    exif = next((chunk.data for chunk in chunks if chunk.type == b"eXIf"), b"")
    packed = next((chunk.data for chunk in chunks if _is_xmp(chunk)), b"")
    xmp = b""
    # A compressed packet is allowed by PNG, not by XMP.
    if packed[len(_XMP_KEYWORD) : len(_XMP_KEYWORD) + 1] == b"\0":
        xmp = packed[len(_XMP_KEYWORD) + 2 :].split(b"\0", 2)[-1]
    return Packets(exif=exif.removeprefix(EXIF_HEADER), xmp=xmp)


def _of_webp(chunks: tuple[Chunk, ...]) -> Packets:
    exif = next((chunk.data for chunk in chunks if chunk.type == b"EXIF"), b"")
    xmp = next((chunk.data for chunk in chunks if chunk.type == b"XMP "), b"")
    return Packets(exif=exif.removeprefix(EXIF_HEADER), xmp=xmp)


def _of_tiff(data: bytes) -> Packets:
    """A TIFF file is laid out as an EXIF block, and carries the others in entries of its first directory."""
    block = ExifBlock(data)
    found = [block.directories[0].entry(tag) for tag in _TIFF_PACKETS]
    xmp, iim = (block.value(entry) if entry is not None else b"" for entry in found)
    return Packets(exif=data, xmp=xmp, iim=iim)


def _of_avif(data: bytes) -> Packets:
    """What Pillow finds in the boxes of an AVIF file; it decodes no pixels for it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("AVIF",)) as image:
                exif, xmp = image.info.get("exif", b""), image.info.get("xmp", b"")
    except (OSError, SyntaxError, ValueError, RuntimeError, Image.DecompressionBombError):
        raise Damage(0) from None
    return Packets(exif=exif.removeprefix(EXIF_HEADER), xmp=xmp)


def _jpeg_segments(file: jpeg.JpegFile, packets: Packets, *, other_positions: bool) -> Iterator[jpeg.Segment]:
    """JFIF first, then the blocks, then everything else in its order."""
    headers = (EXIF_HEADER, XMP_HEADER, EXTENDED_HEADER)
    kept = [
        segment
        for segment in file.segments
        if not (
            (segment.marker == jpeg.APP1 and segment.payload.startswith(headers))
            or (segment.marker == jpeg.APP13 and segment.payload.startswith(PHOTOSHOP))
            # It points to further pictures behind this one, which are not written.
            or (segment.marker == jpeg.APP2 and segment.payload.startswith(_MPF_HEADER))
            or (not other_positions and _is_telling(segment) and _speaks_of_gps(segment.payload))
        )
    ]
    leading = 0
    while leading < len(kept) and kept[leading].marker == jpeg.APP0:
        leading += 1
    yield from kept[:leading]
    if packets.exif:
        yield _fitting(jpeg.APP1, EXIF_HEADER + packets.exif)
    if packets.xmp:
        yield _fitting(jpeg.APP1, XMP_HEADER + packets.xmp)
    identifier = _identifier(packets.extended)
    for at in range(0, len(packets.extended), _EXTENDED_PART):
        place = len(packets.extended).to_bytes(4, "big") + at.to_bytes(4, "big")
        part = packets.extended[at : at + _EXTENDED_PART]
        yield jpeg.Segment(jpeg.APP1, EXTENDED_HEADER + identifier + place + part)
    room = jpeg.PAYLOAD_BYTES - len(PHOTOSHOP)
    for at in range(0, len(packets.resources), room):
        yield jpeg.Segment(jpeg.APP13, PHOTOSHOP + packets.resources[at : at + room])
    yield from kept[leading:]


def _is_telling(segment: jpeg.Segment) -> bool:
    """Whether a segment is a program's own, and not one that the picture needs to be decoded."""
    if segment.marker == jpeg.COM:
        return True
    needed = (jpeg.APP0, jpeg.APP14)
    is_icc = segment.marker == jpeg.APP2 and segment.payload.startswith(_ICC_HEADER)
    return 0xE0 <= segment.marker <= 0xEF and segment.marker not in needed and not is_icc


def _png_chunks(chunks: tuple[Chunk, ...], packets: Packets, *, other_positions: bool) -> Iterator[Chunk]:
    """The header, then the blocks, then everything else in its order."""
    yield chunks[0]
    if packets.exif:
        yield Chunk(b"eXIf", packets.exif)
    if packets.xmp:
        yield Chunk(b"iTXt", _XMP_CHUNK + packets.xmp)
    for chunk in chunks[1:]:
        if chunk.type == b"eXIf" or _is_xmp(chunk):
            continue
        # Compressed text cannot be judged without unpacking it; what ImageMagick keeps so is EXIF, XMP and IPTC.
        is_raw = chunk.data[:40].lower().startswith(_RAW_PROFILE)
        is_telling = chunk.type[:1].islower() and chunk.type not in _PNG_NEEDED
        if not other_positions and is_telling and (is_raw or _speaks_of_gps(chunk.data)):
            continue
        yield chunk


def _is_xmp(chunk: Chunk) -> bool:
    return chunk.type == b"iTXt" and chunk.data.startswith(_XMP_KEYWORD)


def _speaks_of_gps(data: bytes) -> bool:
    return b"gps" in data.lower()


def _identifier(extended: bytes) -> bytes:
    """The checksum by which the main packet names the extended one."""
    return hashlib.md5(extended, usedforsecurity=False).hexdigest().upper().encode()


def _fitting(marker: int, payload: bytes) -> jpeg.Segment:
    if len(payload) > jpeg.PAYLOAD_BYTES:
        raise MediaError(messages.METADATA_TOO_BIG, found=Kind.JPEG.value, bytes=jpeg.PAYLOAD_BYTES)
    return jpeg.Segment(marker, payload)
