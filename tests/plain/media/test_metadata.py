"""What a picture says of itself: read from three standards, written back, and nothing else touched."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, IptcImagePlugin

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.jpeg import read_jpeg
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.metadata import (
    ByLanguage,
    Difference,
    PictureMetadata,
    Position,
    ReadMetadata,
    Standard,
    read_metadata,
    with_metadata,
    without_position,
)
from khuevan.plain.media.photoshop import digest_of
from khuevan.plain.media.png import read_png
from khuevan.plain.media.webp import read_webp

from . import blocks, samples
from .damaged import damaged

WHOLE = PictureMetadata(
    description=ByLanguage((("vi", "Gác Khuê Văn buổi sớm.\n\nNhìn từ sân."), ("en", "The gate at dawn."))),
    headline="Khuê Văn Các mở cửa sớm",
    alt_text=ByLanguage((("en", "A red gate with a round window"), ("vi", "Cổng đỏ, cửa sổ tròn"))),
    creators=("Nguyễn Văn A", "Trần Thị B"),
    credit_line="Ảnh: Sở Văn hóa và Thể thao Hà Nội / Nguyễn Văn A",
    copyright_notice=ByLanguage.of("© 2026 Sở Văn hóa và Thể thao Hà Nội"),
    rights_holders=("Sở Văn hóa và Thể thao Hà Nội",),
    license_url="https://creativecommons.org/licenses/by/4.0/",
    licensor_url="https://sovhtt.example/anh",
    usage_terms=ByLanguage.of("Được dùng lại, ghi nguồn."),
    city="Hà Nội",
    country="Việt Nam",
    location="Văn Miếu – Quốc Tử Giám",
    date_created="2026-11-26T08:30:00+07:00",
    keywords=("Khuê Văn Các", "bình minh", "heritage"),
)
KHUE_VAN_CAC = Position(21.028200, 105.835567)
FILES = {"JPEG": samples.jpeg, "PNG": samples.png, "WEBP": samples.webp}


def pixels(data: bytes) -> object:
    """The compressed pixels and what is needed to decode them, byte for byte."""
    if data.startswith(b"\xff\xd8"):
        file = read_jpeg(data)
        return file.pixels, [each for each in file.segments if not 0xE0 <= each.marker <= 0xEF]
    if data.startswith(b"RIFF"):
        return [each for each in read_webp(data).chunks if each.type not in (b"VP8X", b"EXIF", b"XMP ")]
    return [each for each in read_png(data).chunks if each.type not in (b"eXIf", b"iTXt")]


def decoded(data: bytes) -> bytes:
    # Pillow warns of the pointer to a second picture, which is no real one here.
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
        return image.convert("RGBA").tobytes()


def refusal(data: bytes, metadata: PictureMetadata = WHOLE) -> str:
    with pytest.raises(MediaError) as raised:
        with_metadata(data, metadata)
    return str(raised.value)


@pytest.mark.parametrize("kind", FILES)
def test_a_picture_without_details_says_nothing(kind: str) -> None:
    assert read_metadata(FILES[kind]()) == ReadMetadata(PictureMetadata())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_read_metadata_reads_exif_in_every_kind(kind: str) -> None:
    block = Image.Exif()
    block.load(blocks.exif())
    turned = 6

    found = read_metadata(samples.saved(samples.picture(), kind, exif=block))

    assert found == ReadMetadata(
        PictureMetadata(
            description=ByLanguage.of("A gate"),
            creators=("Nguyen Van A",),
            copyright_notice=ByLanguage.of("(c) 2026 So VHTT"),
            date_created="2026-11-26T08:30:00+07:00",
        ),
        sources=tuple(
            (name, Standard.EXIF) for name in ("description", "creators", "copyright_notice", "date_created")
        ),
        camera="NIKON Z 8",
        orientation=turned,
        position=KHUE_VAN_CAC,
    )


@pytest.mark.parametrize("kind", FILES)
def test_with_metadata_writes_what_read_metadata_reads(kind: str) -> None:
    source = FILES[kind]()

    written = with_metadata(source, WHOLE)

    assert read_metadata(written).metadata == WHOLE
    assert read_metadata(written).differences == ()
    assert pixels(written) == pixels(source)
    assert decoded(written) == decoded(source)


def test_with_metadata_writes_iim_that_another_reader_understands() -> None:
    with Image.open(io.BytesIO(with_metadata(samples.jpeg(), WHOLE))) as image:
        found = IptcImagePlugin.getiptcinfo(image)

    assert found is not None
    assert found[1, 90] == b"\x1b%G"
    text = {key: value.decode() for key, value in found.items() if isinstance(value, bytes) and key[0] == 2}
    assert text[2, 120] == "Gác Khuê Văn buổi sớm.\r\rNhìn từ sân."
    assert text[2, 90] == "Hà Nội"
    assert text[2, 101] == "Việt Nam"
    assert text[2, 105] == "Khuê Văn Các mở cửa sớm"
    # Cut at 32 bytes, at a whole character.
    assert text[2, 110] == "Ảnh: Sở Văn hóa và Thể"
    assert (text[2, 55], text[2, 60]) == ("20261126", "083000+0700")
    assert [each.decode() for each in found[2, 80]] == ["Nguyễn Văn A", "Trần Thị B"]
    assert [each.decode() for each in found[2, 25]] == ["Khuê Văn Các", "bình minh", "heritage"]


@pytest.mark.parametrize("kind", FILES)
def test_with_metadata_writes_xmp_where_another_reader_looks_for_it(kind: str) -> None:
    with Image.open(io.BytesIO(with_metadata(FILES[kind](), WHOLE))) as image:
        packet = image.info["xmp"] if kind != "PNG" else image.info["XML:com.adobe.xmp"].encode()

    assert "<Iptc4xmpCore:AltTextAccessibility" in packet.decode()
    assert '<rdf:li xml:lang="vi">Cổng đỏ, cửa sổ tròn</rdf:li>' in packet.decode()


@pytest.mark.parametrize("kind", FILES)
def test_with_metadata_empties_a_field_in_all_standards(kind: str) -> None:
    block = Image.Exif()
    block.load(blocks.exif())
    source = FILES[kind](exif=block)
    source = with_metadata(source, WHOLE)

    emptied = with_metadata(source, PictureMetadata())

    assert read_metadata(emptied) == ReadMetadata(PictureMetadata(), camera="NIKON Z 8", orientation=6)
    assert b"Nguyen Van A" not in emptied


def test_with_metadata_empties_what_is_read_in_place_of_a_field() -> None:
    packet = blocks.xmp(
        "<xmpRights:Owner><rdf:Bag><rdf:li>A</rdf:li></rdf:Bag></xmpRights:Owner>"
        '<cc:license rdf:resource="https://a.example/l"/>'
        '<Iptc4xmpExt:LocationCreated rdf:parseType="Resource"><Iptc4xmpExt:City>Hà Nội</Iptc4xmpExt:City>'
        "</Iptc4xmpExt:LocationCreated>",
        ' exif:DateTimeOriginal="2026-01-02"',
    )
    source = blocks.with_xmp(samples.jpeg(), packet)

    assert read_metadata(source).metadata == PictureMetadata(
        rights_holders=("A",), license_url="https://a.example/l", city="Hà Nội", date_created="2026-01-02"
    )
    assert read_metadata(with_metadata(source, PictureMetadata())).metadata == PictureMetadata()


def test_xmp_wins_over_iim_and_iim_over_exif() -> None:
    block = Image.Exif()
    block.load(blocks.exif(position=False))
    source = samples.jpeg(exif=block)
    source = blocks.with_iim(source, (1, 90, b"\x1b%G"), (2, 120, b"IIM"), (2, 80, b"I. I."), (2, 90, b"Hue"))
    source = blocks.with_xmp(
        source, blocks.xmp("", ' dc:description="XMP" photoshop:DateCreated="2026-11-26"')
    )

    found = read_metadata(source)

    assert found.metadata == PictureMetadata(
        description=ByLanguage.of("XMP"),
        creators=("I. I.",),
        copyright_notice=ByLanguage.of("(c) 2026 So VHTT"),
        city="Hue",
        date_created="2026-11-26",
    )
    assert found.sources == (
        ("description", Standard.XMP),
        ("creators", Standard.IIM),
        ("copyright_notice", Standard.EXIF),
        ("city", Standard.IIM),
        ("date_created", Standard.XMP),
    )
    # The camera's minute is within the day that XMP tells.
    assert found.differences == (
        Difference("description", Standard.XMP, Standard.IIM, "IIM"),
        Difference("description", Standard.XMP, Standard.EXIF, "A gate"),
        Difference("creators", Standard.IIM, Standard.EXIF, "Nguyen Van A"),
    )


def test_iim_wins_where_its_checksum_shows_that_it_was_changed_last() -> None:
    changed = blocks.iim((2, 105, b"changed later"))

    def source(digest: bytes) -> bytes:
        with_both = blocks.with_resources(
            samples.jpeg(), blocks.resource(0x0404, changed), blocks.resource(0x0425, digest)
        )
        return blocks.with_xmp(with_both, blocks.xmp("", ' photoshop:Headline="first" photoshop:City="Hue"'))

    def found(digest: bytes) -> tuple[str, str]:
        metadata = read_metadata(source(digest)).metadata
        return metadata.headline, metadata.city

    assert found(digest_of(blocks.iim((2, 105, b"first")))) == ("changed later", "Hue")
    assert found(digest_of(changed)) == ("first", "Hue")
    assert found(bytes(16)) == ("first", "Hue")


def test_a_damaged_block_is_passed_over_with_a_warning() -> None:
    source = blocks.with_iim(samples.jpeg(), (2, 105, b"Tin"))
    source = blocks.with_xmp(source, b"<x:xmpmeta>")
    source = samples.with_segment(source, 0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff")

    found = read_metadata(source)

    assert found.metadata == PictureMetadata(headline="Tin")
    assert found.warnings == (messages.EXIF_UNREADABLE, messages.XMP_UNREADABLE)
    assert set(found.warnings) < set(messages.TEMPLATES)
    assert read_metadata(with_metadata(source, WHOLE)) == ReadMetadata(
        WHOLE, sources=read_metadata(with_metadata(samples.jpeg(), WHOLE)).sources
    )


def test_persons_shown_are_kept_in_the_file_and_never_read() -> None:
    person = (
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Lê Thị C</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
    )
    source = blocks.with_xmp(samples.jpeg(), blocks.xmp(person, ' photoshop:Headline="Tin"'))

    assert read_metadata(source) == ReadMetadata(
        PictureMetadata(headline="Tin"), sources=(("headline", Standard.XMP),)
    )
    assert "Lê Thị C".encode() in with_metadata(source, WHOLE)


def test_with_metadata_keeps_everything_else_in_a_jpeg() -> None:
    packet = blocks.xmp(
        "<xmp:Rating>4</xmp:Rating><dc:title><rdf:Alt><rdf:li>T</rdf:li></rdf:Alt></dc:title>"
    )
    source = samples.jpeg(icc_profile=b"profile" * 20_000, comment=b"a comment")
    source = samples.with_segment(source, 0xE5, b"a maker's own segment")
    source = blocks.with_xmp(source, packet)
    source = blocks.with_resources(
        source,
        blocks.resource(
            0x0404, blocks.iim((1, 90, b"\x1b%G"), (2, 5, "Tên".encode()), (2, 202, b"\xff\x80\0"))
        ),
        blocks.resource(0x03ED, b"resolution", name=b"\x03abc"),
        blocks.resource(0x0BB7, b"odd", signature=b"MeSa"),
    )

    written = with_metadata(source, WHOLE)

    for kept in (
        b"a maker's own segment",
        b"a comment",
        b"profile" * 5_000,
        b"<xmp:Rating>4<",
        b"<rdf:li>T<",
    ):
        assert kept in written
    for kept in (
        blocks.iim((2, 5, "Tên".encode())),
        blocks.iim((2, 202, b"\xff\x80\0")),
        blocks.resource(0x03ED, b"resolution", name=b"\x03abc"),
        blocks.resource(0x0BB7, b"odd", signature=b"MeSa"),
    ):
        assert kept in written
    # JFIF stays the first segment.
    assert written[:20] == source[:20]
    assert with_metadata(written, WHOLE) == written


def test_with_metadata_turns_older_texts_that_are_kept_to_utf_8() -> None:
    source = blocks.with_iim(samples.jpeg(), (2, 5, "Café".encode("cp1252")), (2, 90, "Huế".encode()))

    assert read_metadata(source).metadata.city == "Huế"
    assert blocks.iim((2, 5, "Café".encode())) in with_metadata(source, WHOLE)


def test_with_metadata_keeps_the_rest_of_a_png() -> None:
    source = samples.png()
    for kind, content in ((b"tEXt", b"Software\0program"), (b"pHYs", bytes(9)), (b"prVt", b"private")):
        source = samples.with_png_chunk(source, kind, content)

    written = with_metadata(source, WHOLE)

    chunks = [each for each in read_png(written).chunks if each.type != b"iTXt"]
    assert chunks == list(read_png(source).chunks)
    assert with_metadata(written, WHOLE) == written


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"icc_profile": b"profile" * 9}])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_with_metadata_extends_every_form_of_webp(options: dict[str, object], mode: str) -> None:
    source = samples.saved(samples.picture(63, 47, mode), "WEBP", **options)

    written = with_metadata(source, WHOLE)

    assert decoded(written) == decoded(source)
    assert pixels(written) == pixels(source)
    with Image.open(io.BytesIO(written)) as image:
        assert (image.size, image.mode) == ((63, 47), mode)
    assert with_metadata(written, WHOLE) == written


def test_details_longer_than_a_segment_go_on_in_a_second_packet() -> None:
    long = dataclasses.replace(
        WHOLE, description=ByLanguage((("vi", "Dài lắm. " * 9_000), ("en", "x" * 70_000)))
    )
    source = samples.jpeg()

    written = with_metadata(source, long)

    assert read_metadata(written).metadata == long
    assert pixels(written) == pixels(source)
    assert with_metadata(written, long) == written
    assert read_metadata(with_metadata(written, WHOLE)).metadata == WHOLE
    assert b"xmp/extension" not in with_metadata(written, WHOLE)


def positioned() -> dict[str, bytes]:
    """A file of each kind that tells its position in every way that is known."""
    block = Image.Exif()
    block.load(blocks.exif())
    packet = blocks.xmp(
        '<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<exif:GPSLatitude>21,1.69N</exif:GPSLatitude><Iptc4xmpExt:City>Hà Nội</Iptc4xmpExt:City></rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:LocationCreated><exif:GPSLongitude>105,50.1E</exif:GPSLongitude>",
        ' exif:GPSLatitude="21,1.692N" drone:GpsLatitude="+21.0282"',
    )
    jpeg = blocks.with_xmp(samples.jpeg(exif=block), packet)
    jpeg = blocks.with_resources(jpeg, blocks.resource(0x0422, blocks.exif()))
    jpeg = samples.with_segment(jpeg, 0xE2, b"MPF\0 second picture")
    jpeg = samples.with_segment(jpeg, 0xE4, b"DJI log GPS 21.0282")
    png = samples.png(exif=block)
    for kind, content in (
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet),
        (b"zTXt", b"Raw profile type exif\0\0compressed 21.0282"),
        (b"tEXt", b"Comment\0gps 21.0282"),
    ):
        png = samples.with_png_chunk(png, kind, content)
    return {
        "JPEG": jpeg + samples.jpeg(exif=block),
        "PNG": png + b"gps 21.0282",
        "WEBP": samples.webp(exif=block, xmp=packet),
    }


POSITION = (b"GPS", b"Gps", b"gps", b"MAKER NOTE", b"21.0282", b"21,1.69", b"105,50", b"41.52")


@pytest.mark.parametrize("kind", FILES)
def test_without_position_leaves_no_trace_of_the_place(kind: str) -> None:
    source = positioned()[kind]
    before = read_metadata(source)

    cleaned = without_position(source)
    after = read_metadata(cleaned)

    assert before.position == KHUE_VAN_CAC
    assert after == dataclasses.replace(before, position=None)
    assert [trace for trace in POSITION if trace in cleaned] == []
    # 41.52 seconds, as EXIF keeps fractions.
    assert (4152).to_bytes(4, "big") + (100).to_bytes(4, "big") not in cleaned
    assert decoded(cleaned) == decoded(source)
    assert without_position(cleaned) == cleaned


@pytest.mark.parametrize("kind", FILES)
def test_with_metadata_takes_the_position_out_unless_it_is_wanted(kind: str) -> None:
    source = positioned()[kind]

    assert read_metadata(with_metadata(source, WHOLE)).position is None
    assert [trace for trace in POSITION if trace in with_metadata(source, WHOLE)] == []
    wanted = with_metadata(source, WHOLE, keep_position=True)
    assert read_metadata(wanted).position == KHUE_VAN_CAC
    assert b"MAKER NOTE 21.0282" in wanted
    assert (read_metadata(wanted).metadata, read_metadata(wanted).differences) == (WHOLE, ())


def test_a_position_in_the_second_packet_goes_too() -> None:
    long = dataclasses.replace(WHOLE, description=ByLanguage.of("x" * 100_000))
    packet = blocks.xmp(f"<xmp:Label>{'y' * 20_000}</xmp:Label>", ' exif:GPSLatitude="21,1.692N"')
    source = with_metadata(blocks.with_xmp(samples.jpeg(), packet), long, keep_position=True)

    assert b"21,1.692N" in source
    assert b"xmp/extension" in source
    assert b"21,1.692N" not in without_position(source)
    assert read_metadata(without_position(source)).metadata == long


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            samples.gif(),
            "The details in a GIF picture cannot be changed here: save it as JPEG, PNG or WebP and use that.",
        ),
        (
            samples.tiff(),
            "The details in a TIFF picture cannot be changed here: save it as JPEG, PNG or WebP and use that.",
        ),
        (
            samples.avif(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
            "The details in an AVIF picture cannot be changed here: save it as JPEG, PNG or WebP and use that.",
        ),
        (
            samples.SVG,
            "The picture is not JPEG, PNG, WebP, AVIF, GIF or TIFF: save it as one of these and upload that.",
        ),
        (
            samples.png()[:-3],
            f"The PNG picture is damaged at byte {len(samples.png()) - 12}, so its details cannot be read or"
            " written: save it anew and upload that.",
        ),
        (
            samples.jpeg()[:2] + samples.segment(0xE5, b"") * 3_000 + samples.jpeg()[2:],
            "The JPEG picture is divided into more than 2000 pieces: save it anew and upload that.",
        ),
        (
            samples.jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08" + bytes(6)),
            "",
        ),
    ],
)
def test_with_metadata_refuses_in_one_sentence(data: bytes, sentence: str) -> None:
    if not sentence:
        assert read_metadata(with_metadata(data, WHOLE)).metadata == WHOLE
        return
    assert refusal(data) == sentence


def extended(packet: bytes, more: bytes) -> bytes:
    """The JPEG file with a packet and a second one that belongs to it, as telephones write them."""
    name = hashlib.md5(more).hexdigest().upper()
    main = packet.replace(b'rdf:about=""', f'rdf:about="" xmpNote:HasExtendedXMP="{name}"'.encode())
    header = b"http://ns.adobe.com/xmp/extension/\0" + name.encode() + len(more).to_bytes(4, "big")
    source = samples.jpeg()
    for at in reversed(range(0, len(more), 60_000)):
        part = header + at.to_bytes(4, "big") + more[at : at + 60_000]
        source = samples.with_segment(source, 0xE1, part)
    return blocks.with_xmp(source, main)


def test_a_second_packet_of_a_telephone_is_read_and_kept() -> None:
    depth = "base64" * 30_000
    source = extended(
        blocks.xmp("", ' photoshop:City="Hue"'),
        blocks.xmp("", f' photoshop:Headline="Tin" xmp:Depth="{depth}"'),
    )

    assert read_metadata(source).metadata == PictureMetadata(headline="Tin", city="Hue")
    written = with_metadata(source, WHOLE)
    assert read_metadata(written) == read_metadata(with_metadata(samples.jpeg(), WHOLE))
    # It stands across segments, so that it is looked for in the pieces put together.
    assert depth in b"".join(
        each.payload[75:] for each in read_jpeg(written).segments if b"xmp/extension" in each.payload[:40]
    ).decode("utf-8", "replace")
    assert with_metadata(written, WHOLE) == written


def test_with_metadata_refuses_details_that_no_segment_can_hold() -> None:
    room = 65_504 - len(blocks.xmp("")) - len(' xmlns:z=""')
    packet = blocks.xmp("").replace(b"<rdf:RDF", b'<rdf:RDF xmlns:z="' + b"u" * room + b'"')

    assert refusal(blocks.with_xmp(samples.jpeg(), packet)) == (
        "The details are longer than a JPEG file can hold (65504 bytes): shorten the description."
    )


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
LANGUAGES = st.sampled_from(["x-default", "vi", "en", "zh-Hans", "ja", "ko", "fr-FR"])
BY_LANGUAGE = st.builds(
    lambda entries: ByLanguage(tuple(entries)), st.lists(st.tuples(LANGUAGES, WORDS), max_size=4)
)
LISTS = st.lists(WORDS, max_size=4).map(tuple)
ADDRESSES = st.sampled_from(["", "https://a.example/b?c=d&e=ê#f", "http://a.example", "javascript:a", "a b"])
DATES = st.one_of(
    st.dates().map(str),
    st.datetimes().map(lambda at: at.isoformat()),
    st.sampled_from(
        ["2026", "2026-11", "2026-11-26T08:30+07:00", "2026-11-26T08:30:00.125Z", "2026-13-01", "?"]
    ),
)
METADATA = st.builds(
    PictureMetadata,
    description=BY_LANGUAGE,
    headline=WORDS,
    alt_text=BY_LANGUAGE,
    creators=LISTS,
    credit_line=WORDS,
    copyright_notice=BY_LANGUAGE,
    rights_holders=LISTS,
    license_url=ADDRESSES,
    licensor_url=ADDRESSES,
    usage_terms=BY_LANGUAGE,
    city=WORDS,
    country=WORDS,
    location=WORDS,
    date_created=DATES,
    keywords=LISTS,
)
SOURCES = [make() for make in FILES.values()] + list(positioned().values())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SOURCES), METADATA, METADATA, st.booleans())
def test_whatever_is_written_is_read_and_the_pixels_stay(
    source: bytes, first: PictureMetadata, second: PictureMetadata, keep: bool
) -> None:
    written = with_metadata(with_metadata(source, first), second, keep_position=keep)
    found = read_metadata(written)

    assert found.metadata == second
    assert found.differences == ()
    assert found.warnings == ()
    assert decoded(written) == decoded(source)
    assert with_metadata(written, second, keep_position=keep) == written


PIECES = (
    b"\xff\xe1\xff\xff",
    b"\xff\xed\x00\x10Photoshop 3.0\0",
    b"8BIM\x04\x04\0\0",
    b"\x1c\x02\x78\xff\xff",
    b"<rdf:Description>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"</rdf:RDF>",
    b"\x87\x69\0\4\0\0\0\1\0\0\0\x08",
    b"eXIf",
    b"VP8X",
)


@pytest.mark.parametrize("seed", range(400))
def test_a_damaged_picture_is_read_and_written_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    source = chance.choice([*positioned().values(), *(with_metadata(each, WHOLE) for each in SOURCES[:3])])
    data = damaged(source, chance, pieces=PIECES)
    limits = Limits(metadata_bytes=200_000)
    try:
        found = read_metadata(data, limits)
        written = with_metadata(data, WHOLE, limits=limits)
        cleaned = without_position(data, limits)
    except MediaError as refused:
        assert str(refused).count("\n") == 0  # noqa: PT017  (either is right)
    else:
        assert set(found.warnings) <= set(messages.TEMPLATES)
        assert read_metadata(written).metadata == WHOLE
        assert read_metadata(cleaned).position is None
