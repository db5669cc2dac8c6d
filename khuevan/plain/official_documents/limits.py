"""How much of a file the reader is willing to take in before it refuses."""

from __future__ import annotations

import time
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; whatever goes over one of them is refused, never cut silently.

    Sizes are in bytes, `seconds` is wall-clock time for the whole file, `program_seconds` for one run
    of an outside program (one page of OCR, one conversion).
    """

    file_bytes: int = 50 * MEGABYTE
    uncompressed_bytes: int = 200 * MEGABYTE
    zip_entries: int = 5_000
    zip_ratio: int = 200
    pages: int = 2_000
    ocr_pages: int = 200
    characters: int = 2_000_000
    xml_depth: int = 200
    table_cells: int = 200_000
    seconds: float = 120.0
    program_seconds: float = 90.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which the reading of one file must be over, on the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline `seconds` from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds that remain; zero when none do."""
        return max(0.0, self.at - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() >= self.at
