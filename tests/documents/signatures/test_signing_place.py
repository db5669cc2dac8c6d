"""The place between post and name is found by the letters of the finished page."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from khuevan.documents.signatures.appearance import PictureAppearance
from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.pictures import checked_picture
from khuevan.documents.signatures.placement import Placement
from khuevan.documents.signatures.signing import sign_pdf
from khuevan.documents.signatures.signing_place import (
    SigningPlace,
    find_signing_place,
    seal_placement,
    signature_placement,
)
from khuevan.plain.official_documents.reading import read_file
from khuevan.plain.official_documents.writing.from_reading import from_reading
from khuevan.plain.official_documents.writing.layout_rules import rules_on
from khuevan.plain.official_documents.writing.pdf.document import write_pdf
from tests.documents.signatures import authority, papers

SAMPLES = Path(__file__).parents[3] / "samples"

PLACE = SigningPlace(page=2, centre=400, top=300, bottom=380, baseline=390)


def test_the_name_on_a_line_of_its_own_is_found_and_not_the_one_in_the_text() -> None:
    place = find_signing_place(papers.letter(4), papers.NAME)

    # The right half of the text, whose edges are 85 and 552.8 points from the left: its middle is at 436.
    assert (place.page, round(place.centre)) == (1, 436)
    assert 72 - 14 < place.bottom - place.top + 0.28 * 14 < 100
    assert place.top < place.bottom < place.baseline


def test_the_place_is_found_in_the_plan_of_2025_as_it_is_written() -> None:
    plan = from_reading(read_file(SAMPLES / "ke-hoach-thong-tin-doi-ngoai-2025.txt"))
    pdf = write_pdf(plan, rules=rules_on(papers.AT.date()), created=papers.AT)

    place = find_signing_place(pdf, papers.NAME)
    at_signature = signature_placement(place, checked_picture(papers.signature_png()))

    assert place.page == len(PdfReader(io.BytesIO(pdf)).pages)
    # Five empty lines of 14 points, more or less; the picture stands in them, in the right half of the page.
    assert 60 < place.bottom - place.top < 110
    assert (place.top < at_signature.top, at_signature.bottom < place.bottom, at_signature.left > 297) == (
        True,
    ) * 3


def test_the_last_page_with_the_name_is_taken() -> None:
    assert find_signing_place(papers.letter(60), papers.NAME).page == 3


def test_the_place_is_found_again_in_the_signed_file() -> None:
    place = find_signing_place(papers.letter(), papers.NAME)
    picture = checked_picture(papers.signature_png())
    signed = sign_pdf(
        papers.letter(),
        key=authority.director().file(),
        at=papers.AT,
        appearance=PictureAppearance(picture, signature_placement(place, picture)),
    )
    assert find_signing_place(signed, papers.NAME) == place


def test_a_decomposed_name_is_the_same_name() -> None:
    decomposed = unicodedata.normalize("NFD", papers.NAME)
    assert find_signing_place(papers.letter(), decomposed) == find_signing_place(papers.letter(), papers.NAME)


@pytest.mark.parametrize("name", ["Liên Hương", "Nguyễn Văn A", "", "GIÁM ĐỐC"])
def test_a_name_that_does_not_stand_alone_under_a_post_is_refused(name: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        find_signing_place(papers.letter(), name)
    assert str(refused.value) == (
        f"The name «{name}» does not stand under a post with space for a signature: choose the place yourself."
    )


def test_the_place_is_counted_as_the_page_is_shown() -> None:
    writer = PdfWriter(io.BytesIO(papers.letter()))
    writer.pages[0].cropbox.lower_left = (20, 30)
    writer.pages[0].cropbox.upper_right = (580, 830)
    saved = io.BytesIO()
    writer.write(saved)

    whole = find_signing_place(papers.letter(), papers.NAME)
    cropped = find_signing_place(saved.getvalue(), papers.NAME)

    height = 297 / 25.4 * 72
    assert [round(whole.centre - cropped.centre, 2), round(whole.baseline - cropped.baseline, 1)] == [
        20.0, round(height - 830, 1),
    ]  # fmt: skip


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(SigningRefused, match="^The PDF cannot be read: make it again from its draft.$"):
        find_signing_place(b"%PDF-1.7", papers.NAME)


def test_the_signature_is_centred_and_no_higher_than_the_space() -> None:
    tall = checked_picture(papers.signature_png())
    widest = 55 / 25.4 * 72
    assert signature_placement(PLACE, tall) == Placement(
        2, 400 - widest / 2, 340 - widest / 5, widest, widest / 2.5
    )
    low = SigningPlace(2, 400, 300, 340, 350)
    assert signature_placement(low, tall) == Placement(2, 355, 302, 90, 36)


def test_the_seal_covers_a_third_of_the_signature_in_its_own_size() -> None:
    seal = checked_picture(papers.seal_png())
    placed = seal_placement(Placement(1, 300, 400, 90, 60), seal, width=100)
    assert (round(placed.right, 2), placed.top, placed.width, placed.height) == (330.0, 380, 100, 100)


def test_a_seal_that_does_not_say_its_size_is_asked_for_it() -> None:
    silent = checked_picture(papers.signature_png())
    with pytest.raises(SigningRefused) as refused:
        seal_placement(Placement(1, 300, 400, 90, 60), silent)
    assert str(refused.value) == (
        "The picture of the seal does not say how large it is on paper: enter its width in millimetres."
    )
