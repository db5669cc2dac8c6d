"""What kind of file some bytes are, told by their content alone.

Sources: the formats' own specifications (JPEG T.81, PNG 3, WebP RFC 9649, GIF89a, TIFF 6, ISO 14496-12 for
MP4, MOV and AVIF, Matroska RFC 8794 and 9559, ISO 32000 for PDF, ISO 11172-3 for MP3, APPNOTE for ZIP).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from khuevan.plain.media.windows import Windows

# How much of the beginning is looked at.
HEAD: Final = 65_536


class Kind(StrEnum):
    """The kinds of file that the library takes."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    AVIF = "AVIF"
    GIF = "GIF"
    TIFF = "TIFF"
    SVG = "SVG"
    PDF = "PDF"
    MP4 = "MP4"
    MOV = "MOV"
    WEBM = "WEBM"
    MP3 = "MP3"
    DOCX = "DOCX"
    XLSX = "XLSX"
    PPTX = "PPTX"
    ODT = "ODT"
    ODS = "ODS"
    ODP = "ODP"


class Foreign(StrEnum):
    """Kinds that are known but not taken, each by the words that a refusal says for it."""

    PROGRAM = "a program"
    HTML = "a web page"
    XML = "an XML file"
    ZIP = "a ZIP archive"
    RAR = "a RAR archive"
    SEVEN_ZIP = "a 7-Zip archive"
    GZIP = "a gzip file (such as SVGZ)"
    OLE = "an office file of the old kind, or an encrypted one"
    RTF = "a rich text file"
    HEIC = "a HEIC picture"
    BMP = "a BMP picture"
    PSD = "a Photoshop file"
    POSTSCRIPT = "a PostScript file"
    JPEG_XL = "a JPEG XL picture"
    MATROSKA = "a Matroska recording"
    AVI = "an AVI recording"
    WAV = "a WAV recording"
    OGG = "an Ogg recording"
    FLAC = "a FLAC recording"
    M4A = "an M4A recording"
    BIG_TIFF = "a BigTIFF picture"


PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.AVIF, Kind.GIF, Kind.TIFF})
RECORDINGS: Final = frozenset({Kind.MP4, Kind.MOV, Kind.WEBM, Kind.MP3})
OFFICE: Final = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP})

# Windows, Linux and macOS programs, Java classes, Windows shortcuts, scripts that name their interpreter.
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"#!",
)
_MARKS: Final[tuple[tuple[bytes, Kind | Foreign], ...]] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Foreign.BIG_TIFF),
    (b"MM\x00+", Foreign.BIG_TIFF),
    (b"%PDF-", Kind.PDF),
    (b"%!PS", Foreign.POSTSCRIPT),
    (b"8BPS", Foreign.PSD),
    (b"PK\x03\x04", Foreign.ZIP),
    (b"PK\x05\x06", Foreign.ZIP),
    (b"Rar!\x1a\x07", Foreign.RAR),
    (b"7z\xbc\xaf\x27\x1c", Foreign.SEVEN_ZIP),
    (b"\x1f\x8b", Foreign.GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign.OLE),
    (b"{\\rtf", Foreign.RTF),
    (b"OggS", Foreign.OGG),
    (b"fLaC", Foreign.FLAC),
    (b"\xff\x0a", Foreign.JPEG_XL),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", Foreign.JPEG_XL),
)
_RIFF: Final[dict[bytes, Kind | Foreign]] = {b"WEBP": Kind.WEBP, b"AVI ": Foreign.AVI, b"WAVE": Foreign.WAV}
_HTML: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body|script|iframe)[\s>]", re.IGNORECASE)
_SVG_TAG: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?svg[\s/>]")
_SPACE: Final = re.compile(rb"\s*")
_EBML: Final = b"\x1a\x45\xdf\xa3"
_DOC_TYPE: Final = re.compile(rb"\x42\x82[\x84\x88](webm|matroska)")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def kind_of(windows: Windows) -> Kind | Foreign | None:
    """What the content of a file is; an office file is `Foreign.ZIP` here, as its parts say which."""
    head = windows.read(0, HEAD)
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip") and len(head) >= 16:
        return Kind.MOV
    if head.startswith(_EBML):
        found = _DOC_TYPE.search(head[:200])
        return None if found is None else Kind.WEBM if found[1] == b"webm" else Foreign.MATROSKA
    if head.startswith(_PROGRAMS):
        # A text that begins with the two letters of a Windows program has no zero bytes.
        return Foreign.PROGRAM if not head.startswith(b"MZ") or b"\0" in head[:256] else None
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return Foreign.BMP
    return _of_text(head) or (Kind.MP3 if _is_mp3(windows) else None)


def _of_brands(head: bytes) -> Kind | Foreign:
    """What an ISO base media file is, by its major brand, then by those that it is compatible with."""
    length = min(int.from_bytes(head[:4], "big"), 512, len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
    if brands[0] == b"qt  ":
        return Kind.MOV
    if brands[0] in (b"M4A ", b"M4B ", b"M4P "):
        return Foreign.M4A
    if brands[0] in (b"avif", b"avis") or (brands[0] in _HEIC_BRANDS and b"avif" in brands):
        return Kind.AVIF
    return Foreign.HEIC if brands[0] in _HEIC_BRANDS else Kind.MP4


def _of_text(head: bytes) -> Kind | Foreign | None:
    """SVG, other XML or HTML, past what may stand before the first element."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    if _HTML.match(head):
        return Foreign.HTML
    at, seen = 0, head.removeprefix(b"\xef\xbb\xbf")
    is_xml = seen.lstrip().startswith(b"<?xml")
    while at < len(seen):
        at = _SPACE.match(seen, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if seen.startswith(b"<!--", at):
            end = seen.find(b"-->", at)
        elif seen.startswith(b"<?", at):
            end = seen.find(b"?>", at)
        elif seen[at : at + 9].upper() == b"<!DOCTYPE":
            closing = seen.find(b"]", at) if 0 <= seen.find(b"[", at) < seen.find(b">", at) else at
            end = seen.find(b">", closing)
        else:
            break
        if end == -1:
            break
        at = seen.find(b">", end) + 1
    if _SVG_TAG.match(seen, at):
        return Kind.SVG
    if _HTML.match(seen, at):
        return Foreign.HTML
    return Foreign.XML if is_xml else None


_BIT_RATES: Final = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_SAMPLE_RATES: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _is_mp3(windows: Windows) -> bool:
    """Whether two frames of MPEG audio layer III follow each other, behind the ID3 tag if there is one."""
    at, head = 0, windows.read(0, 10)
    if head[:3] == b"ID3" and len(head) == 10:
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        at = 10 + size
    # Writers pad the tag with zeros.
    start = windows.read(at, 4_096)
    at += len(start) - len(start.lstrip(b"\0"))
    length = _frame_length(windows.read(at, 4))
    return length is not None and _frame_length(windows.read(at + length, 4)) is not None


def _frame_length(header: bytes) -> int | None:
    """The bytes of a frame of MPEG audio layer III; None where the header is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate, sampling, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
        return None
    kilobits = _BIT_RATES[0 if version == 3 else 1][rate]
    return (144 if version == 3 else 72) * kilobits * 1000 // _SAMPLE_RATES[version][sampling] + padding
