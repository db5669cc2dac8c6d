"""Public pieces as the values that feeds, sitemaps and structured data are written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind, TranslationOrigin
from khuevan.newsroom.media_topics import media_topics
from khuevan.newsroom.models import (
    LibraryDocument,
    Picture,
    PublicChange,
    SectionPage,
    StoryPage,
    Topic,
    Video,
)
from khuevan.newsroom.release import early_stories, is_offered, public_pages, public_stories
from khuevan.newsroom.rendering import CARD, size_or_widest
from khuevan.plain.feeds import values as feed_values
from khuevan.plain.feeds.sitemap import NewsEntry, SitemapPage
from khuevan.plain.feeds.values import (
    Author,
    Correction,
    Feed,
    FeedItem,
    MediaFile,
    Publisher,
    Translation,
    Withdrawal,
)
from khuevan.website.whole_pieces import syndicated, whole

# What a reader who looks in once a week has missed at most; older pieces stand on the site.
ITEMS: Final = 50
MEDIA_TOPICS: Final = "http://cv.iptc.org/newscodes/mediatopic/"
# Before anything was published; a feed without items says that it began then.
BEGINNING: Final = datetime(2025, 1, 1, tzinfo=UTC)


def publisher_of(request: HttpRequest) -> Publisher:
    """Who publishes everything here."""
    return Publisher(
        name=_("Department of Culture and Sports of Hà Nội"), address=request.build_absolute_uri("/")
    )


def feed_of(
    request: HttpRequest, locale: Locale, section: SectionPage | None = None, topic: Topic | None = None
) -> Feed:
    """The newest public pieces of a language, of one section or on one topic; with what was withdrawn of them."""
    now = clock.now()
    # Wagtail's own queries of pages have no types.
    pieces: Any = public_stories(now).filter(locale=locale)
    withdrawn = PublicChange.objects.filter(kind=ChangeKind.WITHDRAWAL, page__locale=locale)
    root: Page = Site.find_for_request(request).root_page
    home: Page = root.get_translation_or_none(locale) or root
    if section is not None:
        pieces = pieces.child_of(section)
        withdrawn = withdrawn.filter(page__path__startswith=section.path)
    if topic is not None:
        pieces = pieces.filter(topics=topic)
        withdrawn = withdrawn.filter(page__in=StoryPage.objects.filter(topics=topic).values("pk"))
    stands_on: Page = section or home
    name = section.title if section is not None else ""
    if topic is not None:
        name = topic.name_in(locale.language_code)
    address = address_of(request, stands_on)
    return Feed(
        id=f"{address}#topic-{topic.slug}" if topic is not None else address,
        home_address=address,
        title=f"Hà Nội – {name}" if name else "Hà Nội",
        description=stands_on.specific.summary if topic is None else "",
        language=locale.language_code,
        publisher=publisher_of(request),
        opened_at=BEGINNING,
        items=tuple(items_of(request, syndicated(pieces[:ITEMS]))),
        withdrawals=tuple(
            Withdrawal(
                id=identifier(request, change.page_id),
                withdrawn_at=change.made_at,
                address=address_of(request, change.page),
                reason=change.text,
            )
            for change in withdrawn.select_related("page")[:ITEMS]
        ),
        hubs=tuple(settings.WEBSUB_HUBS),
    )


def address_of(request: HttpRequest, page: Page) -> str:
    """The page's whole address on the host that was asked; empty where it has none."""
    url = page.get_url(request)
    return request.build_absolute_uri(url) if url else ""


def identifier(request: HttpRequest, key: int) -> str:
    """What names a piece of one language for ever, whatever becomes of its address: RFC 4151."""
    return f"tag:{request.get_host().partition(':')[0]},2025:piece-{key}"


def items_of(request: HttpRequest, pieces: Iterable[StoryPage]) -> Iterable[FeedItem]:
    """Each piece as an item, with its corrections, translations, pictures and film; about fifteen queries."""
    found = whole(pieces)
    corrections: dict[int, PublicChange] = {}
    for change in PublicChange.objects.filter(
        kind=ChangeKind.CORRECTION, page__in=[piece.pk for piece in found]
    ).order_by("made_at"):
        corrections[change.page_id] = change
    keys = [piece.translation_key for piece in found]
    tongues = translations_of(request, keys)
    originals = _originals(keys)
    for piece in found:
        correction = corrections.get(piece.pk)
        published = piece.first_published_at
        if published is None:
            continue
        language = piece.locale.language_code
        same = tongues.get(piece.translation_key, ())
        yield FeedItem(
            id=identifier(request, piece.pk),
            address=address_of(request, piece),
            title=piece.title,
            language=language,
            published_at=published,
            updated_at=piece.last_published_at or published,
            summary=piece.summary,
            body=body_of(piece),
            section=piece.get_kind_display(),
            authors=(Author(name=piece.byline),) if piece.byline else (),
            topics=topics_of(piece),
            media=tuple(media_of_piece(request, piece)),
            translations=same,
            original=_original(piece, same, originals),
            correction=Correction(text=correction.text, corrected_at=correction.made_at)
            if correction
            else None,
        )


