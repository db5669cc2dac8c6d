"""How much of an edXML message is taken in before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one message; whatever goes over one of them is refused, never cut silently.

    Sizes are in bytes. `attachment_bytes` and `attachments_bytes` count what is decoded, for one
    attachment and for all; `markup_bytes` counts all that is not the base64 of an attachment.
    """

    file_bytes: int = 75 * MEGABYTE
    attachments: int = 50
    attachment_bytes: int = 50 * MEGABYTE
    attachments_bytes: int = 50 * MEGABYTE
    markup_bytes: int = 2 * MEGABYTE
    elements: int = 20_000
    depth: int = 40


DEFAULT_LIMITS: Final = Limits()
