"""What a translation file holds: one paragraph with its translation, and one as it came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What stands in place of a target whose marks cannot be read.
BROKEN: Final = "\x00"
# A long piece has some hundreds of paragraphs; its file a few hundred kilobytes.
MOST_BYTES: Final = 4_000_000
MOST_UNITS: Final = 5_000
LONGEST_TEXT: Final = 20_000


class FileRefused(Exception):
    """The whole file cannot be taken. `code` says why, one of the keys that the screens put into words."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph: where it stands, what it says, and its translation (empty where there is none).

    `key` is the paragraph's place in the piece and survives an edit of its words; `path` is the place of the field
    or block that it stands in (several paragraphs of one block share it). `note` tells the translator what it is.
    """

    key: str
    path: str
    source: str
    target: str = ""
    note: str = ""
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One paragraph as a file has it. `key` is None where the file's form knows only the path (PO)."""

    key: str | None
    path: str | None
    source: str
    target: str
