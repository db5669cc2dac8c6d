"""XMP in all the forms in which programs write it."""

# ruff: noqa: E501 (packets are quoted whole: a broken one is harder to compare than a long line)

from __future__ import annotations

import pytest

from khuevan.plain.media import xmp_names as n
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata
from khuevan.plain.media.xmp import drop_xmp_position, set_xmp_values, xmp_values
from khuevan.plain.media.xmp_packet import XmpPacket

from . import blocks


def values(inside: str, attributes: str = "") -> PictureMetadata:
    return xmp_values(XmpPacket.parsed(blocks.xmp(inside, attributes)))


def rewritten(inside: str, metadata: PictureMetadata) -> str:
    packet = XmpPacket.parsed(blocks.xmp(inside))
    set_xmp_values(packet, metadata)
    return packet.written().decode()


@pytest.mark.parametrize(
    ("inside", "attributes", "expected"),
    [
        ("<photoshop:City>Huế</photoshop:City>", "", PictureMetadata(city="Huế")),
        ("", ' photoshop:City="Huế"', PictureMetadata(city="Huế")),
        ("<dc:description>plain</dc:description>", "", PictureMetadata(description=ByLanguage.of("plain"))),
        (
            '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Cổng</rdf:li><rdf:li xml:lang="en">Gate</rdf:li>'
            '<rdf:li xml:lang="vi">Cổng</rdf:li></rdf:Alt></dc:description>',
            "",
            PictureMetadata(description=ByLanguage((("vi", "Cổng"), ("en", "Gate")))),
        ),
        (
            "<dc:description><rdf:Alt><rdf:li>one</rdf:li></rdf:Alt></dc:description>",
            "",
            PictureMetadata(description=ByLanguage.of("one")),
        ),
        ("<dc:creator><rdf:Bag><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Bag></dc:creator>", "", PictureMetadata(creators=("A", "B"))),
        ("<dc:subject>one</dc:subject>", "", PictureMetadata(keywords=("one",))),
        (
            "<photoshop:Headline><rdf:Alt><rdf:li>Tin</rdf:li></rdf:Alt></photoshop:Headline>",
            "",
            PictureMetadata(headline="Tin"),
        ),
        (
            '<xmpRights:WebStatement rdf:resource="https://a.example/l"/>',
            "",
            PictureMetadata(license_url="https://a.example/l"),
        ),
        (
            '<xmpRights:WebStatement rdf:parseType="Resource"><rdf:value>https://a.example/l</rdf:value>'
            "</xmpRights:WebStatement>",
            "",
            PictureMetadata(license_url="https://a.example/l"),
        ),
        ("<xmpRights:WebStatement>javascript:alert(1)</xmpRights:WebStatement>", "", PictureMetadata()),
        (
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://a.example'
            "</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>",
            "",
            PictureMetadata(licensor_url="https://a.example"),
        ),
        (
            '<plus:Licensor><rdf:Seq><rdf:li plus:LicensorURL="https://a.example"/></rdf:Seq></plus:Licensor>',
            "",
            PictureMetadata(licensor_url="https://a.example"),
        ),
        (
            "<plus:CopyrightOwner><rdf:Seq><rdf:li><rdf:Description plus:CopyrightOwnerName='A'/></rdf:li>"
            "<rdf:li><rdf:Description><plus:CopyrightOwnerName>B</plus:CopyrightOwnerName></rdf:Description></rdf:li>"
            "</rdf:Seq></plus:CopyrightOwner>",
            "",
            PictureMetadata(rights_holders=("A", "B")),
        ),
        (
            '<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Huế'
            "</Iptc4xmpExt:City><Iptc4xmpExt:CountryName><rdf:Alt><rdf:li>Việt Nam</rdf:li></rdf:Alt>"
            "</Iptc4xmpExt:CountryName></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>",
            "",
            PictureMetadata(city="Huế", country="Việt Nam"),
        ),
        ("", ' photoshop:DateCreated="2026-11" exif:DateTimeOriginal="2025"', PictureMetadata(date_created="2026-11")),
        ("", ' photoshop:DateCreated="no date"', PictureMetadata()),
    ],
)  # fmt: skip
def test_xmp_values_reads_every_form(inside: str, attributes: str, expected: PictureMetadata) -> None:
    assert values(inside, attributes) == expected


