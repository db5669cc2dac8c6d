"""What an uploaded file really is: its kind by content, held against its name and its declared type.

    found = inspect(data, name="ho-guom.jpg", declared="image/jpeg")
    found.kind, found.content_type

A recording of gigabytes is given as an open file: only pieces of it are read. Pictures are read whole to
find where they end. What is told here is the kind, and that nothing of another kind hides in the file;
whether the pixels can be decoded is for `raster`, what a drawing may hold for `svg`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from khuevan.plain.media import boxes, gif, jpeg, messages, png, webp
from khuevan.plain.media.archives import BrokenArchive, end_of_directory
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.file_names import check_name, shown_name
from khuevan.plain.media.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from khuevan.plain.media.office_files import office_file
from khuevan.plain.media.signatures import HEAD, OFFICE, PICTURES, RECORDINGS, Foreign, Kind, kind_of
from khuevan.plain.media.windows import Windows

__all__ = ["CONTENT_TYPES", "IN_WORDS", "Inspected", "Kind", "inspect"]

# The first type is the one with which the file is sent out again.
CONTENT_TYPES: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.JPEG: ("image/jpeg", "image/jpg", "image/pjpeg"),
    Kind.PNG: ("image/png", "image/apng", "image/x-png", "image/vnd.mozilla.apng"),
    Kind.WEBP: ("image/webp",),
    Kind.AVIF: ("image/avif", "image/avif-sequence"),
    Kind.GIF: ("image/gif",),
    Kind.TIFF: ("image/tiff",),
    Kind.SVG: ("image/svg+xml",),
    Kind.PDF: ("application/pdf", "application/x-pdf"),
    Kind.MP4: ("video/mp4", "video/x-m4v", "application/mp4"),
    Kind.MOV: ("video/quicktime",),
    Kind.WEBM: ("video/webm", "audio/webm"),
    Kind.MP3: ("audio/mpeg", "audio/mp3", "audio/x-mp3", "audio/x-mpeg"),
    Kind.DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    Kind.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    Kind.PPTX: (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    ),
    Kind.ODT: ("application/vnd.oasis.opendocument.text",),
    Kind.ODS: ("application/vnd.oasis.opendocument.spreadsheet",),
    Kind.ODP: ("application/vnd.oasis.opendocument.presentation",),
}
IN_WORDS: Final[dict[Kind, str]] = {
    Kind.JPEG: "a JPEG picture",
    Kind.PNG: "a PNG picture",
    Kind.WEBP: "a WebP picture",
    Kind.AVIF: "an AVIF picture",
    Kind.GIF: "a GIF picture",
    Kind.TIFF: "a TIFF picture",
    Kind.SVG: "an SVG drawing",
    Kind.PDF: "a PDF document",
    Kind.MP4: "an MP4 recording",
    Kind.MOV: "a QuickTime recording",
    Kind.WEBM: "a WebM recording",
    Kind.MP3: "an MP3 recording",
    Kind.DOCX: "a Word document",
    Kind.XLSX: "an Excel workbook",
    Kind.PPTX: "a PowerPoint presentation",
    Kind.ODT: "an OpenDocument text",
    Kind.ODS: "an OpenDocument spreadsheet",
    Kind.ODP: "an OpenDocument presentation",
}
_INSTEAD: Final[dict[Foreign, str]] = {
    Foreign.HTML: "PDF",
    Foreign.XML: "PDF",
    Foreign.GZIP: "SVG without compression",
    Foreign.OLE: "DOCX, XLSX or PPTX without a password",
    Foreign.RTF: "DOCX or PDF",
    Foreign.HEIC: "JPEG",
    Foreign.BMP: "PNG",
    Foreign.PSD: "JPEG or PNG",
    Foreign.POSTSCRIPT: "PDF or SVG",
    Foreign.JPEG_XL: "JPEG or AVIF",
    Foreign.MATROSKA: "MP4 or WebM",
    Foreign.AVI: "MP4",
    Foreign.WAV: "MP3",
    Foreign.OGG: "MP3 or WebM",
    Foreign.FLAC: "MP3",
    Foreign.M4A: "MP3",
    Foreign.BIG_TIFF: "TIFF or PNG",
}
# What telephones and cameras put behind a picture.
_HARMLESS_BEHIND: Final = PICTURES | {Kind.MP4, Kind.MOV, Foreign.HEIC}
_UNDECLARED: Final = ("", "application/octet-stream", "binary/octet-stream")
# Browsers on Windows say this of office files where no office program is installed.
_ZIP_TYPES: Final = ("application/zip", "application/x-zip-compressed")
_NO_TYPE: Final = re.compile(r"[^a-z0-9.+/-]")
# Readers of PDF look for its mark this far into a file.
_PDF_SEARCH: Final = 1_024
_PDF_END: Final = 2_048


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file is. `trailing` counts bytes behind its end that no viewer of its kind shows.

    Telephones put a second picture or a short film there: no harm, but nothing to publish either. Publish
    what `raster` wrote anew, or what `metadata` wrote back; neither carries them along.
    """

    kind: Kind
    content_type: str
    size: int
    trailing: int = 0


