"""Papers of strangers: a PDF or a picture of what it says, small, with nothing hidden."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from khuevan.newsroom.accreditation_files import MOST_BYTES, checked_paper
from tests.factories.newsroom import jpeg
from tests.factories.press import PDF, scan


def png_bomb() -> bytes:
    """A PNG of a few hundred bytes that claims 40,000 × 40,000 dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (scan("card.png", png_bomb(), "image/png"), "larger picture than a scan needs"),
        (scan("card.jpg", b"MZ\x90\0" + b"\0" * 200), "is not a whole PDF"),
        (scan("card.pdf", jpeg(), "application/pdf"), "is not a whole PDF"),
        (
            scan("card.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml"),
            "send a PDF",
        ),
        (scan("card.html", b"<!doctype html><script>1</script>", "text/html"), "is not a whole PDF"),
        (scan("card.jpg", b""), "empty"),
        (scan("card.jpg", jpeg()[:300]), "is not a whole PDF"),
        (scan("card.pdf", PDF + b"\0" * MOST_BYTES, "application/pdf"), "8 MB"),
    ],
    ids=["bomb", "program", "wrong type", "drawing", "page", "empty", "cut off", "too large"],
)
def test_paper_that_cannot_be_kept_is_refused_with_a_sentence(upload, said):
    with pytest.raises(ValidationError) as refused:
        checked_paper(upload)
    assert said in refused.value.messages[0], refused.value.messages


def test_picture_is_written_anew_without_what_the_camera_wrote():
    stream = io.BytesIO()
    details = Image.Exif()
    details[0x010F] = "A camera that knows who owns it"
    Image.new("RGB", (64, 48), "#8c2f1b").save(stream, "JPEG", exif=details)
    kept = checked_paper(scan("my card.jpg", stream.getvalue() + b"behind the end"))
    assert (kept.filename, kept.content_type) == ("my card.jpg", "image/jpeg")
    assert (b"camera" in kept.data, b"behind" in kept.data) == (False, False)
    assert Image.open(io.BytesIO(kept.data)).size == (64, 48)


def test_pdf_is_kept_as_it_came_under_a_name_without_a_path():
    upload = scan("letter.pdf", PDF, "application/pdf")
    upload._name = "..\\..\\letter.pdf"
    kept = checked_paper(upload)
    assert (kept.filename, kept.data, kept.content_type) == ("letter.pdf", PDF, "application/pdf")
