"""The reader of Vietnamese official documents: `read_file(path)` returns what a document says.

No Django, no network, no clock. See `document` for the result, `errors` for refusals, and
docs/decisions/0003 for the design.
"""

from __future__ import annotations

from .document import OfficialDocument, as_contract, as_stored, from_stored
from .errors import MissingProgram, StateSecretDocument, UnreadableDocument
from .reading import read_bytes, read_file

__all__ = [
    "MissingProgram",
    "OfficialDocument",
    "StateSecretDocument",
    "UnreadableDocument",
    "as_contract",
    "as_stored",
    "from_stored",
    "read_bytes",
    "read_file",
]
