"""Who opens what of the public site: everybody, what is public; staff, pictures before they are."""

from __future__ import annotations

import io

from django.urls import reverse

from khuevan.newsroom.models import LibraryDocument
from tests.factories.newsroom import TopicFactory, home, picture, published, story
from tests.permission_rows import EVERYONE, NOBODY, STAFF, Row


def rendition(public: bool) -> str:
    """The address of a picture's rendition, that a public piece shows or nobody yet."""
    shown = picture()
    if public:
        published(picture=shown)
    else:
        story(picture=shown)
    return shown.get_rendition("width-32").url


def document() -> str:
    """The address of a document that is in the library's public part."""
    made = LibraryDocument(title="Facts", in_library=True, credit="Desk", basis="OWN")
    made.file.save("facts.txt", io.BytesIO(b"Facts."), save=False)
    made.save()
    return made.url


def with_home(name: str, **arguments: str) -> str:
    """The address, the home page being there."""
    home()
    return reverse(name, kwargs=arguments)


def topic_page() -> str:
    """The page of a topic."""
    return with_home("topic", language="en", slug=TopicFactory().slug)


def not_here(public: bool) -> str:
    """What says that a piece is not there in French yet: of a piece that is public, or of a draft."""
    piece = published() if public else story()
    home("fr")
    return reverse("not_here", kwargs={"language": "fr", "page_id": piece.pk})


def rows() -> list[Row]:
    """Addresses of the public site that are no pages, and a page."""
    return [
        Row("a piece", lambda: published().url, EVERYONE),
        Row("search", lambda: with_home("search", language="en"), EVERYONE),
        Row("feed", lambda: with_home("feed", language="en", form="atom"), EVERYONE),
        Row("topic", topic_page, EVERYONE),
        Row("not_here", lambda: not_here(public=True), EVERYONE),
        Row("not_here of a draft", lambda: not_here(public=False), NOBODY),
        Row("sitemap", lambda: reverse("sitemap"), EVERYONE),
        Row("sitemap_file", lambda: reverse("sitemap_file", args=[1]), EVERYONE),
        Row("sitemap_library", lambda: reverse("sitemap_library", args=[1]), EVERYONE),
        Row("sitemap_news", lambda: reverse("sitemap_news"), EVERYONE),
        Row("robots", lambda: reverse("robots"), EVERYONE),
        Row("newsroom:document", document, EVERYONE),
        Row("newsroom:rendition", lambda: rendition(public=True), EVERYONE),
        Row("newsroom:rendition of a draft", lambda: rendition(public=False), STAFF),
    ]