def body_of(piece: StoryPage) -> str:
    """The HTML of the piece's body, with the pictures in those sizes that are there."""
    return str(piece.body.render_as_block({"is_syndicated": True})) if piece.body else ""


def _originals(keys: Iterable[object]) -> dict[object, str]:
    """The language in which each piece was written, by its translation key; one query."""
    rows = StoryPage.objects.filter(translation_key__in=list(keys), origin=TranslationOrigin.ORIGINAL)
    return dict(rows.values_list("translation_key", "locale__language_code"))


def _original(
    piece: StoryPage, same: Iterable[Translation], originals: Mapping[object, str]
) -> Translation | None:
    """The public page that a translation was made from; None for an original, or where that is not public."""
    if piece.origin == TranslationOrigin.ORIGINAL:
        return None
    language = originals.get(piece.translation_key)
    return next((there for there in same if there.language == language), None)


def topics_of(piece: StoryPage) -> tuple[feed_values.Topic, ...]:
    """What the piece is about: the office's topics, and IPTC's media topics with their codes."""
    language = piece.locale.language_code
    topics = list(piece.topics.all())
    codes = dict.fromkeys([*map(str, piece.media_topics), *(topic.media_topic for topic in topics)])
    known = media_topics()
    own = {topic.media_topic: topic.name_in(language) for topic in topics}
    return (
        *(feed_values.Topic(name=topic.name_in(language)) for topic in topics),
        *(
            feed_values.Topic(
                name=known[code].name_in(language)
                if code in known
                else own.get(code, media_topic_code(code)),
                code=media_topic_code(code),
                scheme=MEDIA_TOPICS,
            )
            for code in codes
            if code
        ),
    )


def media_topic_code(written: str) -> str:
    """The code within IPTC's vocabulary, of what is written medtop:20000038 in our records."""
    return written.removeprefix("medtop:").strip()


def translations_of(request: HttpRequest, keys: Iterable[object]) -> dict[object, tuple[Translation, ...]]:
    """The public languages of each page, by its translation key; one query."""
    found: dict[object, list[Translation]] = {}
    now = clock.now()
    early = early_stories(now).values("pk")
    pages = public_pages(Page.objects.filter(translation_key__in=list(keys)), now).exclude(pk__in=early)
    for page in pages.select_related("locale").order_by("locale__language_code"):
        found.setdefault(page.translation_key, []).append(
            Translation(language=page.locale.language_code, address=address_of(request, page))
        )
    return {key: tuple(tongues) for key, tongues in found.items()}


def media_of_piece(request: HttpRequest, piece: StoryPage) -> Iterable[MediaFile]:
    """The leading picture, then the film; what has expired is left out."""
    language = piece.locale.language_code
    day = clock.today()
    if piece.picture is not None and not piece.picture.is_expired_on(day):
        shown = media_of(request, piece.picture, language)
        if shown is not None:
            yield shown
    film = piece.video
    if film is not None and not film.is_expired_on(day):
        yield MediaFile(
            address=request.build_absolute_uri(film.url),
            type=film.content_type,
            size=film.size,
            width=film.width,
            height=film.height,
            seconds=film.duration,
            **words_beside(film, language),
        )


def media_of(request: HttpRequest, picture: Picture, language: str) -> MediaFile | None:
    """The picture as others show it, with what they must say beside it in the language.

    In the size of cards, else the widest that is there: a reader of feeds does not wait for a size to be made. None
    where there is none.
    """
    rendition = size_or_widest(picture, CARD)
    if rendition is None:
        return None
    return MediaFile(
        address=request.build_absolute_uri(rendition.url),
        type="image/jpeg",
        width=rendition.width,
        height=rendition.height,
        licence_page=_library_page(request, picture, language),
        **words_beside(picture, language),
    )


def _library_page(request: HttpRequest, picture: Picture, language: str) -> str:
    """Where the public library says how the picture may be used; empty where it does not offer it."""
    if not is_offered(picture):
        return ""
    where = {"language": language, "kind": "pictures", "pk": picture.pk}
    return request.build_absolute_uri(reverse("library_item", kwargs=where))


def words_beside(thing: Picture | Video | LibraryDocument, language: str) -> dict[str, Any]:
    """What must be said beside a file of the thing, under the names of `MediaFile`."""
    return {
        "caption": thing.word_in(language, "caption"),
        "alternative_text": thing.word_in(language, "alternative"),
        "credit": thing.word_in(language, "credit"),
        "rights_holder": thing.rights_holder,
        "licence": thing.licence,
        "licence_address": thing.licence_url,
    }


def sitemap_pages(request: HttpRequest) -> Iterable[SitemapPage]:
    """Every public page with its languages; a piece of the last days also as news."""
    now = clock.now()
    early = early_stories(now).values("pk")
    pages = public_pages(Page.objects.filter(depth__gt=1), now).exclude(pk__in=early).select_related("locale")
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
