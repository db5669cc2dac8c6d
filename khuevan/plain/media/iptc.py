"""IPTC-IIM, the older form of a picture's details in JPEG: read in any of its character sets, written in UTF-8.

    datasets(block)                     # what stands in the block
    iim_values(datasets)                # as a value
    written_iim(datasets, metadata)     # the block with the value in it, everything else kept

Source: IPTC-NAA Information Interchange Model 4.2 (dataset layout 1.5, coded character set 1:90, record 2);
mapping and lengths by the technical reference of the IPTC Photo Metadata Standard. Looked at before writing
our own: iptcinfo3 (old code without types, JPEG only), Pillow (reads, does not write), the exiftool and
exiv2 bindings (need a program or a library of the system).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.dates import date_of_iim, iim_date
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata

_MARK: Final = 0x1C
_DATASETS: Final = 5_000
_UTF_8: Final = b"\x1b%G"
_CHARACTER_SET: Final = (1, 90)
_VERSION: Final = (2, 0)

CAPTION: Final = (2, 120)
HEADLINE: Final = (2, 105)
BY_LINE: Final = (2, 80)
CREDIT: Final = (2, 110)
COPYRIGHT: Final = (2, 116)
CITY: Final = (2, 90)
COUNTRY: Final = (2, 101)
SUBLOCATION: Final = (2, 92)
DATE: Final = (2, 55)
TIME: Final = (2, 60)
KEYWORDS: Final = (2, 25)
# In bytes. Programs read longer ones as well; what is cut here is whole in XMP.
_LONGEST: Final = {
    CAPTION: 2_000,
    HEADLINE: 256,
    BY_LINE: 32,
    CREDIT: 32,
    COPYRIGHT: 128,
    CITY: 32,
    COUNTRY: 64,
    SUBLOCATION: 32,
    DATE: 8,
    TIME: 11,
    KEYWORDS: 64,
}
# Datasets of record 2 whose bytes are no text: the version, a drawn caption, sound, a preview.
_BINARY: Final = frozenset({0, 125, 150, 151, 152, 153, 154, 200, 201, 202})


@dataclass(frozen=True, slots=True)
class DataSet:
    """One dataset by its record and number (2:120 is (2, 120))."""

    id: tuple[int, int]
    value: bytes


def datasets(block: bytes) -> tuple[DataSet, ...]:
    """The datasets of a block in their order; raises `Damage` or `TooManyPieces`."""
    found: list[DataSet] = []
    at = 0
    while at < len(block):
        # Writers pad the block with zeros to an even length.
        if block[at] != _MARK:
            if block[at:].strip(b"\0"):
                raise Damage(at)
            break
        header = block[at : at + 5]
        if len(header) < 5:
            raise Damage(at, cut_off=True)
        length = int.from_bytes(header[3:], "big")
        at += 5
        if length & 0x8000:
            # An extended dataset: the low bits count the bytes of its length.
            size = length & 0x7FFF
            if size > 4:
                raise Damage(at)
            length = int.from_bytes(block[at : at + size], "big")
            at += size
        if at + length > len(block):
            raise Damage(at, cut_off=True)
        found.append(DataSet((header[1], header[2]), block[at : at + length]))
        if len(found) > _DATASETS:
            raise TooManyPieces
        at += length
    return tuple(found)


def iim_values(found: Sequence[DataSet]) -> PictureMetadata:
    """What the datasets say, as far as IIM has a place for it."""
    utf_8 = _says_utf_8(found)

    def all_of(wanted: tuple[int, int]) -> list[str]:
        return [_decoded(each.value, utf_8=utf_8) for each in found if each.id == wanted]

    def first_of(wanted: tuple[int, int]) -> str:
        return next(iter(all_of(wanted)), "")

    return PictureMetadata(
        description=ByLanguage.of(first_of(CAPTION)),
        headline=first_of(HEADLINE),
        creators=tuple(all_of(BY_LINE)),
        credit_line=first_of(CREDIT),
        copyright_notice=ByLanguage.of(first_of(COPYRIGHT)),
        city=first_of(CITY),
        country=first_of(COUNTRY),
        location=first_of(SUBLOCATION),
        date_created=date_of_iim(first_of(DATE), first_of(TIME)),
        keywords=tuple(all_of(KEYWORDS)),
    )


def written_iim(found: Sequence[DataSet], metadata: PictureMetadata) -> bytes:
    """The block in UTF-8 with these values; datasets that have no place in the value are kept."""
    day, clock = iim_date(metadata.date_created)
    texts: list[tuple[tuple[int, int], str]] = [
        (CAPTION, metadata.description.default.replace("\n", "\r")),
        (HEADLINE, metadata.headline),
        *((BY_LINE, each) for each in metadata.creators),
        (CREDIT, metadata.credit_line),
        (COPYRIGHT, metadata.copyright_notice.default.replace("\n", " ")),
        (CITY, metadata.city),
        (COUNTRY, metadata.country),
        (SUBLOCATION, metadata.location),
        (DATE, day),
        (TIME, clock),
        *((KEYWORDS, each) for each in metadata.keywords),
    ]
    new = [DataSet(where, _cut(text, _LONGEST[where])) for where, text in texts if text]
    kept = [_in_utf_8(each, was=_says_utf_8(found)) for each in found if each.id not in _LONGEST]
    kept = [each for each in kept if each.id not in (_CHARACTER_SET, _VERSION)]
    whole = [DataSet(_CHARACTER_SET, _UTF_8), DataSet(_VERSION, b"\0\4"), *kept, *new]
    # Records follow each other by number, and so do the datasets in them.
    return b"".join(_written(sorted(whole, key=lambda each: each.id)))


def _says_utf_8(found: Iterable[DataSet]) -> bool:
    return any(each.id == _CHARACTER_SET and each.value == _UTF_8 for each in found)


def _decoded(value: bytes, *, utf_8: bool) -> str:
    """A text in the character set that was named; in UTF-8 where it fits, else in Windows-1252, where none was."""
    if not utf_8:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace")
    return value.decode("utf-8", "replace")


def _in_utf_8(each: DataSet, *, was: bool) -> DataSet:
    """A dataset that is kept, its text in UTF-8 as the block now says."""
    record, number = each.id
    if was or record not in (2, 3) or number in _BINARY or each.value.isascii():
        return each
    return DataSet(each.id, _decoded(each.value, utf_8=False).encode("utf-8"))


def _cut(text: str, longest: int) -> bytes:
    """The text in UTF-8, cut at a whole character."""
    value = text.encode("utf-8")
    if len(value) <= longest:
        return value
    return value[:longest].decode("utf-8", "ignore").rstrip().encode("utf-8")


def _written(whole: Iterable[DataSet]) -> Iterable[bytes]:
    for each in whole:
        yield bytes((_MARK, *each.id))
        if len(each.value) < 0x8000:
            yield len(each.value).to_bytes(2, "big")
        else:
            yield b"\x80\x04" + len(each.value).to_bytes(4, "big")
        yield each.value