def inspect(
    source: bytes | BinaryIO, *, name: str, declared: str = "", limits: Limits = DEFAULT_LIMITS
) -> Inspected:
    """What an uploaded file is; raises `MediaError` where content, name and declared type do not agree.

    `declared` is the type that the browser sent, with or without parameters; empty says nothing.
    """
    windows = Windows(source)
    shown = shown_name(name)
    if windows.size == 0:
        raise MediaError(messages.EMPTY, name=shown)
    kind = _taken_kind(windows, shown, limits)
    _check_size(windows, kind, shown, limits)
    trailing = _trailing(windows, kind, shown, limits)
    _check_hidden(windows, kind, trailing, shown)
    check_name(name, kind, IN_WORDS[kind])
    said = declared.partition(";")[0].strip().lower()
    is_zip = kind in OFFICE and said in _ZIP_TYPES
    if said not in (*_UNDECLARED, *CONTENT_TYPES[kind]) and not is_zip:
        seen = _NO_TYPE.sub("", said)[:80]
        raise MediaError(messages.WRONG_TYPE, name=shown, declared=seen, found=IN_WORDS[kind])
    return Inspected(kind, CONTENT_TYPES[kind][0], windows.size, trailing)


def _taken_kind(windows: Windows, shown: str, limits: Limits) -> Kind:
    """The kind of a file that the library takes; refuses every other."""
    found = kind_of(windows)
    if isinstance(found, Kind):
        return found
    if found is Foreign.PROGRAM:
        raise MediaError(messages.PROGRAM, name=shown)
    if found is Foreign.ZIP:
        return _office_kind(windows, shown, limits)
    if found is not None:
        instead = _INSTEAD.get(found, "single files")
        raise MediaError(messages.KNOWN_BUT_NOT_TAKEN, name=shown, found=found.value, instead=instead)
    raise MediaError(messages.UNKNOWN, name=shown)


def _office_kind(windows: Windows, shown: str, limits: Limits) -> Kind:
    try:
        found = office_file(windows, limits)
    except BrokenArchive:
        raise MediaError(messages.BROKEN, name=shown, found=Foreign.ZIP.value, at=windows.size) from None
    if found.bomb:
        raise MediaError(
            messages.ZIP_BOMB,
            name=shown,
            megabytes=limits.unpacked_bytes // MEGABYTE,
            entries=limits.zip_entries,
        )
    if found.kind is None:
        raise MediaError(
            messages.KNOWN_BUT_NOT_TAKEN, name=shown, found=Foreign.ZIP.value, instead="single files"
        )
    if found.macros:
        raise MediaError(messages.MACROS, name=shown, instead=found.kind.value)
    if found.program:
        raise MediaError(messages.PROGRAM_INSIDE, name=shown)
    return found.kind


def _check_size(windows: Windows, kind: Kind, shown: str, limits: Limits) -> None:
    if kind is Kind.SVG:
        maximum = limits.svg_bytes
    elif kind in PICTURES:
        maximum = limits.picture_bytes
    else:
        maximum = limits.recording_bytes if kind in RECORDINGS else limits.document_bytes
    if windows.size > maximum:
        raise MediaError(messages.TOO_BIG, name=shown, megabytes=maximum // MEGABYTE)


def _trailing(windows: Windows, kind: Kind, shown: str, limits: Limits) -> int:
    """How many bytes follow the end of a file; refuses one whose structure is broken or cut off."""
    try:
        return _measured_trailing(windows, kind, limits)
    except Damage as damage:
        if damage.cut_off:
            raise MediaError(messages.CUT_OFF, name=shown) from None
        raise MediaError(messages.BROKEN, name=shown, found=IN_WORDS[kind], at=damage.at) from None
    except TooManyPieces:
        raise MediaError(messages.BROKEN, name=shown, found=IN_WORDS[kind], at=windows.size) from None


def _measured_trailing(windows: Windows, kind: Kind, limits: Limits) -> int:
    match kind:
        case Kind.JPEG:
            return jpeg.read_jpeg(windows.read(0, windows.size), limits).trailing
        case Kind.PNG:
            return png.read_png(windows.read(0, windows.size), limits).trailing
        case Kind.WEBP:
            return webp.read_webp(windows.read(0, windows.size), limits).trailing
        case Kind.GIF:
            return windows.size - gif.read_gif(windows.read(0, windows.size)).end
        case Kind.MP4 | Kind.MOV | Kind.AVIF:
            found = boxes.outer_boxes(windows, limits)
            if (b"meta" if kind is Kind.AVIF else b"moov") not in {box for box, _ in found}:
                raise Damage(windows.size, cut_off=True)
            return windows.size - found[-1][1]
        case Kind.PDF:
            if b"%%EOF" not in windows.tail(_PDF_END):
                raise Damage(windows.size, cut_off=True)
    return 0


def _check_hidden(windows: Windows, kind: Kind, trailing: int, shown: str) -> None:
    """Refuses a file that another program would take for something else (a polyglot)."""
    hidden: Kind | Foreign | None = None
    # An office file's own archive was already found to span the whole file.
    if kind not in OFFICE and end_of_directory(windows) is not None:
        hidden = Foreign.ZIP
    elif kind is not Kind.PDF and b"%PDF-" in windows.read(0, _PDF_SEARCH):
        hidden = Kind.PDF
    elif trailing:
        hidden = kind_of(Windows(windows.read(windows.size - trailing, HEAD)))
    if hidden is None or hidden in _HARMLESS_BEHIND:
        return
    words = IN_WORDS[hidden] if isinstance(hidden, Kind) else hidden.value
    raise MediaError(messages.TWO_KINDS, name=shown, found=IN_WORDS[kind], hidden=words)
