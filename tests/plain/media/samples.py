"""Files made here, with Pillow and by hand: small, whole and of every kind that the library takes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A picture with an edge and a slope in it, so that turning and scaling can be seen."""
    drawn = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    drawn.paste((200, 30, 30), (0, 0, width // 2, height // 2))
    if mode in ("RGBA", "LA"):
        drawn = drawn.convert("RGBA")
        drawn.putalpha(Image.linear_gradient("L").resize((width, height)))
    return drawn.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(**options: Any) -> bytes:
    return saved(picture(), "JPEG", **options)


def png(**options: Any) -> bytes:
    return saved(picture(), "PNG", **options)


def webp(**options: Any) -> bytes:
    return saved(picture(), "WEBP", **options)


def avif(**options: Any) -> bytes:
    return saved(picture(), "AVIF", speed=10, **options)


def gif(frames: int = 1) -> bytes:
    return animation("GIF", frames)


def tiff(**options: Any) -> bytes:
    return saved(picture(), "TIFF", **options)


def animation(kind: str, frames: int) -> bytes:
    """An animated file whose frames differ."""
    pictures = [Image.new("RGB", (16, 12), (index * 40 % 256, 90, 10)) for index in range(frames)]
    if frames == 1:
        return saved(pictures[0], kind)
    return saved(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=50, loop=0)


SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- A gate. -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">
  <rect x="4" y="8" width="32" height="24" fill="#a8201a"/>
</svg>
"""
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def box(kind: bytes, content: bytes = b"") -> bytes:
    """One box of an ISO base media file."""
    return struct.pack(">I", len(content) + 8) + kind + content


def mp4(brand: bytes = b"isom") -> bytes:
    return (
        box(b"ftyp", brand + b"\0\0\2\0" + brand)
        + box(b"moov", box(b"mvhd", bytes(100)))
        + box(b"mdat", b"x" * 40)
    )


def mov() -> bytes:
    return mp4(b"qt  ")


def webm(doc_type: bytes = b"webm") -> bytes:
    header = b"\x42\x86\x81\x01\x42\x82" + bytes((0x80 | len(doc_type),)) + doc_type
    return b"\x1a\x45\xdf\xa3" + bytes((0x80 | len(header),)) + header + b"\x18\x53\x80\x67\x80"


def mp3(tag: bool = True) -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) if tag else b"") + frame * 3


def archive(parts: dict[str, bytes], stored: bool = False) -> bytes:
    """A ZIP archive of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


_OPEN_XML = "application/vnd.openxmlformats-officedocument."


def open_xml(main: str = "wordprocessingml.document.main+xml", more: dict[str, bytes] | None = None) -> bytes:
    """An office file of Open XML, by the type of its main part."""
    whole = main if main.startswith("application/") else _OPEN_XML + main
    types = f'<Types><Override PartName="/main.xml" ContentType="{whole}"/></Types>'
    return archive({"[Content_Types].xml": types.encode(), "main.xml": b"<main/>", **(more or {})})


def open_document(kind: str = "text") -> bytes:
    """An OpenDocument file."""
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": media_type, "content.xml": b"<office/>"}, stored=True)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_png_chunk(data: bytes, kind: bytes, content: bytes) -> bytes:
    """The PNG file with one more chunk behind its header."""
    return data[:33] + png_chunk(kind, content) + data[33:]


def segment(marker: int, payload: bytes) -> bytes:
    """One segment of a JPEG file."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def with_segment(data: bytes, marker: int, payload: bytes) -> bytes:
    """The JPEG file with one more segment behind that of JFIF, which comes first."""
    return data[:20] + segment(marker, payload) + data[20:]
