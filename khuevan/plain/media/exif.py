"""What a camera wrote with a picture (EXIF), and the block without the position.

Source: CIPA DC-008 (Exif 3.0), sections 4.6.4 to 4.6.6; mapping to IPTC fields as in the IPTC's Photo
Metadata Mapping Guidelines 2022.1. A maker's note has no public form and may hold the position: it goes with
it, always.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.damage import Damage
from khuevan.plain.media.dates import date_of_exif
from khuevan.plain.media.exif_layout import EXIF_IFD, GPS_IFD, Directory, Entry, ExifBlock
from khuevan.plain.media.texts import one_line, paragraphs

DESCRIPTION: Final = 0x010E
ARTIST: Final = 0x013B
COPYRIGHT: Final = 0x8298
DATE_ORIGINAL: Final = 0x9003
ORIENTATION: Final = 0x0112
_OFFSET_ORIGINAL: Final = 0x9011
_MAKE: Final = 0x010F
_MODEL: Final = 0x0110
_MAKER_NOTE: Final = 0x927C
# XMP, IPTC and Photoshop's resources, which a block taken from a TIFF file may carry with it.
_PACKETS: Final = (0x02BC, 0x83BB, 0x8649)
_WITH_POSITION: Final = frozenset({GPS_IFD, _MAKER_NOTE, *_PACKETS})
_LATITUDE: Final = (1, 2)
_LONGITUDE: Final = (3, 4)
_TEXT_BYTES: Final = 20_000
_PREFIX: Final = b"Exif\x00\x00"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a picture was taken, in degrees of WGS 84 (north and east positive), to six decimals."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Exif:
    """What a camera wrote; empty where it did not. `orientation` is 1 to 8, as EXIF counts."""

    description: str = ""
    artist: str = ""
    copyright: str = ""
    date_created: str = ""
    camera: str = ""
    orientation: int = 1
    position: Position | None = None


def read_exif(data: bytes) -> Exif:
    """What the block says; raises `Damage` where it cannot be followed. Its first six bytes may be "Exif"."""
    block = ExifBlock(data.removeprefix(_PREFIX))
    main, details = block.directory(0), block.directory(EXIF_IFD)
    make, model = _text(block, main, _MAKE), _text(block, main, _MODEL)
    return Exif(
        description=paragraphs(_raw_text(block, main, DESCRIPTION)),
        artist=_text(block, main, ARTIST),
        copyright=_copyright(block, main),
        date_created=date_of_exif(
            _text(block, details, DATE_ORIGINAL), _text(block, details, _OFFSET_ORIGINAL)
        ),
        # Most makers begin the model with their own name.
        camera=model if model.lower().startswith(make.lower()[:5]) else f"{make} {model}".strip(),
        orientation=_orientation(block, main),
        position=_position(block, block.directory(GPS_IFD)),
    )


def exif_without_position(data: bytes) -> bytes:
    """The block without the position and whatever may hold it; only the orientation of a damaged one."""
    body = data.removeprefix(_PREFIX)
    try:
        block = ExifBlock(body)
        cleaned = block.without(_WITH_POSITION, orphans=False)
        # A block whose directories lay over each other may no longer be one.
        ExifBlock(cleaned)
        # A thumbnail is a whole picture, which may bring its own details along.
        thumbnail = block.directory(1)
        if b"gps" in cleaned.lower() or b"Exif\0" in cleaned or b"adobe.com/xap" in cleaned:
            return _only_orientation(_orientation(block, block.directory(0)))
        if thumbnail is not None and thumbnail.entry(EXIF_IFD) is not None:
            return _only_orientation(_orientation(block, block.directory(0)))
        return cleaned
    except Damage:
        return _only_orientation(orientation_of(body))


def exif_without(data: bytes, tags: frozenset[int]) -> bytes:
    """The block without the entries of these tags; as it was where it cannot be followed."""
    body = data.removeprefix(_PREFIX)
    try:
        return ExifBlock(body).without(tags, orphans=True)
    except Damage:
        return body


def orientation_of(data: bytes) -> int:
    """How a picture is to be turned, 1 to 8; 1 where the block does not say or cannot be followed."""
    try:
        block = ExifBlock(data.removeprefix(_PREFIX))
        return _orientation(block, block.directory(0))
    except Damage:
        return 1


def _only_orientation(orientation: int) -> bytes:
    """A block that says nothing but how the picture is to be turned; empty where that is upright."""
    if orientation == 1:
        return b""
    entry = ORIENTATION.to_bytes(2, "big") + b"\0\3\0\0\0\1" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"MM\0*\0\0\0\x08\0\1" + entry + bytes(4)


def _orientation(block: ExifBlock, directory: Directory | None) -> int:
    entry = directory.entry(ORIENTATION) if directory is not None else None
    numbers = block.numbers(entry) if entry is not None else ()
    return numbers[0] if numbers and 1 <= numbers[0] <= 8 else 1


def _text(block: ExifBlock, directory: Directory | None, tag: int) -> str:
    return one_line(_raw_text(block, directory, tag))


def _raw_text(block: ExifBlock, directory: Directory | None, tag: int) -> str:
    entry = directory.entry(tag) if directory is not None else None
    return _decoded(block, entry).partition("\0")[0] if entry is not None else ""


def _copyright(block: ExifBlock, directory: Directory | None) -> str:
    """The photographer's notice, and the editor's behind a zero byte, as one line."""
    entry = directory.entry(COPYRIGHT) if directory is not None else None
    notices = _decoded(block, entry).split("\0") if entry is not None else []
    return ", ".join(filter(None, (one_line(notice) for notice in notices[:2])))


def _decoded(block: ExifBlock, entry: Entry) -> str:
    """A text in UTF-8, which Exif 3.0 allows and most programs write; else in Windows-1252."""
    if entry.type not in (2, 129) or entry.value_bytes > _TEXT_BYTES:
        return ""
    value = block.value(entry)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _position(block: ExifBlock, directory: Directory | None) -> Position | None:
    if directory is None:
        return None
    latitude = _degrees(block, directory, *_LATITUDE, b"S")
    longitude = _degrees(block, directory, *_LONGITUDE, b"W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Position(latitude, longitude)


def _degrees(block: ExifBlock, directory: Directory, side: int, angle: int, negative: bytes) -> float | None:
    """Degrees, minutes and seconds as one number; None where there are none."""
    side_entry, angle_entry = directory.entry(side), directory.entry(angle)
    if side_entry is None or angle_entry is None:
        return None
    numbers = block.numbers(angle_entry)
    if angle_entry.type != 5 or len(numbers) != 6 or 0 in numbers[1::2]:
        return None
    degrees, minutes, seconds = (numbers[at] / numbers[at + 1] for at in (0, 2, 4))
    total = degrees + minutes / 60 + seconds / 3600
    return round(-total if block.value(side_entry)[:1].upper() == negative else total, 6)
