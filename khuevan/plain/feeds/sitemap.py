"""Sitemaps for search engines: pages with their translations, pictures and news, split into files.

Sources: Sitemap protocol 0.9 (sitemaps.org, 2008: at most 50,000 addresses and 50 MB a file); Google's
extensions for news 0.9 (at most 1,000 addresses, only of the last two days), images 1.1 (at most 1,000 a
page; of its elements only the address is still read since 2022) and videos 1.1 (a description of at most 2,048
characters, a length of at most eight hours); hreflang as `xhtml:link`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.instants import check_instant, rfc3339
from khuevan.plain.feeds.markup import Markup, document
from khuevan.plain.feeds.values import Translation
from khuevan.plain.feeds.vocabulary import SITEMAP, SITEMAP_IMAGE, SITEMAP_NEWS, SITEMAP_VIDEO, XHTML

SITEMAP_TYPE: Final = "application/xml"
NEWS_AGE: Final = timedelta(days=2)
_PICTURES_A_PAGE: Final = 1_000
_LONGEST_DESCRIPTION: Final = 2_048
_LONGEST_FILM: Final = 28_800
_NAMESPACES: Final[dict[str | None, str]] = {
    None: SITEMAP,
    "image": SITEMAP_IMAGE,
    "news": SITEMAP_NEWS,
    "video": SITEMAP_VIDEO,
    "xhtml": XHTML,
}
# Chinese is the one language that Google's news extension wants with a region.
_NEWS_CHINESE: Final = {"zh-hant": "zh-tw", "zh-tw": "zh-tw", "zh-hk": "zh-tw", "zh-mo": "zh-tw"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file holds: `addresses`, and `size` in bytes before compression."""

    addresses: int = 50_000
    size: int = 52_428_800