def test_parsed_takes_a_packet_in_utf_16_and_without_a_wrapper() -> None:
    packet = blocks.xmp("", ' photoshop:City="Huế"').decode()
    bare = packet[packet.index("<rdf:RDF") : packet.index("</x:xmpmeta>")]

    for data in (packet.encode("utf-16"), bare.encode(), packet.encode() + b"\0\0"):
        assert xmp_values(XmpPacket.parsed(data)) == PictureMetadata(city="Huế")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<a/>",
        b"<rdf:RDF/>",
        b"<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16"),
        b"<?xml version='1.0' encoding='no-such'?><a/>",
    ],
)
def test_parsed_refuses_what_is_no_packet(data: bytes) -> None:
    with pytest.raises(Damage):
        XmpPacket.parsed(data)


@pytest.mark.parametrize(
    "limits", [Limits(metadata_bytes=500), Limits(metadata_depth=5), Limits(metadata_elements=10)]
)
def test_parsed_refuses_what_is_over_a_bound(limits: Limits) -> None:
    deep = "<a><b><c><d/></c></b></a><e/><f/><g/><h/>"
    with pytest.raises(TooManyPieces):
        XmpPacket.parsed(blocks.xmp(deep), limits)


def test_set_xmp_values_replaces_a_property_in_whichever_form_it_stood() -> None:
    packet = XmpPacket.parsed(
        blocks.xmp("<photoshop:City>A</photoshop:City>", ' photoshop:City="B" photoshop:Country="C"')
    )

    set_xmp_values(packet, PictureMetadata(city="D"))

    assert xmp_values(packet) == PictureMetadata(city="D")


def test_set_xmp_values_keeps_what_else_is_said_of_licensor_and_owner() -> None:
    licensor = (
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Sở</plus:LicensorName>'
        "<plus:LicensorURL>https://a.example</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
        '<plus:CopyrightOwner><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:CopyrightOwnerID>7'
        "</plus:CopyrightOwnerID><plus:CopyrightOwnerName>A</plus:CopyrightOwnerName></rdf:li></rdf:Seq>"
        "</plus:CopyrightOwner>"
    )

    written = rewritten(licensor, PictureMetadata(licensor_url="https://b.example", rights_holders=("A",)))

    assert "<plus:LicensorName>Sở<" in written
    assert "<plus:LicensorURL>https://b.example<" in written
    assert "https://a.example" not in written
    assert "<plus:CopyrightOwnerID>7<" in written
    emptied = rewritten(licensor, PictureMetadata())
    assert "<plus:LicensorName>Sở<" in emptied
    assert "a.example" not in emptied
    assert "CopyrightOwner" not in emptied


def test_written_is_a_packet_in_utf_8_with_its_wrapper() -> None:
    packet = XmpPacket.empty()

    assert packet.is_empty
    set_xmp_values(packet, PictureMetadata(city="Huế"))

    assert not packet.is_empty
    assert packet.written().decode() == (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""><photoshop:City xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">Huế'
        "</photoshop:City></rdf:Description></rdf:RDF></x:xmpmeta>"
        '\n<?xpacket end="w"?>'
    )


def test_drop_xmp_position_takes_it_out_at_any_depth() -> None:
    packet = XmpPacket.parsed(
        blocks.xmp(
            "<exif:GPSLatitude>1</exif:GPSLatitude><xmp:Rating>2</xmp:Rating><dc:a rdf:parseType='Resource'>"
            "<drone:GpsLongtitude>3</drone:GpsLongtitude><dc:b exif:GPSAltitude='4'/></dc:a>",
            ' exif:GPSLongitude="5"',
        )
    )

    drop_xmp_position(packet)

    assert b"gps" not in packet.written().lower()
    assert packet.find("{http://ns.adobe.com/xap/1.0/}Rating") is not None


def test_merge_adds_only_what_is_missing_and_divided_moves_only_what_is_too_much() -> None:
    first = XmpPacket.parsed(blocks.xmp("<photoshop:City>A</photoshop:City>", ' photoshop:Country="B"'))
    second = XmpPacket.parsed(
        blocks.xmp("<photoshop:City>C</photoshop:City><photoshop:Headline>D</photoshop:Headline>", ' photoshop:Country="E"')
    )  # fmt: skip

    first.merge(second)

    assert xmp_values(first) == PictureMetadata(city="A", country="B", headline="D")
    whole, nothing = first.divided(10_000)
    assert (whole, nothing) == (first, None)
    set_xmp_values(first, PictureMetadata(city="A", headline="D" * 9_000))
    short, rest = first.divided(5_000)
    assert rest is not None
    assert (xmp_values(short), xmp_values(rest)) == (
        PictureMetadata(city="A"),
        PictureMetadata(headline="D" * 9_000),
    )
    assert n.HAS_EXTENDED not in short.written().decode()
