"""Where pictures and words stand on the signed page, measured on the page as it is drawn."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from khuevan.documents.signatures.appearance import AnnexAppearance, PictureAppearance, annex_lines
from khuevan.documents.signatures.pictures import checked_picture
from khuevan.documents.signatures.placement import Placement
from khuevan.documents.signatures.signing import sign_pdf
from khuevan.documents.signatures.signing_place import find_signing_place, seal_placement, signature_placement
from tests.documents.signatures import authority, papers

SCALE = 4
Box = tuple[float, float, float, float]


def drawn(pdf: bytes, page: int = 1) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    try:
        picture: Image.Image = document[page - 1].render(scale=SCALE, may_draw_forms=True).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def coloured(picture: Image.Image, colour: tuple[int, int, int], tolerance: int = 60) -> Box:
    """The box around all dots of about a colour, in points from the top left corner."""
    bands = [
        band.point(lambda value, want=want: 255 if abs(value - want) <= tolerance else 0)
        for band, want in zip(picture.split(), colour, strict=True)
    ]
    # Dots where all three bands match.
    both = Image.composite(bands[1], Image.new("L", picture.size), bands[0])
    box = Image.composite(bands[2], Image.new("L", picture.size), both).getbbox()
    assert box is not None
    return tuple(side / SCALE for side in box)  # type: ignore[return-value]


def near(measured: Box, place: Placement, within: float = 0.6) -> bool:
    wanted = (place.left, place.top, place.right, place.bottom)
    return all(abs(got - want) <= within for got, want in zip(measured, wanted, strict=True))


def with_signature(pdf: bytes, place: Placement) -> bytes:
    picture = checked_picture(papers.signature_png())
    return sign_pdf(
        pdf, key=authority.director().file(), at=papers.AT, appearance=PictureAppearance(picture, place)
    )


def test_signature_and_seal_stand_as_the_decree_says() -> None:
    signature, seal = checked_picture(papers.signature_png()), checked_picture(papers.seal_png())
    place = find_signing_place(papers.letter(), papers.NAME)
    at_signature = signature_placement(place, signature)
    at_seal = seal_placement(at_signature, seal)
    pdf = with_signature(papers.letter(), at_signature)
    pdf = sign_pdf(
        pdf, key=authority.agency().file(), at=papers.AT, appearance=PictureAppearance(seal, at_seal)
    )

    picture = drawn(pdf)
    blue, red = coloured(picture, papers.BLUE), coloured(picture, papers.RED)

    # Centred under the post, over the name; the seal 36 mm wide, over a third of the signature on its left.
    assert near(blue, at_signature)
    assert near(red, at_seal)
    assert abs((blue[0] + blue[2]) / 2 - place.centre) < 0.6
    assert place.top < blue[1] < blue[3] < place.bottom
    assert [round((red[2] - red[0]) * 25.4 / 72), round((red[3] - red[1]) * 25.4 / 72)] == [36, 36]
    assert abs((red[2] - blue[0]) / (blue[2] - blue[0]) - 1 / 3) < 0.01


def test_a_picture_is_not_distorted_by_a_place_of_another_shape() -> None:
    measured = coloured(drawn(with_signature(papers.blank(), Placement(1, 50, 100, 200, 200))), papers.BLUE)
    assert near(measured, Placement(1, 50, 160, 200, 80))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_picture_stands_upright_on_a_page_that_is_turned_and_cropped(rotation: int) -> None:
    writer = PdfWriter(io.BytesIO(papers.blank()))
    writer.pages[0].cropbox = RectangleObject((30, 50, 390, 580))
    writer.pages[0].rotate(rotation)
    saved = io.BytesIO()
    writer.write(saved)
    place = Placement(1, 41.3, 62.7, 150, 60)

    picture = drawn(with_signature(saved.getvalue(), place))

    assert [side / SCALE for side in picture.size] == ([530, 360] if rotation in (90, 270) else [360, 530])
    assert near(coloured(picture, papers.BLUE), place)
    # The line rises from the lower left to the upper right corner, as in the picture itself.
    assert _rises(picture, place)


def _rises(picture: Image.Image, place: Placement) -> bool:
    """Whether the slanted line of the picture is in its lower left and upper right quarters."""

    def inked(x: float, y: float) -> int:
        left, top = round((place.left + x) * SCALE), round((place.top + y) * SCALE)
        part = picture.crop((left, top, left + 20 * SCALE, top + 10 * SCALE)).convert("L")
        return sum(part.histogram()[:128])

    return (inked(30, 35) > 0, inked(100, 15) > 0, inked(30, 12) == 0, inked(100, 38) == 0) == (True,) * 4


def test_an_annex_bears_number_and_time_in_ten_points_at_the_top_right() -> None:
    pdf = sign_pdf(
        papers.annex(), key=authority.agency().file(), at=datetime(2026, 11, 26, 2, 5, 7, tzinfo=UTC),
        appearance=AnnexAppearance("48/KH-SVHTT"),
    )  # fmt: skip
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        # The words stand in an annotation; flattened, they are text of the page.
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[0]
        text = page.get_textpage()
        lines = text.get_text_range().split("\r\n")
        first = lines.index("Số và ký hiệu: 48/KH-SVHTT;")
        stamp = [lines[first], lines[first + 1]]
        start = text.get_text_range().index("Số")
        count = len("Số và ký hiệu: 48/KH-SVHTT;")
        sizes = {round(pdfium.FPDFText_GetFontSize(text.raw, start + each), 1) for each in range(count)}
        boxes = [text.get_charbox(start + each) for each in range(count)]
    finally:
        document.close()
    width, height = (float(side) for side in PdfReader(io.BytesIO(pdf)).pages[0].mediabox[2:])
    assert stamp == ["Số và ký hiệu: 48/KH-SVHTT;", "Thời gian ký: 26/11/2026 09:05:07 +07:00"]
    assert sizes == {10.0}
    # Flush with the text's right edge (15 mm from the page's), within the top margin (20 mm).
    right_gap = width - max(box[2] for box in boxes)
    assert 15 * 72 / 25.4 - 0.1 <= right_gap <= 15 * 72 / 25.4 + 2
    assert 9 * 72 / 25.4 <= height - max(box[3] for box in boxes) <= 20 * 72 / 25.4


def test_the_annexs_words_are_drawn_whole_with_their_accents() -> None:
    pdf = sign_pdf(
        papers.blank(595, 842), key=authority.agency().file(), at=papers.AT,
        appearance=AnnexAppearance("08/QyĐ-SVHTT"),
    )  # fmt: skip
    left, top, right, bottom = coloured(drawn(pdf), (0, 0, 0), 120)
    # Nothing is cut at the edges of the field: 24 points high, 15 mm from the right.
    edge = 595 - 15 * 72 / 25.4
    assert (edge - 2 < right < edge, top > 9 * 72 / 25.4 + 0.5, bottom < 9 * 72 / 25.4 + 24) == (True,) * 3
    assert left > 595 / 2


def test_the_time_on_an_annex_is_vietnams_whatever_the_zone_it_is_given_in() -> None:
    assert annex_lines("48/KH-SVHTT", datetime(2025, 12, 31, 18, 30, 5, tzinfo=UTC)) == (
        "Số và ký hiệu: 48/KH-SVHTT;",
        "Thời gian ký: 01/01/2026 01:30:05 +07:00",
    )


def test_fonts_of_the_stamp_are_embedded() -> None:
    pdf = sign_pdf(
        papers.blank(595, 842),
        key=authority.agency().file(),
        at=papers.AT,
        appearance=AnnexAppearance("48/KH-SVHTT"),
    )
    page: Any = PdfReader(io.BytesIO(pdf)).pages[0]
    [widget] = page["/Annots"]
    forms = widget.get_object()["/AP"]["/N"]["/Resources"]["/XObject"].values()
    fonts = [
        font.get_object() for form in forms for font in form.get_object()["/Resources"]["/Font"].values()
    ]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert [(each["/FontName"].split("+")[-1], "/FontFile2" in each) for each in described] == [
        ("Tinos-Regular", True)
    ]
