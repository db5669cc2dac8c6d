"""A file or its bytes, read whole: extraction, the refusal of state secrets, structure."""

from __future__ import annotations

from pathlib import Path

from .document import OfficialDocument
from .extraction import extract, extract_file
from .limits import DEFAULT_LIMITS, Limits
from .state_secrets import refuse_state_secret
from .structure import read_source


def read_file(path: Path | str, *, limits: Limits = DEFAULT_LIMITS) -> OfficialDocument:
    """What the file says.

    Raises `UnreadableDocument` with one clear sentence for a file that cannot be read, and its
    subclass `StateSecretDocument` for one that bears a state-secret marking.
    """
    source = extract_file(Path(path), limits=limits)
    refuse_state_secret(source)
    return read_source(source)


def read_bytes(data: bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> OfficialDocument:
    """What the bytes of a file say; the name is only a hint. Errors as `read_file`."""
    source = extract(data, filename, limits=limits)
    refuse_state_secret(source)
    return read_source(source)
