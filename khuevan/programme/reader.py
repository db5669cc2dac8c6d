"""Reads an officer's file before anything is kept of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from khuevan.plain.official_documents import read_bytes
from khuevan.plain.official_documents.document import OfficialDocument
from khuevan.plain.official_documents.errors import UnreadableDocument
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read and may be kept: it bears no state-secret marking."""

    filename: str
    data: bytes
    sha256: str
    document: OfficialDocument


def read_plan_file(filename: str, data: bytes) -> ReadFile:
    """The file with its reading; raises UnreadableDocument with one sentence for the officer.

    Raises StateSecretDocument, a kind of it, for a marked file: the caller keeps and logs nothing.
    """
    name = Path(filename).name[:255]
    return ReadFile(
        name, data, hashlib.sha256(data).hexdigest(), read_bytes(data, name)
    )


def read_plan_path(path: Path) -> ReadFile:
    """As `read_plan_file`, for a file on this machine; its size is asked before it is loaded."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableDocument("There is no such file.") from error
    if size > DEFAULT_LIMITS.file_bytes:
        raise UnreadableDocument("The file is larger than may be read.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("The file cannot be opened.") from error
    return read_plan_file(path.name, data)