PAGES: Final = Limits()
NEWS: Final = Limits(addresses=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsEntry:
    """What the news extension says of a page: under which name it was published, in which language, when."""

    publication: str
    language: str
    title: str
    published_at: datetime

    def __post_init__(self) -> None:
        """Refuses (ValueError) an instant without zone."""
        check_instant(self.published_at, "published_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmEntry:
    """What the video extension says of a film on a page: a picture of it, what it is, its file, how long it runs.

    `ends_at` is the moment from which it is not there any more.
    """

    thumbnail: str
    title: str
    address: str
    description: str = ""
    seconds: int | None = None
    published_at: datetime | None = None
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuses (ValueError) relative addresses and instants without zone."""
        for address in (self.thumbnail, self.address):
            addresses.as_uri(address)
        for name in ("published_at", "ends_at"):
            if (instant := getattr(self, name)) is not None:
                check_instant(instant, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapPage:
    """One page of the site; `translations` name every language of it, its own included."""

    address: str
    changed_at: datetime | None = None
    translations: tuple[Translation, ...] = ()
    pictures: tuple[str, ...] = ()
    films: tuple[FilmEntry, ...] = ()
    news: NewsEntry | None = None

    def __post_init__(self) -> None:
        """Refuses (ValueError) relative addresses, instants without zone, translations without the page."""
        for address in (self.address, *self.pictures):
            addresses.as_uri(address)
        if self.changed_at is not None:
            check_instant(self.changed_at, "changed_at")
        # Search engines pass over translations that do not name each other and themselves.
        if self.translations and self.address not in {there.address for there in self.translations}:
            raise ValueError(f"The translations of {self.address} do not name the page itself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapFile:
    """One sitemap as the index names it."""

    address: str
    changed_at: datetime | None = None


def sitemap_files(pages: Iterable[SitemapPage], limits: Limits = PAGES) -> Iterator[bytes]:
    """The sitemaps of `pages` in their order, one after another, each within `limits`; at least one, be it empty.

    No more than one file and one page are in memory.
    """
    waiting = iter(pages)
    page = next(waiting, None)
    while True:
        out = io.BytesIO()
        with ExitStack() as stack:
            markup = stack.enter_context(document(out, "urlset", _NAMESPACES))
            written = 0
            while page is not None and written < limits.addresses:
                markup.flush()
                if written and out.tell() + _largest(page) > limits.size:
                    break
                _write_page(markup, page)
                written += 1
                page = next(waiting, None)
        yield out.getvalue()
        if page is None:
            return


def sitemap_index(files: Iterable[SitemapFile], limits: Limits = PAGES) -> bytes:
    """The index of sitemaps; ValueError where there are more of them than one index holds."""
    out = io.BytesIO()
    with document(out, "sitemapindex", {None: SITEMAP}) as markup:
        for number, file in enumerate(files, start=1):
            if number > limits.addresses:
                raise ValueError(f"One index holds no more than {limits.addresses} sitemaps.")
            with markup.element("sitemap"):
                markup.field("loc", addresses.as_uri(file.address))
                if file.changed_at is not None:
                    markup.field("lastmod", rfc3339(file.changed_at))
    return out.getvalue()


def fresh_news(pages: Iterable[SitemapPage], *, now: datetime) -> Iterator[SitemapPage]:
    """Those of `pages` that are news and were published in the two days before `now`."""
    for page in pages:
        if page.news is not None and now - NEWS_AGE <= page.news.published_at <= now:
            yield page


def _write_page(markup: Markup, page: SitemapPage) -> None:
    """The elements in the order of the protocol's schema: its own first, then the extensions."""
    with markup.element("url"):
        markup.field("loc", addresses.as_uri(page.address))
        if page.changed_at is not None:
            markup.field("lastmod", rfc3339(page.changed_at))
        for there in page.translations:
            address = addresses.as_uri(there.address)
            markup.empty("xhtml:link", {"rel": "alternate", "hreflang": there.language, "href": address})
        if page.news is not None:
            with markup.element("news:news"):
                with markup.element("news:publication"):
                    markup.field("news:name", texts.one_line(page.news.publication))
                    markup.field("news:language", _news_language(page.news.language))
                markup.field("news:publication_date", rfc3339(page.news.published_at))
                markup.field("news:title", texts.one_line(page.news.title) or addresses.as_uri(page.address))
        for picture in page.pictures[:_PICTURES_A_PAGE]:
            with markup.element("image:image"):
                markup.field("image:loc", addresses.as_uri(picture))
        for film in page.films:
            _write_film(markup, film)


def _write_film(markup: Markup, film: FilmEntry) -> None:
    """The elements in the order of the extension's schema; the first four must be there, and hold something."""
    title = texts.one_line(film.title) or addresses.as_uri(film.address)
    with markup.element("video:video"):
        markup.field("video:thumbnail_loc", addresses.as_uri(film.thumbnail))
        markup.field("video:title", title)
        described = texts.one_line(film.description)[:_LONGEST_DESCRIPTION].rstrip(" ")
        markup.field("video:description", described or title)
        markup.field("video:content_loc", addresses.as_uri(film.address))
        if film.seconds is not None and 1 <= film.seconds <= _LONGEST_FILM:
            markup.field("video:duration", str(film.seconds))
        if film.ends_at is not None:
            markup.field("video:expiration_date", rfc3339(film.ends_at))
        if film.published_at is not None:
            markup.field("video:publication_date", rfc3339(film.published_at))


def _news_language(language: str) -> str:
    primary = language.partition("-")[0].lower()
    return _NEWS_CHINESE.get(language.lower(), "zh-cn") if primary == "zh" else primary


def _largest(page: SitemapPage) -> int:
    """No fewer bytes than the page takes; counting is cheaper than writing twice.

    A character takes six at most once escaped, in an address twelve (four bytes, each as %XX); the markup
    around one takes fewer than a hundred and twenty.
    """
    held = [page.address, *(there.address for there in page.translations), *page.pictures[:_PICTURES_A_PAGE]]
    for film in page.films:
        # What is missing of its words is told by its address.
        held += [film.thumbnail, *[film.address] * 3]
    letters = sum(map(len, held)) * 12 + sum(len(there.language) for there in page.translations)
    if page.news is not None:
        letters += (len(page.news.publication) + len(page.news.title)) * 6
    for film in page.films:
        letters += (2 * len(film.title) + min(len(film.description), _LONGEST_DESCRIPTION)) * 6
    return letters + 120 * (len(held) + 8 + 5 * len(page.films)) + 100
