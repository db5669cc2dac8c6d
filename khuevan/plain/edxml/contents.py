"""What the bytes of an attachment are, told by their first bytes, and whether they are a program."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from typing import Final

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZ"),
)
# Windows, Linux and macOS programs, Java classes, Windows shortcuts, scripts that name their interpreter.
_PROGRAMS: Final = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"#!",
)
_PROGRAM_NAME: Final = re.compile(
    r"\.(?:apk|app|bat|cmd|com|cpl|dll|exe|hta|jar|jse?|lnk|msi|msp|pif|ps1|psm1|reg|scr|sh|vb|vbe|vbs|wsf|wsh)"
    r"[. ]*\Z",
    re.IGNORECASE,
)
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument."
_OFFICE: Final = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"))
_OLE_STREAMS: Final = (
    ("WordDocument", "DOC"),
    ("Workbook", "XLS"),
    ("Book", "XLS"),
    ("PowerPoint Document", "PPT"),
)

# What may stand behind a declared type or a name; a type that is not here is not judged.
BY_TYPE: Final = {
    "application/pdf": ("PDF",),
    "application/msword": ("DOC", "RTF"),
    "application/rtf": ("RTF",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("DOCX",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("XLSX",),
    "application/vnd.ms-excel": ("XLS",),
    "application/vnd.oasis.opendocument.text": ("ODT",),
    "application/zip": ("ZIP", "DOCX", "XLSX", "PPTX", "ODT", "ODS"),
    "application/x-zip-compressed": ("ZIP", "DOCX", "XLSX", "PPTX", "ODT", "ODS"),
    "application/xml": ("XML",),
    "text/xml": ("XML",),
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG",),
    "image/jpg": ("JPEG",),
}
BY_NAME: Final = {
    "pdf": ("PDF",),
    "doc": ("DOC", "RTF"),
    "docx": ("DOCX",),
    "xls": ("XLS",),
    "xlsx": ("XLSX",),
    "pptx": ("PPTX",),
    "odt": ("ODT",),
    "zip": ("ZIP",),
    "xml": ("XML",),
    "png": ("PNG",),
    "jpg": ("JPEG",),
    "jpeg": ("JPEG",),
    "rtf": ("RTF",),
}

_ENTRIES_LOOKED_AT: Final = 1_000
_DIRECTORY_BYTES: Final = 1_000_000
BROKEN_ARCHIVE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,  # zipfile's answer to an encrypted entry
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


def kind_of(data: bytes) -> str | None:
    """The kind of a file by its content (PDF, DOCX, DOC, ODT, PNG, JPEG, XML, ZIP …); None for another."""
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return next(
            (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") + b"\0\0" in data), "OLE"
        )
    # Readers of PDF allow rubbish before the mark, and mail programs put it there.
    if b"%PDF-" in data[:1024]:
        return "PDF"
    for mark, kind in _MARKS:
        if data.startswith(mark):
            return kind
    head = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "XML" if head.startswith(b"<?xml") else None


def is_program(name: str, data: bytes) -> bool:
    """Whether a file is a program, by its content or its name, or a ZIP archive that holds one."""
    return _runs(name, data[:64]) or (data.startswith(_ZIP) and _holds_program(data))


def _runs(name: str, head: bytes) -> bool:
    if _PROGRAM_NAME.search(name) is not None or head.startswith(_PROGRAMS):
        return True
    # A Windows program has zero bytes in its header; a text that begins with these letters has none.
    return head.startswith(b"MZ") and b"\0" in head


def _kind_of_zip(data: bytes) -> str:
    start = data[30:130]
    if start.startswith(_OPEN_DOCUMENT):
        return {b"text": "ODT", b"spre": "ODS"}.get(start[len(_OPEN_DOCUMENT) :][:4], "ODF")
    # The first local headers and the directory at the end name the parts, both in plain bytes.
    names = data[:65_536] + data[-262_144:]
    if b"[Content_Types].xml" in names:
        return next((kind for folder, kind in _OFFICE if folder in names), "ZIP")
    return "ZIP"


def zip_entries(data: bytes) -> list[zipfile.ZipInfo]:
    """The entries of an archive; none where it is damaged or its directory is larger than any honest one's."""
    # What a directory claims is asked first: reading a huge one would cost more memory than the archive.
    # One for archives above 4 GB (ZIP64) has no business here and hides its size.
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end == -1 or data[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return []
    if int.from_bytes(data[end + 12 : end + 16], "little") > _DIRECTORY_BYTES:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()[:_ENTRIES_LOOKED_AT]
    except BROKEN_ARCHIVE:
        return []


def _holds_program(data: bytes) -> bool:
    """Whether an entry of the archive is a program; an entry that cannot be read cannot be run either."""
    entries = zip_entries(data)
    if any(_PROGRAM_NAME.search(entry.filename) is not None for entry in entries):
        return True
    if not entries:
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(_runs(entry.filename, _head_of(archive, entry)) for entry in entries)


def _head_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as opened:
            return opened.read(64)
    except BROKEN_ARCHIVE:
        return b""
