"""Sitemaps: what stands in them, and how they are split."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.feeds import (
    NEWS,
    PAGES,
    FilmEntry,
    Limits,
    NewsEntry,
    SitemapFile,
    SitemapPage,
    Translation,
    fresh_news,
    sitemap_files,
    sitemap_index,
)
from tests.plain.feeds import samples
from tests.plain.feeds.obvious import line, uri
from tests.plain.feeds.readers import SITEMAP, instant, one, parsed, read_sitemap
from tests.plain.feeds.samples import PICTURE, SITE, STORY

pages = st.builds(
    SitemapPage,
    address=samples.addresses,
    changed_at=st.none() | samples.instants,
    pictures=st.lists(samples.addresses, max_size=2).map(tuple),
    films=st.lists(
        st.builds(
            FilmEntry,
            thumbnail=samples.addresses,
            title=samples.texts,
            address=samples.addresses,
            description=samples.texts,
            seconds=st.none() | st.integers(0, 30_000),
            published_at=st.none() | samples.instants,
            ends_at=st.none() | samples.instants,
        ),
        max_size=2,
    ).map(tuple),
    news=st.none()
    | st.builds(
        NewsEntry,
        publication=samples.texts.map(lambda text: f"Tin {text}"),
        language=samples.languages,
        title=samples.texts,
        published_at=samples.instants,
    ),
)


def in_two_languages(page: SitemapPage) -> SitemapPage:
    """`page` with itself and another page named as its translations."""
    own = Translation(language="vi", address=page.address)
    return replace(page, translations=(own, Translation(language="en", address=f"{SITE}/en/tin-😀&1")))


pages |= pages.map(in_two_languages)


def told(page: SitemapPage) -> dict[str, object]:
    """What a sitemap says of `page`."""
    news_languages = {"vi": "vi", "en": "en", "zh-Hans": "zh-cn", "ar": "ar", "fr-CA": "fr"}
    return {
        "loc": uri(page.address),
        "lastmod": page.changed_at.replace(microsecond=0) if page.changed_at else None,
        "alternates": [(there.language, uri(there.address)) for there in page.translations],
        "images": [uri(picture) for picture in page.pictures],
        "films": [told_film(film) for film in page.films],
        "news": page.news
        and {
            "name": line(page.news.publication),
            "language": news_languages[page.news.language],
            "published_at": page.news.published_at.replace(microsecond=0),
            "title": line(page.news.title) or uri(page.address),
        },
    }


def told_film(film: FilmEntry) -> dict[str, object]:
    """What a sitemap says of `film`."""
    title = line(film.title) or uri(film.address)
    instants = {"expiration_date": film.ends_at, "publication_date": film.published_at}
    return {
        "thumbnail_loc": uri(film.thumbnail),
        "title": title,
        "description": line(film.description) or title,
        "content_loc": uri(film.address),
        "duration": film.seconds if film.seconds and film.seconds <= 28_800 else None,
        **{name: moment.replace(microsecond=0) if moment else None for name, moment in instants.items()},
    }


def test_description_of_a_film_is_cut_where_the_extension_ends_it() -> None:
    film = FilmEntry(
        thumbnail=PICTURE.address,
        title="Bells",
        address=f"{SITE}/bells.mp4",
        description=f"{'ẩ' * 2_047} dawn",
    )
    (data,) = sitemap_files([SitemapPage(address=STORY.address, films=(film,))])
    assert read_sitemap(data)[0]["films"][0]["description"] == "ẩ" * 2_047


@pytest.mark.parametrize("name", ["thumbnail", "address", "published_at", "ends_at"])
def test_film_that_cannot_be_found_or_dated_is_refused(name: str) -> None:
    film = FilmEntry(thumbnail=PICTURE.address, title="Bells", address=f"{SITE}/bells.mp4")
    wrong = {"thumbnail": "bells.jpg", "address": "bells.mp4"}.get(name, datetime(2026, 3, 7))
    with pytest.raises(ValueError, match="bells|time zone"):
        replace(film, **{name: wrong})


def test_page_is_told_with_its_languages_pictures_and_news() -> None:
    (data,) = sitemap_files(samples.PAGES)
    assert read_sitemap(data) == [told(page) for page in samples.PAGES]


def test_limits_are_those_of_the_protocol_and_of_news() -> None:
    assert (
        Limits(addresses=50_000, size=50 * 1024 * 1024),
        Limits(addresses=1_000, size=50 * 1024 * 1024),
    ) == (PAGES, NEWS)


def test_no_page_gives_one_empty_sitemap() -> None:
    assert [read_sitemap(data) for data in sitemap_files([])] == [[]]


def test_pages_are_split_by_number() -> None:
    many = [SitemapPage(address=f"{SITE}/{number}") for number in range(7)]
    split = [
        [page["loc"] for page in read_sitemap(data)] for data in sitemap_files(many, Limits(addresses=3))
    ]
    assert split == [
        [page.address for page in many[:3]],
        [page.address for page in many[3:6]],
        [many[6].address],
    ]
    assert len(list(sitemap_files(many[:6], Limits(addresses=3)))) == 2


def test_fifty_thousand_pages_fill_one_file_and_one_more_begins_another() -> None:
    many = (SitemapPage(address=f"{SITE}/{number}") for number in range(50_001))
    assert [data.count(b"<loc>") for data in sitemap_files(many)] == [50_000, 1]


@settings(deadline=None, max_examples=60)
@given(st.lists(pages, max_size=8), st.integers(1, 4), st.integers(900, 4_000))
def test_any_pages_stay_within_the_limits_in_their_order(
    found: list[SitemapPage], number: int, size: int
) -> None:
    files = list(sitemap_files(iter(found), Limits(addresses=number, size=size)))
    read = [read_sitemap(data) for data in files]
    assert [page for file in read for page in file] == [told(page) for page in found]
    assert all(len(file) <= number for file in read)
    # A page that is larger than the limit by itself stands alone.
    assert all(len(data) <= size or len(file) == 1 for data, file in zip(files, read, strict=True))
    assert read == [[]] or all(read)


def test_long_pages_are_split_by_size() -> None:
    pictures = tuple(f"{SITE}/ảnh/{number}.jpg" for number in range(1_000))
    many = [replace(samples.PAGES[1], address=f"{SITE}/{number}", pictures=pictures) for number in range(6)]
    files = list(sitemap_files(many, Limits(size=800_000)))
    assert all(len(data) <= 800_000 for data in files)
    assert sum(len(read_sitemap(data)) for data in files) == 6
    assert len(files) < 6


def test_no_page_lists_more_than_a_thousand_pictures() -> None:
    pictures = tuple(f"{SITE}/{number}.jpg" for number in range(1_001))
    (data,) = sitemap_files([SitemapPage(address=STORY.address, pictures=pictures)])
    assert read_sitemap(data)[0]["images"] == list(pictures[:1_000])


@pytest.mark.parametrize(
    ("language", "told_as"), [("zh-Hant", "zh-tw"), ("zh-HK", "zh-tw"), ("zh", "zh-cn"), ("pt-BR", "pt")]
)
def test_language_of_news_is_told_as_the_extension_wants_it(language: str, told_as: str) -> None:
    news = samples.PAGES[0].news
    assert news is not None
    (data,) = sitemap_files([replace(samples.PAGES[0], news=replace(news, language=language))])
    assert read_sitemap(data)[0]["news"]["language"] == told_as


def test_news_is_fresh_for_two_days() -> None:
    now = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
    news = samples.PAGES[0].news
    assert news is not None
    ages = [timedelta(days=2, seconds=1), timedelta(days=2), timedelta(), timedelta(seconds=-1)]
    found = [replace(samples.PAGES[0], news=replace(news, published_at=now - age)) for age in ages]
    assert list(fresh_news([*found, samples.PAGES[1]], now=now)) == found[1:3]


def test_index_names_the_sitemaps() -> None:
    files = [
        SitemapFile(address=f"{SITE}/sitemap-1.xml", changed_at=STORY.changed_at),
        SitemapFile(address=f"{SITE}/sitemap-2.xml"),
    ]
    root = parsed(sitemap_index(files))
    assert root.tag == f"{SITEMAP}sitemapindex"
    assert [one(sitemap, f"{SITEMAP}loc") for sitemap in root] == [file.address for file in files]
    assert instant(one(root[0], f"{SITEMAP}lastmod")) == STORY.changed_at
    assert [len(sitemap) for sitemap in root] == [2, 1]


def test_index_of_too_many_sitemaps_is_refused() -> None:
    files = [SitemapFile(address=f"{SITE}/{number}.xml") for number in range(3)]
    with pytest.raises(ValueError, match=r"^One index holds no more than 2 sitemaps\.$"):
        sitemap_index(files, Limits(addresses=2))


def test_translations_that_do_not_name_the_page_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"^The translations of https://doingoai\.example\.vn/vi do not name"
    ):
        SitemapPage(address=f"{SITE}/vi", translations=(Translation(language="en", address=f"{SITE}/en"),))
    with pytest.raises(ValueError, match=r"^Not an absolute web address: '/a\.jpg'\.$"):
        SitemapPage(address=PICTURE.address, pictures=("/a.jpg",))
