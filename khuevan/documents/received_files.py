"""A file that came from outside, read whole before anything is kept of it.

Reading happens within the request, also where a scan takes a minute: a background job would need a copy on disk
before anybody knows whether the file bears a state-secret marking (Law 29/2018/QH14, article 5).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.documents.reading_sentences import refusal_sentence
from khuevan.plain.official_documents import StateSecretDocument, UnreadableDocument, as_stored, read_bytes
from khuevan.plain.official_documents.extraction.file_kinds import FileKind, kind_of
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, MEGABYTE, Limits

MOST_BYTES = DEFAULT_LIMITS.file_bytes
# What offices send each other, and as what a browser is told of it. Programs, scripts and web pages are refused.
CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "zip": "application/zip",
    "edxml": "application/xml",
}
# An attachment is read for a marking only: fewer pages of pictures than of a document of its own.
_ATTACHMENT_LIMITS = Limits(ocr_pages=10, seconds=60.0, program_seconds=30.0)
_READABLE = frozenset(FileKind)


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that may be kept: of an allowed kind and size, without a state-secret marking in what can be read.

    `reading` is the document as the reader stores it; empty where the file was only looked through.
    """

    filename: str
    data: bytes
    sha256: str
    content_type: str
    page_count: int | None = None
    reading: dict[str, Any] | None = None


def read_received(filename: str, stream: IO[bytes]) -> ReceivedFile:
    """The file with what the reader read in it; raises ValidationError with one sentence for the officer.

    A marked or unreadable file is refused, and nothing of it is kept or logged.
    """
    name, data = _bounded(filename, stream)
    try:
        document = read_bytes(data, name)
    except UnreadableDocument as error:
        raise ValidationError(refusal_sentence(error)) from None
    return _received(name, data, reading=as_stored(document))


def looked_through(filename: str, stream: IO[bytes]) -> ReceivedFile:
    """The file without a reading, for an attachment or a scan; only a marking, kind and size refuse it."""
    name, data = _bounded(filename, stream)
    try:
        if kind_of(data) in _READABLE:
            read_bytes(data, name, limits=_ATTACHMENT_LIMITS)
    except StateSecretDocument as error:
        raise ValidationError(refusal_sentence(error)) from None
    except UnreadableDocument:
        # A sheet, a broken or encrypted file, a scan where nothing recognises letters: no marking to be read.
        pass
    return _received(name, data)


def safe_name(filename: str) -> str:
    """The name without a path, at most 255 letters, its ending kept; only ever shown."""
    return Path(filename.replace("\\", "/")).name.strip()[-255:]


def _bounded(filename: str, stream: IO[bytes]) -> tuple[str, bytes]:
    name = safe_name(filename)
    if "." not in name or name.rpartition(".")[2].lower() not in CONTENT_TYPES:
        raise ValidationError(
            _("“%(name)s” is not of a kind that is kept with documents: use %(kinds)s.")
            % {"name": name, "kinds": ", ".join(CONTENT_TYPES)}
        )
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB: split it or export it without its pictures.")
            % {"name": name, "most": MOST_BYTES // MEGABYTE}
        )
    if not data:
        raise ValidationError(_("“%(name)s” is empty: choose the file again.") % {"name": name})
    return name, data


def _received(name: str, data: bytes, reading: dict[str, Any] | None = None) -> ReceivedFile:
    return ReceivedFile(
        filename=name,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        content_type=CONTENT_TYPES[name.rpartition(".")[2].lower()],
        page_count=_pages(data),
        reading=reading,
    )


def _pages(data: bytes) -> int | None:
    """How many pages a PDF has; nothing for another file, and for one that cannot be opened."""
    if b"%PDF-" not in data[:1024]:
        return None
    # Imported where it is used: most files of a day are no PDF, and the library is large.
    from pypdfium2 import PdfDocument, PdfiumError

    from khuevan.plain.official_documents.extraction.pdf_pages import PDFIUM

    with PDFIUM:
        try:
            document = PdfDocument(data)
        except PdfiumError:
            return None
        try:
            return len(document)
        finally:
            document.close()
