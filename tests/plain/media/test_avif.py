"""XMP in AVIF pictures: added behind everything, with the compressed pixels as they were."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from khuevan.plain.media.avif import with_xmp
from khuevan.plain.media.boxes import outer_boxes
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.metadata import ByLanguage, PictureMetadata, read_metadata, with_metadata
from khuevan.plain.media.raster import reencoded
from khuevan.plain.media.windows import Windows
from tests.plain.media import samples

PACKET = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><!-- Khu\xc3\xaa V\xc4\x83n --></x:xmpmeta>"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PICTURES = {
    "plain": samples.avif(),
    "grey": samples.saved(samples.picture(mode="L"), "AVIF", speed=10),
    "see-through": samples.saved(samples.picture(mode="RGBA"), "AVIF", speed=10),
    "with a profile": samples.avif(icc_profile=PROFILE),
    "as the library keeps it": reencoded(
        samples.avif(exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0", xmp=PACKET)
    ).data,
}


def opened(data: bytes) -> tuple[Any, bytes, bytes]:
    """The XMP, the pixels and the colour profile that Pillow finds."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image.info.get("xmp"), image.tobytes(), image.info.get("icc_profile", b"")


def outer(data: bytes) -> dict[bytes, bytes]:
    """The outermost boxes but meta, by name and place."""
    found, at = {}, 0
    for number, (name, end) in enumerate(outer_boxes(Windows(data))):
        found[name + str(number).encode()] = data[at:end]
        at = end
    return {name: box for name, box in found.items() if not name.startswith(b"meta")}


@pytest.mark.parametrize("name", PICTURES)
def test_packet_is_added_and_nothing_else_changes(name: str) -> None:
    before = PICTURES[name]
    after = with_xmp(before, PACKET)
    (xmp, *seen), (nothing, *former) = opened(after), opened(before)
    assert (nothing, xmp, seen) == (None, PACKET, former)
    boxes, former_boxes = outer(after), outer(before)
    assert {name: boxes[name] for name in former_boxes} == former_boxes
    assert len(boxes) == len(former_boxes) + 1


def rewritten(data: bytes, *, version: int, base: int, offset: int) -> bytes:
    """The picture of one item with its place told in another form: base of so many bytes, offset of so many."""
    at = data.index(b"iloc") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    place, size = struct.unpack(">II", data[at + length - 8 : at + length])

    def box(place: int) -> bytes:
        # Part of the way in the base, where both have room for it.
        begin, rest = ((place - 2, 2) if offset else (place, 0)) if base else (0, place)
        number = ">I" if version == 2 else ">H"
        head = bytes([version, 0, 0, 0, offset << 4 | 4, base << 4])
        head += struct.pack(number, 1) + struct.pack(number, 1)
        head += (b"\0\0" if version else b"") + b"\0\0" + begin.to_bytes(base)
        head += struct.pack(">H", 1) + rest.to_bytes(offset) + struct.pack(">I", size)
        return struct.pack(">I4s", len(head) + 8, b"iloc") + head

    longer = len(box(place)) - length
    meta = data.index(b"meta") - 4
    told = int.from_bytes(data[meta : meta + 4], "big") + longer
    return b"".join(
        (data[:meta], told.to_bytes(4), data[meta + 4 : at], box(place + longer), data[at + length :])
    )


@pytest.mark.parametrize(
    ("version", "base", "offset"), [(0, 4, 0), (0, 0, 8), (1, 0, 4), (1, 8, 4), (2, 4, 4), (2, 8, 0)]
)
def test_places_in_every_form_are_understood(version: int, base: int, offset: int) -> None:
    before = rewritten(PICTURES["plain"], version=version, base=base, offset=offset)
    assert opened(before) == opened(PICTURES["plain"])
    assert opened(with_xmp(before, PACKET)) == (PACKET, *opened(before)[1:])


def at_the_end(data: bytes) -> bytes:
    """The picture whose last box says that it ends with the file."""
    at = data.index(b"mdat") - 4
    return data[:at] + bytes(4) + data[at + 4 :]


@pytest.mark.parametrize(
    "data",
    [
        samples.avif(xmp=PACKET),
        samples.avif(exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"),
        samples.animation("AVIF", 3),
        at_the_end(PICTURES["plain"]),
        PICTURES["plain"] + b"\0\0\0\x0cuuidGPS!",
        PICTURES["plain"].replace(b"iinf", b"free"),
        PICTURES["plain"][:-1],
        b"",
        samples.jpeg(),
    ],
)
def test_what_is_not_understood_is_left_alone(data: bytes) -> None:
    with pytest.raises(Damage):
        with_xmp(data, PACKET)


@given(st.integers(0, 300), st.integers(0, 255), st.integers(0, 400))
@example(0, 0, 0)
def test_damaged_files_raise_damage_and_nothing_else(at: int, value: int, cut: int) -> None:
    data = bytearray(PICTURES["see-through"])
    data[at] = value
    try:
        written = with_xmp(bytes(data[: len(data) - cut]), PACKET)
    except (Damage, TooManyPieces):
        return
    assert written.endswith(PACKET)


def test_details_are_written_and_read_again() -> None:
    details = PictureMetadata(
        description=ByLanguage((("x-default", "The gate"), ("vi", "Cổng"))), credit_line="Sở Văn hóa",
        license_url="https://creativecommons.org/licenses/by/4.0/", keywords=("Heritage",),
    )  # fmt: skip
    written = with_metadata(PICTURES["plain"], details)
    assert read_metadata(written).metadata == details
    assert with_metadata(PICTURES["plain"], PictureMetadata()) == PICTURES["plain"]
