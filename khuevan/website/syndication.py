"""Public pieces as the values that feeds, sitemaps and structured data are written from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import Picture, PublicChange, SectionPage, StoryPage
from khuevan.newsroom.release import public_pages, public_stories
from khuevan.plain.feeds.sitemap import NewsEntry, SitemapPage
from khuevan.plain.feeds.values import (
    Author,
    Correction,
    Feed,
    FeedItem,
    MediaFile,
    Publisher,
    Topic,
    Translation,
    Withdrawal,
)

# What a reader who looks in once a week has missed at most; older pieces stand on the site.
ITEMS: Final = 50
# The size of a picture in feeds and cards of other sites.
SHOWN_AS: Final = "fill-1200x630|format-jpeg"
MEDIA_TOPICS: Final = "http://cv.iptc.org/newscodes/mediatopic/"
# Before anything was published; a feed without items says that it began then.
BEGINNING: Final = datetime(2025, 1, 1, tzinfo=UTC)


def publisher_of(request: HttpRequest) -> Publisher:
    """Who publishes everything here."""
    return Publisher(
        name=_("Department of Culture and Sports of Hà Nội"), address=request.build_absolute_uri("/")
    )


def feed_of(request: HttpRequest, locale: Locale, section: SectionPage | None = None) -> Feed:
    """The newest public pieces of a language, or of one section; with what was withdrawn of them."""
    now = clock.now()
    # Wagtail's own queries of pages have no types.
    pieces: Any = public_stories(now).filter(locale=locale)
    withdrawn = PublicChange.objects.filter(kind=ChangeKind.WITHDRAWAL, page__locale=locale)
    home: Page = Site.find_for_request(request).root_page.get_translation_or_none(locale)
    if section is not None:
        pieces = pieces.child_of(section)
        withdrawn = withdrawn.filter(page__path__startswith=section.path)
    newest = list(pieces.select_related("picture", "locale").prefetch_related("topics")[:ITEMS])
    stands_on: Page = section or home
    return Feed(
        id=address_of(request, stands_on),
        home_address=address_of(request, stands_on),
        title=f"Hà Nội – {section.title}" if section is not None else "Hà Nội",
        description=stands_on.specific.summary,
        language=locale.language_code,
        publisher=publisher_of(request),
        opened_at=BEGINNING,
        items=tuple(items_of(request, newest)),
        withdrawals=tuple(
            Withdrawal(
                id=identifier(request, change.page_id),
                withdrawn_at=change.made_at,
                address=address_of(request, change.page),
                reason=change.text,
            )
            for change in withdrawn.select_related("page")[:ITEMS]
        ),
    )


def address_of(request: HttpRequest, page: Page) -> str:
    """The page's whole address on the host that was asked; empty where it has none."""
    url = page.get_url(request)
    return request.build_absolute_uri(url) if url else ""


def identifier(request: HttpRequest, key: int) -> str:
    """What names a piece of one language for ever, whatever becomes of its address: RFC 4151."""
    return f"tag:{request.get_host().partition(':')[0]},2025:piece-{key}"


def items_of(request: HttpRequest, pieces: Iterable[StoryPage]) -> Iterable[FeedItem]:
    """Each piece as an item; its corrections and translations are asked for all at once."""
    pieces = list(pieces)
    corrections: dict[int, PublicChange] = {}
    for change in PublicChange.objects.filter(
        kind=ChangeKind.CORRECTION, page__in=[piece.pk for piece in pieces]
    ).order_by("made_at"):
        corrections[change.page_id] = change
    tongues = translations_of(request, [piece.translation_key for piece in pieces])
    for piece in pieces:
        correction = corrections.get(piece.pk)
        published = piece.first_published_at
        if published is None:
            continue
        yield FeedItem(
            id=identifier(request, piece.pk),
            address=address_of(request, piece),
            title=piece.title,
            language=piece.locale.language_code,
            published_at=published,
            updated_at=piece.last_published_at or published,
            summary=piece.summary,
            body=str(piece.body.render_as_block()) if piece.body else "",
            section=piece.get_kind_display(),
            authors=(Author(name=piece.byline),) if piece.byline else (),
            topics=(
                *(Topic(name=topic.name_in(piece.locale.language_code)) for topic in piece.topics.all()),
                *(Topic(name=code, code=code, scheme=MEDIA_TOPICS) for code in piece.media_topics),
            ),
            media=(media_of(request, piece.picture),) if piece.picture is not None else (),
            translations=tongues.get(piece.translation_key, ()),
            correction=Correction(text=correction.text, corrected_at=correction.made_at)
            if correction
            else None,
        )


def translations_of(request: HttpRequest, keys: Iterable[object]) -> dict[object, tuple[Translation, ...]]:
    """The public languages of each piece, by its translation key; one query."""
    found: dict[object, list[Translation]] = {}
    pages = public_pages(Page.objects.filter(translation_key__in=list(keys)), clock.now())
    for page in pages.select_related("locale").order_by("locale__language_code"):
        found.setdefault(page.translation_key, []).append(
            Translation(language=page.locale.language_code, address=address_of(request, page))
        )
    return {key: tuple(tongues) for key, tongues in found.items()}


def media_of(request: HttpRequest, picture: Picture) -> MediaFile:
    """The picture as others show it, with what they must say beside it."""
    rendition = picture.get_rendition(SHOWN_AS)
    return MediaFile(
        address=request.build_absolute_uri(rendition.url),
        type="image/jpeg",
        width=rendition.width,
        height=rendition.height,
        caption=picture.caption,
        alternative_text=picture.alternative,
        credit=picture.credit,
        rights_holder=picture.rights_holder,
        licence=picture.licence,
        licence_address=picture.licence_url,
    )


def sitemap_pages(request: HttpRequest) -> Iterable[SitemapPage]:
    """Every public page with its languages; a piece of the last days also as news."""
    pages = public_pages(Page.objects.filter(depth__gt=1), clock.now()).select_related("locale")
    tongues: dict[object, list[Translation]] = {}
    rows = [(page, address_of(request, page)) for page in pages.order_by("path")]
    rows = [(page, address) for page, address in rows if address]
    for page, address in rows:
        tongues.setdefault(page.translation_key, []).append(
            Translation(language=page.locale.language_code, address=address)
        )
    stories = set(StoryPage.objects.values_list("pk", flat=True))
    for page, address in rows:
        same = tongues[page.translation_key]
        is_news = page.pk in stories and page.first_published_at is not None
        yield SitemapPage(
            address=address,
            changed_at=page.last_published_at,
            translations=tuple(same) if len(same) > 1 else (),
            news=NewsEntry(
                publication="Hà Nội",
                language=page.locale.language_code,
                title=page.title,
                published_at=page.first_published_at,
            )
            if is_news
            else None,
        )
