"""The bytes of any file that holds an official document → its lines and tables (`Source`)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from khuevan.plain.official_documents.extraction import messages
from khuevan.plain.official_documents.extraction.file_kinds import FileKind, kind_of
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.official_documents.source import Source

__all__ = ["extract", "extract_file"]


def extract_file(path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The lines and tables of the file at `path`; a file beyond the size limit is never read.

    Raises UnreadableDocument, with one sentence for the officer, for whatever cannot be read.
    """
    file = Path(path)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise messages.unreadable(messages.NOT_A_FILE)
        if status.st_size > limits.file_bytes:
            raise _too_big(limits)
        with file.open("rb") as opened:
            # One byte more than allowed: the file may have grown since its size was asked.
            data = opened.read(limits.file_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise messages.unreadable(messages.MISSING_FILE) from None
    except (OSError, ValueError):
        raise messages.unreadable(messages.CANNOT_OPEN) from None
    return extract(data, file.name, limits=limits)


def extract(data: bytes, filename: str = "", *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The lines and tables of a file; what kind of file it is its content decides, never its name.

    `filename` only tells text from rubbish where the content leaves it open. Raises UnreadableDocument,
    with one sentence for the officer, for whatever cannot be read; never the file's text in it.
    """
    if len(data) > limits.file_bytes:
        raise _too_big(limits)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise messages.unreadable(messages.EMPTY)
    kind = kind_of(data)
    # Each reader is imported when first needed: text needs neither lxml nor a PDF library, and a command
    # that reads one file should start fast.
    if kind is FileKind.DOCX:
        from khuevan.plain.official_documents.extraction.docx import extract_docx

        return extract_docx(data, limits)
    if kind is FileKind.PDF:
        from khuevan.plain.official_documents.extraction.pdf import extract_pdf

        return extract_pdf(data, limits)
    if kind is FileKind.LEGACY_WORD:
        from khuevan.plain.official_documents.extraction.legacy_word import (
            extract_legacy_word,
        )

        return extract_legacy_word(data, limits)
    if kind is FileKind.PICTURE:
        from khuevan.plain.official_documents.extraction.scan import extract_picture

        return extract_picture(data, limits)
    from khuevan.plain.official_documents.extraction.plain_text import extract_plain_text

    return extract_plain_text(data, limits)


def _too_big(limits: Limits) -> Exception:
    return messages.unreadable(messages.TOO_BIG, megabytes=limits.file_bytes // 1_000_000)
