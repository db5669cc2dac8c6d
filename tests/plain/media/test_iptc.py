"""IPTC-IIM and the image resources that carry it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.iptc import DataSet, datasets, iim_values, written_iim
from khuevan.plain.media.photoshop import Resource, digest_of, read_resources, with_iim, write_resources
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata

from . import blocks

UTF_8 = (1, 90, b"\x1b%G")


def values(*fields: tuple[int, int, bytes]) -> PictureMetadata:
    return iim_values(datasets(blocks.iim(*fields)))


def test_iim_values_reads_each_field() -> None:
    assert values(
        UTF_8,
        (2, 0, b"\0\4"),
        (2, 120, "Gác Khuê Văn\rbuổi sớm".encode()),
        (2, 105, b"Headline"),
        (2, 80, b"A"),
        (2, 80, b"B"),
        (2, 110, b"Credit"),
        (2, 116, "© 2026".encode()),
        (2, 90, "Hà Nội".encode()),
        (2, 92, "Văn Miếu".encode()),
        (2, 101, "Việt Nam".encode()),
        (2, 55, b"20261126"),
        (2, 60, b"083000+0700"),
        (2, 25, b"one"),
        (2, 25, b"two"),
    ) == PictureMetadata(
        description=ByLanguage.of("Gác Khuê Văn\nbuổi sớm"),
        headline="Headline",
        creators=("A", "B"),
        credit_line="Credit",
        copyright_notice=ByLanguage.of("© 2026"),
        city="Hà Nội",
        location="Văn Miếu",
        country="Việt Nam",
        date_created="2026-11-26T08:30:00+07:00",
        keywords=("one", "two"),
    )


@pytest.mark.parametrize(
    ("fields", "city"),
    [
        (((2, 90, "Huế".encode()),), "Huế"),
        (((2, 90, "Orléans".encode("cp1252")),), "Orléans"),
        ((UTF_8, (2, 90, b"Hu\xff")), "Hu\ufffd"),
        (((1, 90, b"\x1b.A"), (2, 90, "Orléans".encode("latin-1"))), "Orléans"),
    ],
)
def test_iim_values_reads_every_character_set(fields: tuple[tuple[int, int, bytes], ...], city: str) -> None:
    assert values(*fields) == PictureMetadata(city=city)


def test_datasets_reads_lengths_of_both_forms() -> None:
    long = b"\x1c\x02\x78\x80\x04\0\0\x9c\x40" + b"x" * 40_000
    block = long + blocks.iim((2, 90, b"Hue")) + b"\0"

    assert datasets(block) == (DataSet((2, 120), b"x" * 40_000), DataSet((2, 90), b"Hue"))
    assert datasets(written_iim(datasets(long), PictureMetadata())) == (
        DataSet((1, 90), b"\x1b%G"),
        DataSet((2, 0), b"\0\4"),
    )


@pytest.mark.parametrize(
    "block",
    [
        b"x",
        b"\x1c\x02",
        b"\x1c\x02\x78\0\x05abcd",
        b"\x1c\x02\x78\x80\x08" + bytes(8),
        b"\x1c\x02\x78\0\0junk",
    ],
)
def test_datasets_refuses_a_damaged_block(block: bytes) -> None:
    with pytest.raises(Damage):
        datasets(block)


def test_datasets_refuses_a_block_without_end() -> None:
    with pytest.raises(TooManyPieces):
        datasets(blocks.iim((2, 25, b"")) * 6_000)


def test_written_iim_keeps_other_datasets_in_order_and_in_utf_8() -> None:
    found = datasets(
        blocks.iim(
            (3, 10, b"x"),
            (2, 202, b"\xff\xd8"),
            (2, 40, "é".encode("cp1252")),
            (2, 90, b"Hue"),
            (1, 20, b"\0\1"),
        )
    )

    assert written_iim(found, PictureMetadata(city="Huế")) == blocks.iim(
        (1, 20, b"\0\1"),
        UTF_8,
        (2, 0, b"\0\4"),
        (2, 40, "é".encode()),
        (2, 90, "Huế".encode()),
        (2, 202, b"\xff\xd8"),
        (3, 10, b"x"),
    )


def test_written_iim_cuts_at_a_whole_character() -> None:
    block = written_iim((), PictureMetadata(city="ế" * 20))

    assert datasets(block)[-1] == DataSet((2, 90), ("ế" * 10).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_any_block_is_read_or_damage(block: bytes) -> None:
    for reader in (datasets, read_resources):
        try:
            found: object = reader(block)  # type: ignore[operator]
        except (Damage, TooManyPieces):
            found = ()
        assert isinstance(found, tuple)


RESOURCES = st.lists(
    st.builds(
        Resource,
        st.sampled_from([b"8BIM", b"MeSa"]),
        st.integers(0, 0xFFFF),
        st.binary(max_size=9).map(lambda name: bytes((len(name),)) + name),
        st.binary(max_size=20),
    ),
    max_size=5,
).map(tuple)


@settings(max_examples=100, deadline=None)
@given(RESOURCES)
def test_resources_are_read_as_they_were_written(resources: tuple[Resource, ...]) -> None:
    assert read_resources(write_resources(resources)) == resources


def test_with_iim_replaces_the_block_and_its_checksum() -> None:
    other = Resource(b"8BIM", 0x03ED, b"\0", b"resolution")
    exif = Resource(b"8BIM", 0x0422, b"\0", b"exif")
    old = (Resource(b"8BIM", 0x0404, b"\0", b"old"), exif, other, Resource(b"8BIM", 0x0425, b"\0", b"sum"))
    new = (Resource(b"8BIM", 0x0404, b"", b"new"), Resource(b"8BIM", 0x0425, b"", digest_of(b"new")))

    assert with_iim(old, b"new", copies=True) == (*new, exif, other)
    assert with_iim(old, b"new", copies=False) == (*new, other)
    assert digest_of(b"").hex() == "d41d8cd98f00b204e9800998ecf8427e"


@pytest.mark.parametrize(
    "data", [b"8BIM", b"8BIM\4\4\0\0\0\0\0\x09abc", b"xBIM\4\4\0\0\0\0\0\0", b"8BIM\4\4\xff"]
)
def test_read_resources_refuses_damaged_ones(data: bytes) -> None:
    with pytest.raises(Damage):
        read_resources(data)
