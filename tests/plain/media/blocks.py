"""Blocks of details made by hand: IIM, image resources, XMP and EXIF, as other programs write them."""

from __future__ import annotations

import struct

from PIL import Image

from khuevan.plain.media import xmp_names as n

from . import samples


def iim(*fields: tuple[int, int, bytes]) -> bytes:
    """An IIM block of datasets."""
    return b"".join(struct.pack(">BBBH", 0x1C, *where, len(value)) + value for *where, value in fields)


def resource(number: int, data: bytes, name: bytes = b"\0\0", signature: bytes = b"8BIM") -> bytes:
    """One image resource."""
    return (
        signature
        + struct.pack(">H", number)
        + name
        + struct.pack(">I", len(data))
        + data
        + b"\0" * (len(data) % 2)
    )


def with_resources(data: bytes, *resources: bytes) -> bytes:
    """The JPEG file with image resources."""
    return samples.with_segment(data, 0xED, b"Photoshop 3.0\0" + b"".join(resources))


def with_iim(data: bytes, *fields: tuple[int, int, bytes]) -> bytes:
    """The JPEG file with an IIM block."""
    return with_resources(data, resource(0x0404, iim(*fields)))


_NAMESPACES = "".join(
    f' xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        **n.PREFIXES,
        "exif": n.EXIF,
        "cc": "http://creativecommons.org/ns#",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "drone": "http://www.dji.com/drone-dji/1.0/",
    }.items()
    if prefix != "x"
)


def xmp(inside: str, attributes: str = "") -> bytes:
    """An XMP packet with these properties."""
    description = f'<rdf:Description rdf:about=""{attributes}>{inside}</rdf:Description>'
    body = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{_NAMESPACES}>{description}</rdf:RDF></x:xmpmeta>'
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' + body + "\n" * 20 + '<?xpacket end="w"?>'
    ).encode()


def with_xmp(data: bytes, packet: bytes) -> bytes:
    """The JPEG file with an XMP packet."""
    return samples.with_segment(data, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def exif(position: bool = True, **more: object) -> bytes:
    """An EXIF block as a camera writes it, at the Khuê Văn Các."""
    block = Image.Exif()
    block[0x010E] = "A gate"
    block[0x010F], block[0x0110] = "NIKON CORPORATION", "NIKON Z 8"
    block[0x0112] = 6
    block[0x013B] = "Nguyen Van A"
    block[0x8298] = "(c) 2026 So VHTT"
    block.get_ifd(0x8769).update(
        {0x9003: "2026:11:26 08:30:00", 0x9011: "+07:00", 0x927C: b"MAKER NOTE 21.0282", 0xA434: "50 mm"}
    )
    if position:
        block.get_ifd(0x8825).update(
            {1: "N", 2: (21.0, 1.0, 41.52), 3: "E", 4: (105.0, 50.0, 8.04), 0x1D: "2026:11:26"}
        )
    return block.tobytes()
