"""Reads an officer's file before anything is kept of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from khuevan.plain.official_documents import read_bytes, read_file
from khuevan.plain.official_documents.document import OfficialDocument


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
    return ReadFile(name, data, hashlib.sha256(data).hexdigest(), read_bytes(data, name))


def read_plan_path(path: Path) -> ReadFile:
    """As `read_plan_file`, for a file on this machine; its size is asked before it is loaded."""
    document = read_file(path)
    data = path.read_bytes()
    return ReadFile(path.name[:255], data, hashlib.sha256(data).hexdigest(), document)
