"""What is uploaded is what it says it is, and goes out without what nobody should have published."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from khuevan.newsroom.models import LibraryDocument, Picture
from khuevan.people.choices import Role
from khuevan.plain.media.metadata import read_metadata, with_metadata
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata
from tests.factories.newsroom import jpeg, published
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def told(data: bytes) -> bytes:
    """The picture, saying what it is."""
    return with_metadata(
        data,
        PictureMetadata(
            description=ByLanguage.of("The pavilion in autumn"),
            alt_text=ByLanguage.of("A red pavilion"),
            credit_line="Desk",
            city="Hà Nội",
            license_url="https://creativecommons.org/licenses/by/4.0/",
            date_created="2025-10-10",
        ),
    )


def placed(data: bytes) -> bytes:
    """The picture, saying where it was taken."""
    image = Image.open(io.BytesIO(data))
    exif = image.getexif()
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 40.0), 3: "E", 4: (105.0, 50.0, 8.0)})
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def form(name: str, data: bytes, kind: str = "image/jpeg", **values):
    values = {"title": "A picture", "collection": Collection.get_first_root_node().pk, **values}
    user = UserFactory(is_superuser=True)
    return get_image_form(Picture)(
        values, {"file": SimpleUploadedFile(name, data, content_type=kind)}, user=user, instance=Picture()
    )


def test_a_pictures_own_words_fill_what_was_left_empty():
    filled = form("pavilion.jpg", told(jpeg()), credit="Somebody else")
    assert filled.is_valid(), filled.errors
    made = filled.save()
    assert (made.caption, made.alternative, made.credit, made.place, made.made_date.isoformat()) == (
        "The pavilion in autumn", "A red pavilion", "Somebody else", "Hà Nội", "2025-10-10",
    )  # fmt: skip


def test_where_a_picture_was_taken_is_not_kept():
    data = placed(jpeg())
    assert read_metadata(data).position is not None
    filled = form("pavilion.jpg", data)
    assert filled.is_valid(), filled.errors
    made = filled.save()
    with made.file.open("rb") as stream:
        kept = stream.read()
    assert read_metadata(kept).position is None
    assert Image.open(io.BytesIO(kept)).size == (64, 48)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("picture.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/jpeg"),
        ("picture.png", jpeg(), "image/png"),
        ("picture.jpg", jpeg()[:200], "image/jpeg"),
        ("picture.jpg.exe", jpeg(), "image/jpeg"),
        ("picture.jpg", b"MZ" + b"\0" * 300, "image/jpeg"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(name, data, kind):
    refused = form(name, data, kind)
    assert not refused.is_valid()
    assert len(refused.errors["file"]) >= 1
    assert Picture.objects.count() == 0


def document_form(name: str, data: bytes, kind: str):
    values = {"title": "A document", "collection": Collection.get_first_root_node().pk}
    return get_document_form(get_document_model())(
        values,
        {"file": SimpleUploadedFile(name, data, content_type=kind)},
        user=UserFactory(is_superuser=True),
    )


def test_a_document_that_is_something_else_is_refused():
    assert not document_form("report.pdf", b"MZ" + b"\0" * 300, "application/pdf").is_valid()
    assert not document_form("report.pdf", jpeg(), "application/pdf").is_valid()
    assert document_form("picture.jpg", jpeg(), "image/jpeg").is_valid()


def test_a_document_is_for_staff_until_something_public_shows_it(client):
    document = LibraryDocument(title="Facts", credit="Department", basis="OWN", consent="NONE_SHOWN")
    document.file.save("facts.txt", io.BytesIO(b"Facts."), save=False)
    document.save()
    assert client.get(document.url).status_code == 404
    published(body=[("file", {"document": document, "description": "Facts"})])
    assert client.get(document.url).status_code == 200
    hidden = LibraryDocument(title="Hidden")
    hidden.file.save("hidden.txt", io.BytesIO(b"Hidden."), save=False)
    hidden.save()
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    client.force_login(person)
    assert client.get(hidden.url).status_code == 200
