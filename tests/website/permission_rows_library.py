"""Who opens the library: everybody, what is offered; staff, what is not yet."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.newsroom.models import Video
from tests.factories.library import film, offered_picture
from tests.permission_rows import EVERYONE, STAFF, Row


def _download(in_library: bool) -> Callable[[], str]:
    def url() -> str:
        picture = offered_picture(in_library=in_library)
        return reverse("newsroom:download", kwargs={"kind": "pictures", "pk": picture.pk, "size": "original"})

    return url


def _film(in_library: bool) -> Video:
    return film(in_library=in_library, captions={"en": "WEBVTT\n"})


def _item() -> str:
    return reverse("library_item", kwargs={"language": "en", "kind": "pictures", "pk": offered_picture().pk})


def rows() -> list[Row]:
    """Pages and files of the library."""
    return [
        Row("library", lambda: reverse("library", kwargs={"language": "en"}), EVERYONE),
        Row("library_item", _item, EVERYONE),
        Row("newsroom:download", _download(in_library=True), EVERYONE),
        Row("newsroom:download of what is not offered", _download(in_library=False), STAFF),
        Row("newsroom:video", lambda: _film(in_library=True).url, EVERYONE),
        Row("newsroom:video of what is not offered", lambda: _film(in_library=False).url, STAFF),
        Row("newsroom:captions", lambda: _film(in_library=True).captions_url("en"), EVERYONE),
        Row(
            "newsroom:captions of what is not offered",
            lambda: _film(in_library=False).captions_url("en"),
            STAFF,
        ),
    ]
