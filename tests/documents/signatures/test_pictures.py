"""Pictures of signatures and seals: transparent PNG within bounds, encoded anew."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.pictures import checked_picture
from tests.documents.signatures import papers

NOT_PNG = "The picture is not a PNG: save it as PNG with transparency."
DAMAGED = "The picture is damaged: save it again as PNG."


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def head(width: int, height: int) -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def test_the_empty_margin_is_cut_off() -> None:
    picture = checked_picture(papers.signature_png(margin=40))
    assert (picture.width, picture.height, picture.ratio, picture.real_size) == (300, 120, 2.5, None)


def test_the_real_size_comes_from_the_files_resolution() -> None:
    seal = checked_picture(papers.seal_png(millimetres=36))
    assert seal.real_size is not None
    # PNG states whole dots a metre.
    assert [round(side * 25.4 / 72, 1) for side in seal.real_size] == [36.0, 36.0]


def test_a_picture_that_was_checked_is_the_same_when_checked_again() -> None:
    seal = checked_picture(papers.seal_png())
    assert checked_picture(seal.png) == seal


def test_only_pixels_are_kept() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Nguyễn Văn A")
    content = saved(Image.new("RGBA", (20, 10), (10, 40, 200, 120)), pnginfo=told)

    picture = checked_picture(content)

    assert (b"Author" in content, b"Author" in picture.png) == (True, False)
    with Image.open(io.BytesIO(picture.png)) as opened:
        assert (opened.mode, opened.size, opened.getpixel((0, 0))) == ("RGBA", (20, 10), (10, 40, 200, 120))


def test_a_palette_with_a_transparent_colour_is_taken() -> None:
    content = saved(Image.new("P", (8, 8), 1), transparency=0)
    with Image.open(io.BytesIO(content)) as opened:
        opened.putpixel((0, 0), 0)
        content = saved(opened, transparency=0)
    assert checked_picture(content).width == 8


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", NOT_PNG),
        (b"GIF89a" + bytes(40), NOT_PNG),
        (saved(Image.new("RGB", (9, 9)), "JPEG"), NOT_PNG),
        (
            saved(Image.new("RGB", (9, 9), "white")),
            "The picture has no transparent ground: save it as PNG with transparency, so that text shows through.",
        ),
        (
            saved(Image.new("RGBA", (9, 9), (0, 0, 255, 255))),
            "The picture has no transparent ground: save it as PNG with transparency, so that text shows through.",
        ),
        (
            saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0))),
            "The picture is empty: everything in it is transparent.",
        ),
        (papers.signature_png()[:300], DAMAGED),
        (head(100, 100), DAMAGED),
        (head(60_000, 60_000), "The picture has too many dots (60000 × 60000): save it smaller."),
        (head(0, 10), "The picture has too many dots (0 × 10): save it smaller."),
        (head(100, 100) + bytes(3_000_001), "The picture is larger than 3 MB: save it smaller."),
    ],
    ids=["empty", "gif", "jpeg", "rgb", "opaque", "clear", "cut", "head", "bomb", "no width", "large"],
)
def test_what_is_no_transparent_png_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        checked_picture(content)
    assert str(refused.value) == told
