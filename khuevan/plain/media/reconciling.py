"""Which of the three standards wins for each field, and where another says something else.

Source: IPTC Photo Metadata Standard 2023.1 (mapping of properties); MWG Guidelines for Handling Image
Metadata 2.0, section 4 (a shorter IIM text that begins the XMP one is the same text).
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata

# IIM cuts the shortest of its texts at 32 bytes, less a cut character and a space.
_WORTH_COMPARING: Final = 28
_FRACTION: Final = re.compile(r"\.\d+")


class Standard(StrEnum):
    """The three standards in which a picture carries its details."""

    XMP = "XMP"
    IIM = "IPTC-IIM"
    EXIF = "EXIF"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two standards fill differently: which won, and what the other one says."""

    field: str
    won: Standard
    lost: Standard
    lost_text: str


def reconciled(
    ranked: list[tuple[Standard, PictureMetadata]],
) -> tuple[PictureMetadata, tuple[tuple[str, Standard], ...], tuple[Difference, ...]]:
    """Each field by the first standard that fills it, which that was, and where others say something else."""
    chosen: dict[str, Any] = {}
    sources: list[tuple[str, Standard]] = []
    differences: list[Difference] = []
    for field in dataclasses.fields(PictureMetadata):
        filled = [(standard, values) for standard, values in ranked if any(_parts(values, field.name))]
        if not filled:
            continue
        winner, values = filled[0]
        chosen[field.name] = getattr(values, field.name)
        sources.append((field.name, winner))
        for standard, others in filled[1:]:
            if not agree(others, values, field.name):
                said = "; ".join(_parts(others, field.name))
                differences.append(Difference(field.name, winner, standard, said))
    return PictureMetadata(**chosen), tuple(sources), tuple(differences)


def agree(said: PictureMetadata, won: PictureMetadata, name: str) -> bool:
    """Whether a field says nothing, the same as the winner's, or only what of that had room."""
    parts, whole = _parts(said, name), _parts(won, name)
    if not any(parts) or parts == whole:
        return True
    if name == "date_created":
        # A day and the minute in it are the same date, told with more or less precision.
        one, other = (_FRACTION.sub("", each[0]) for each in (parts, whole))
        return other != "" and (one.startswith(other) or other.startswith(one))
    return all(any(_is_start(part, of) for of in whole) for part in parts) and all(
        any(_is_start(part, of) for part in parts) for of in whole
    )


def _parts(values: PictureMetadata, name: str) -> tuple[str, ...]:
    """The texts of a field, by which standards are compared."""
    value = getattr(values, name)
    if isinstance(value, tuple):
        return value
    return (" ".join((value.default if isinstance(value, ByLanguage) else str(value)).split()),)


def _is_start(part: str, whole: str) -> bool:
    return part == whole or (len(part.encode()) >= _WORTH_COMPARING and whole.startswith(part))
