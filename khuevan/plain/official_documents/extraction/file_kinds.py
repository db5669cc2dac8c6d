"""What kind of file some bytes are, told by their content alone."""

from __future__ import annotations

import enum
from typing import Final

from khuevan.plain.official_documents.extraction import messages

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OTHERS: Final = (
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a GZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# Names inside the OLE container, in UTF-16 as its directory writes them.
_OLE_OTHERS: Final = (
    ("Workbook", "an Excel workbook"),
    ("Book", "an Excel workbook"),
    ("PowerPoint Document", "a PowerPoint file"),
)


class FileKind(enum.Enum):
    """The kinds of file that have a reader of their own."""

    TEXT = "text"
    DOCX = "docx"
    PDF = "pdf"
    LEGACY_WORD = "legacy word"
    PICTURE = "picture"


def kind_of(data: bytes) -> FileKind:
    """The kind of file that `data` is; refuses what is known to hold no official document."""
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    # Readers of PDF allow rubbish before the mark, and mail programs put it there.
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(_PICTURES):
        return FileKind.PICTURE
    if data.lstrip()[:5] == b"{\\rtf":
        return FileKind.LEGACY_WORD
    for mark, name in _OTHERS:
        if data.startswith(mark):
            raise messages.unreadable(messages.OTHER_OFFICE_FILE, kind=name)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise messages.unreadable(messages.OTHER_OFFICE_FILE, kind="a web page")
    return FileKind.TEXT


def _kind_of_zip(data: bytes) -> FileKind:
    # The first local headers and the central directory at the end name the parts; both in plain bytes.
    names = data[:65_536] + data[-262_144:]
    for folder, name in ((b"xl/workbook", "an Excel workbook"), (b"ppt/presentation", "a PowerPoint file")):
        if folder in names and b"word/" not in names:
            raise messages.unreadable(messages.OTHER_OFFICE_FILE, kind=name)
    if b"mimetypeapplication/vnd.oasis.opendocument." in data[:200]:
        if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
            return FileKind.LEGACY_WORD
        raise messages.unreadable(messages.OTHER_OFFICE_FILE, kind="an OpenDocument file")
    return FileKind.DOCX


def _kind_of_ole(data: bytes) -> FileKind:
    if _ole_name("EncryptedPackage") in data:
        raise messages.unreadable(messages.ENCRYPTED_DOCX)
    if _ole_name("WordDocument") in data:
        return FileKind.LEGACY_WORD
    for name, kind in _OLE_OTHERS:
        if _ole_name(name) in data:
            raise messages.unreadable(messages.OTHER_OFFICE_FILE, kind=kind)
    raise messages.unreadable(messages.NOT_TEXT)


def _ole_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"
