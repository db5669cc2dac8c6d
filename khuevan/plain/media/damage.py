"""Where the structure of a file breaks off, told between the readers of the formats."""

from __future__ import annotations


class Damage(Exception):
    """The structure of a file is broken at byte `at`; `cut_off` where the file simply ends too early."""

    def __init__(self, at: int, *, cut_off: bool = False) -> None:
        """Damage at a byte, counted from the beginning of the file."""
        super().__init__(at)
        self.at = at
        self.cut_off = cut_off


class TooManyPieces(Exception):
    """The file is divided into more pieces than any honest one."""
