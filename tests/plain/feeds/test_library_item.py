"""What the page of a picture, film or document of a library tells machines of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from khuevan.plain.feeds import LibraryItem, MediaFile, library_item
from tests.plain.feeds.samples import PUBLISHER, SITE

ADDED = datetime.fromisoformat("2026-03-05T09:30:00+07:00")
OFFICE = {"@type": "Organization", "@id": f"{SITE}/", "name": PUBLISHER.name, "url": f"{SITE}/"}
PICTURE = LibraryItem(
    address=f"{SITE}/en/library/pictures/7/",
    title="The gate",
    file=MediaFile(
        address=f"{SITE}/pictures/7/gate.jpg", type="image/jpeg", width=1440, height=960, caption="The gate at dawn",
        alternative_text="A red pavilion", credit="Lan Anh", rights_holder="© Lan Anh", licence="CC BY 4.0",
        licence_address="https://creativecommons.org/licenses/by/4.0/",
        licence_page=f"{SITE}/en/library/pictures/7/",
    ),
    added_at=ADDED,
    thumbnail=f"{SITE}/pictures/7/gate-480.jpg",
    keywords=("Heritage", " "),
    place="Văn Miếu",
    made_date=date(2026, 3, 1),
    last_day=date(2026, 12, 31),
)  # fmt: skip
FILM = LibraryItem(
    address=f"{SITE}/en/library/videos/8/",
    title="Bells",
    file=MediaFile(
        address=f"{SITE}/videos/8/bells.webm",
        type="video/webm",
        size=9_000,
        seconds=95,
        caption="Bells at dawn",
    ),
    added_at=ADDED,
    captions=(("en", f"{SITE}/videos/8/captions/en.vtt"),),
    transcript="A bell rings.\r\nTwice.",
    is_own=True,
)
PAPER = LibraryItem(
    address=f"{SITE}/en/library/documents/9/",
    title="Facts",
    file=MediaFile(
        address=f"{SITE}/files/9/facts.pdf", type="application/pdf", size=400, licence="By agreement"
    ),
    added_at=ADDED,
)


def without_office(told: dict[str, object]) -> dict[str, object]:
    """The thing without its context and its publisher, who is the same for all."""
    assert (told.pop("@context"), told.pop("publisher")) == ("https://schema.org", OFFICE)
    return told


def test_a_picture_is_told_with_its_licence_and_whom_to_name() -> None:
    assert without_office(library_item(PICTURE, replace(PUBLISHER, logo=None))) == {
        "@type": "ImageObject",
        "@id": f"{SITE}/pictures/7/gate.jpg",
        "url": f"{SITE}/en/library/pictures/7/",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"{SITE}/en/library/pictures/7/"},
        "name": "The gate",
        "description": "The gate at dawn",
        "caption": "The gate at dawn",
        "contentUrl": f"{SITE}/pictures/7/gate.jpg",
        "encodingFormat": "image/jpeg",
        "width": {"@type": "QuantitativeValue", "value": 1440, "unitCode": "E37"},
        "height": {"@type": "QuantitativeValue", "value": 960, "unitCode": "E37"},
        "thumbnailUrl": f"{SITE}/pictures/7/gate-480.jpg",
        "uploadDate": "2026-03-05T09:30:00+07:00",
        "dateCreated": "2026-03-01",
        "expires": "2026-12-31",
        "creditText": "Lan Anh",
        "copyrightNotice": "© Lan Anh",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "acquireLicensePage": f"{SITE}/en/library/pictures/7/",
        "contentLocation": {"@type": "Place", "name": "Văn Miếu"},
        "keywords": ["Heritage"],
        "isAccessibleForFree": True,
        "accessibilityFeature": ["alternativeText"],
    }


def test_a_film_is_told_with_its_length_captions_and_transcript() -> None:
    assert without_office(library_item(FILM, replace(PUBLISHER, logo=None))) == {
        "@type": "VideoObject",
        "@id": f"{SITE}/videos/8/bells.webm",
        "url": f"{SITE}/en/library/videos/8/",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"{SITE}/en/library/videos/8/"},
        "name": "Bells",
        "description": "Bells at dawn",
        "contentUrl": f"{SITE}/videos/8/bells.webm",
        "encodingFormat": "video/webm",
        "contentSize": "9000 B",
        "uploadDate": "2026-03-05T09:30:00+07:00",
        "duration": "PT95S",
        "caption": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{SITE}/videos/8/captions/en.vtt",
                "encodingFormat": "text/vtt",
                "inLanguage": "en",
            }
        ],
        "transcript": "A bell rings.\nTwice.",
        "creator": OFFICE,
        "isAccessibleForFree": True,
        "accessibilityFeature": ["captions", "transcript"],
    }


def test_a_document_is_a_work_whose_file_has_address_and_size() -> None:
    assert without_office(library_item(PAPER, replace(PUBLISHER, logo=None))) == {
        "@type": "DigitalDocument",
        "@id": f"{SITE}/en/library/documents/9/",
        "url": f"{SITE}/en/library/documents/9/",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"{SITE}/en/library/documents/9/"},
        "name": "Facts",
        "license": {"@type": "CreativeWork", "name": "By agreement"},
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{SITE}/files/9/facts.pdf",
            "url": f"{SITE}/files/9/facts.pdf",
            "encodingFormat": "application/pdf",
            "contentSize": "400 B",
            "uploadDate": "2026-03-05T09:30:00+07:00",
        },
        "isAccessibleForFree": True,
    }


def test_a_thing_without_a_name_is_called_by_its_address_and_described_by_what_is_seen() -> None:
    bare = replace(PICTURE, title=" \n", file=replace(PICTURE.file, caption=""))
    told = library_item(bare, PUBLISHER)
    assert (told["name"], told["description"], "caption" in told) == (
        PICTURE.address,
        "A red pavilion",
        False,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "/en/"},
        {"thumbnail": "gate.jpg"},
        {"captions": (("en", "en.vtt"),)},
        {"added_at": datetime(2026, 3, 5)},
    ],
)
def test_what_cannot_be_found_or_dated_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="address|time zone"):
        replace(PICTURE, **wrong)
