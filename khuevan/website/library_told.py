"""What machines are told of the public library: the head of each thing's page, and its place in the sitemap.

Told is what `khuevan.newsroom.library_queries` offers at this moment, as the pages themselves show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.newsroom.choices import RightsBasis
from khuevan.newsroom.library_queries import Offer, number_offered, offers_in_order, public_still
from khuevan.newsroom.models import LibraryDocument, Picture, PictureRendition, Video
from khuevan.newsroom.rendering import CARD, JPEGS, size_or_widest
from khuevan.plain.feeds import (
    FilmEntry,
    LibraryItem,
    MediaFile,
    SitemapPage,
    Translation,
    breadcrumbs,
    graph,
    page_open_graph,
    script_text,
    twitter_card,
)
from khuevan.plain.feeds.library_item import library_item
from khuevan.website.frame import homes_of
from khuevan.website.library_shown import name_of
from khuevan.website.structured_data import HeadMeta, make_card
from khuevan.website.syndication import address_of, media_of, publisher_of, words_beside

# A file holds the pages of so many things in all languages: far below what the protocol allows.
THINGS_A_FILE: Final = 500
LONGEST_NAME: Final = 90
_NARROW: Final = JPEGS[0]
_WIDE: Final = JPEGS[-1]


def head_of_item(request: HttpRequest, offer: Offer, language: str) -> HeadMeta:
    """The head of the page of a thing that is offered; the sizes that it names are those that the page shows."""
    thing = offer.thing
    seen = _seen(thing)
    if seen is not None:
        prefetch_related_objects([seen], "renditions")
        make_card(seen)
    if isinstance(thing, Picture):
        thing.get_renditions(_NARROW, _WIDE)
    item = item_of(request, offer, language)
    if item is None:
        return HeadMeta()
    publisher = publisher_of(request)
    homes = homes_of(request)
    properties = page_open_graph(
        title=item.title,
        address=item.address,
        language=language,
        publisher=publisher,
        description=item.file.caption or item.file.alternative_text,
        languages=tuple(sorted(homes)),
        picture=media_of(request, seen, language) if seen is not None else None,
    )
    library = request.build_absolute_uri(reverse("library", kwargs={"language": language}))
    home = homes[language]
    way = [(home.title, address_of(request, home)), (_("Library"), library), (item.title, item.address)]
    return HeadMeta(
        canonical=item.address,
        properties=properties,
        cards=twitter_card(properties),
        # Written by `script_text`, in which no element can end.
        data=mark_safe(script_text(graph([library_item(item, publisher), breadcrumbs(way)]))),  # noqa: S308
    )


def item_of(request: HttpRequest, offer: Offer, language: str) -> LibraryItem | None:
    """The thing in the language, as its page tells of it; None for a picture of which no size is there."""
    thing = offer.thing
    address = item_address(request, offer, language)
    file = _file(request, thing, language, address)
    if file is None:
        return None
    thumbnail = _thumbnail(thing)
    captions = thing.captions if isinstance(thing, Video) and isinstance(thing.captions, dict) else {}
    tags = [] if isinstance(thing, Video) else [tag.name for tag in thing.tags.all()]
    return LibraryItem(
        address=address,
        title=Truncator(name_of(thing, language)).chars(LONGEST_NAME),
        file=file,
        added_at=thing.created_at,
        thumbnail=request.build_absolute_uri(thumbnail.url) if thumbnail is not None else "",
        captions=tuple(
            (code, request.build_absolute_uri(thing.captions_url(code)))
            for code in sorted(captions)
            if isinstance(thing, Video)
        ),
        transcript=thing.word_in(language, "transcript") if isinstance(thing, Video) else "",
        keywords=(*(topic.name_in(language) for topic in thing.topics.filter(ended=False)), *tags),
        place=thing.place,
        made_date=thing.made_date,
        last_day=thing.expires_date,
        is_own=thing.basis == RightsBasis.OWN,
    )


def item_address(request: HttpRequest, offer: Offer, language: str) -> str:
    """The whole address of the thing's page in the language."""
    where = {"language": language, "kind": offer.kind, "pk": offer.thing.pk}
    return request.build_absolute_uri(reverse("library_item", kwargs=where))


def number_of_files() -> int:
    """How many sitemaps hold what is offered now; none where nothing is."""
    return -(-number_offered() // THINGS_A_FILE)


def sitemap_pages_of_library(request: HttpRequest, number: int) -> Iterator[SitemapPage]:
    """The pages of one of the library's sitemaps, from 1: each thing in each language, the oldest first."""
    languages = sorted(homes_of(request))
    first = (number - 1) * THINGS_A_FILE
    for offer in offers_in_order(first, THINGS_A_FILE, filters=(_NARROW, _WIDE, CARD)):
        tongues = tuple(
            Translation(language=language, address=item_address(request, offer, language))
            for language in languages
        )
        shown = _wide(offer.thing) if isinstance(offer.thing, Picture) else None
        for tongue in tongues:
            film = _film(request, offer.thing, tongue.language) if isinstance(offer.thing, Video) else None
            yield SitemapPage(
                address=tongue.address,
                translations=tongues if len(tongues) > 1 else (),
                pictures=(request.build_absolute_uri(shown.url),) if shown is not None else (),
                films=(film,) if film is not None else (),
            )


def _film(request: HttpRequest, film: Video, language: str) -> FilmEntry | None:
    """The film as search engines take it; None without a picture of it, without which they take none."""
    thumbnail = _thumbnail(film)
    if thumbnail is None:
        return None
    return FilmEntry(
        thumbnail=request.build_absolute_uri(thumbnail.url),
        title=Truncator(name_of(film, language)).chars(LONGEST_NAME),
        address=request.build_absolute_uri(film.url),
        description=film.word_in(language, "caption"),
        seconds=film.duration,
        published_at=film.created_at,
        ends_at=clock.end_of(film.expires_date) if film.expires_date is not None else None,
    )


def _file(
    request: HttpRequest, thing: Picture | Video | LibraryDocument, language: str, page: str
) -> MediaFile | None:
    words = {**words_beside(thing, language), "licence_page": page}
    if isinstance(thing, Picture):
        # What the page shows, and so what search engines know the picture by; the original is for taking away.
        shown = _wide(thing)
        if shown is None:
            return None
        address = request.build_absolute_uri(shown.url)
        return MediaFile(address=address, type="image/jpeg", width=shown.width, height=shown.height, **words)
    address = request.build_absolute_uri(thing.url)
    if isinstance(thing, Video):
        return MediaFile(
            address=address, type=thing.content_type, size=thing.size, width=thing.width, height=thing.height,
            seconds=thing.duration, **words,
        )  # fmt: skip
    return MediaFile(address=address, type=thing.content_type, size=thing.get_file_size(), **words)


def _seen(thing: Picture | Video | LibraryDocument) -> Picture | None:
    """The picture that is seen of a thing that is offered; None where there is none that may be shown."""
    if isinstance(thing, Picture):
        return thing
    return public_still(thing) if isinstance(thing, Video) else None


def _wide(picture: Picture) -> PictureRendition | None:
    return size_or_widest(picture, _WIDE)


def _thumbnail(thing: Picture | Video | LibraryDocument) -> PictureRendition | None:
    """The size that stands for the thing, among those that are there."""
    seen = _seen(thing)
    if seen is None:
        return None
    return size_or_widest(seen, _NARROW if isinstance(thing, Picture) else CARD)
