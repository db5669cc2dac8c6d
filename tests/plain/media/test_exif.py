"""EXIF: what a camera wrote, the block without the position, and blocks that cannot be followed."""

from __future__ import annotations

import random
import struct

import pytest

from khuevan.plain.media.damage import Damage
from khuevan.plain.media.exif import (
    ARTIST,
    DESCRIPTION,
    Exif,
    Position,
    exif_without,
    exif_without_position,
    orientation_of,
    read_exif,
)

from . import blocks
from .damaged import damaged

CAMERA = Exif(
    description="A gate",
    artist="Nguyen Van A",
    copyright="(c) 2026 So VHTT",
    date_created="2026-11-26T08:30:00+07:00",
    camera="NIKON Z 8",
    orientation=6,
    position=Position(21.028200, 105.835567),
)


def block(order: str, *entries: tuple[int, int, int, bytes], more: bytes = b"", behind: int = 0) -> bytes:
    """An EXIF block of one directory, its values given as they stand in the entries."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    whole = b"".join(struct.pack(f"{order}HHL", *head) + value.ljust(4, b"\0") for *head, value in entries)
    start = mark + struct.pack(f"{order}LH", 8, len(entries))
    return start + whole + struct.pack(f"{order}L", behind) + more


def test_read_exif_reads_what_a_camera_wrote() -> None:
    assert read_exif(blocks.exif()) == CAMERA
    assert read_exif(b"Exif\0\0" + blocks.exif().removeprefix(b"Exif\0\0")) == CAMERA


@pytest.mark.parametrize("order", ["<", ">"])
def test_read_exif_knows_both_orders_of_bytes(order: str) -> None:
    assert read_exif(block(order, (0x0112, 3, 1, struct.pack(f"{order}H", 8)))) == Exif(orientation=8)


@pytest.mark.parametrize(
    ("value", "text"),
    [("Hồ Gươm".encode(), "Hồ Gươm"), ("Café".encode("cp1252"), "Café"), (b"a\0b", "a"), (b" \0", "")],
)
def test_read_exif_reads_texts_in_utf_8_and_in_windows_1252(value: bytes, text: str) -> None:
    at = 26
    found = (
        read_exif(block(">", (ARTIST, 2, len(value), struct.pack(">L", at)), more=value))
        if len(value) > 4
        else (read_exif(block(">", (ARTIST, 2, len(value), value))))
    )

    assert found == Exif(artist=text)


def test_read_exif_joins_the_notices_of_photographer_and_editor() -> None:
    notice = b"(c) A\0(c) B\0"

    assert read_exif(block(">", (0x8298, 2, len(notice), struct.pack(">L", 26)), more=notice)) == Exif(
        copyright="(c) A, (c) B"
    )


@pytest.mark.parametrize("number", [0, 9, 65_535])
def test_an_orientation_that_exif_does_not_know_is_upright(number: int) -> None:
    assert orientation_of(block(">", (0x0112, 3, 1, struct.pack(">H", number)))) == 1


def test_south_and_west_are_negative_and_impossible_places_are_none() -> None:
    def place(latitude: bytes, degrees: int, divisor: int = 1) -> Position | None:
        angle = struct.pack(">6L", degrees, divisor, 30, 1, 0, 1)
        gps = struct.pack(">H", 4) + b"".join(
            (
                struct.pack(">HHL", 1, 2, 2) + latitude + b"\0\0\0",
                struct.pack(">HHLL", 2, 5, 3, 80),
                struct.pack(">HHL", 3, 2, 2) + b"W\0\0\0",
                struct.pack(">HHLL", 4, 5, 3, 80),
            )
        )
        return read_exif(
            block(">", (0x8825, 4, 1, struct.pack(">L", 26)), more=gps + bytes(4) + angle)
        ).position

    assert place(b"S", 30) == Position(-30.5, -30.5)
    assert place(b"N", 91) is None
    assert place(b"N", 30, divisor=0) is None


def test_exif_without_position_keeps_the_rest_in_its_place() -> None:
    cleaned = exif_without_position(blocks.exif())

    assert read_exif(cleaned) == Exif(
        **{name: getattr(CAMERA, name) for name in Exif.__slots__ if name != "position"}
    )
    assert len(cleaned) == len(blocks.exif().removeprefix(b"Exif\0\0"))
    assert b"MAKER NOTE" not in cleaned
    assert b"50 mm" in cleaned


def test_exif_without_position_wipes_what_no_entry_points_to() -> None:
    assert b"left over" not in exif_without_position(blocks.exif() + b"left over by an editor")


def test_exif_without_position_drops_a_thumbnail_that_brings_its_own_details() -> None:
    thumbnail = b"\xff\xd8\xff\xe1\0\x10Exif\0\0GPS\xff\xd9"
    second = struct.pack(">HHHLLHHLL", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(thumbnail)) + bytes(4)
    whole = block(">", (0x0112, 3, 1, b"\0\6"), more=second + thumbnail, behind=26)

    assert b"GPS" in whole
    assert exif_without_position(whole) == block(">", (0x0112, 3, 1, b"\0\6"))


def test_exif_without_position_keeps_an_honest_thumbnail() -> None:
    thumbnail = b"\xff\xd8\xff\xdb thumbnail \xff\xd9"
    second = struct.pack(">HHHLLHHLL", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(thumbnail)) + bytes(4)
    whole = block(">", (0x0112, 3, 1, b"\0\6"), more=second + thumbnail, behind=26)

    assert exif_without_position(whole) == whole


def test_exif_without_takes_entries_out() -> None:
    cleaned = exif_without(blocks.exif(), frozenset({DESCRIPTION, ARTIST}))

    assert (read_exif(cleaned).description, read_exif(cleaned).artist) == ("", "")
    assert read_exif(cleaned).position == CAMERA.position
    assert b"A gate" not in cleaned


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"JUNK",
        b"MM\0*\0\0\0\x08",
        b"MM\0*\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff",
        block(">", (0x0112, 2, 0xFFFFFFFF, b"\0\0\0\x08")),
        block(">", (0x8769, 4, 1, b"\0\0\0\x08")),
    ],
    ids=["nothing", "junk", "no directory", "far away", "many entries", "long value", "circle"],
)
def test_a_block_that_cannot_be_followed_is_damage_and_leaves_no_position(data: bytes) -> None:
    with pytest.raises(Damage):
        read_exif(data)
    assert orientation_of(data) == 1
    assert exif_without_position(data) == b""
    assert exif_without(data, frozenset({ARTIST})) == data


def test_a_damaged_block_never_ends_in_another_error() -> None:
    for seed in range(500):
        chance = random.Random(seed)
        data = damaged(blocks.exif(), chance)
        try:
            read_exif(data)
        except Damage:
            found: object = None
        else:
            found = read_exif(exif_without_position(data)).position if exif_without_position(data) else None
        assert found is None
