"""What the head of a story's page says: JSON-LD that ends no script, and Open Graph."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from khuevan.plain.feeds import FeedItem, MediaFile, news_article, open_graph, script_text
from khuevan.plain.feeds.open_graph import locale
from tests.plain.feeds import samples
from tests.plain.feeds.obvious import line, uri
from tests.plain.feeds.samples import FILM, PICTURE, PUBLISHER, RELEASE, SITE, STORY


class Scripts(HTMLParser):
    """What stands in the scripts of a page, and which other elements there are."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append("")
        else:
            self.others.append(tag)

    def handle_data(self, data: str) -> None:
        if self.scripts:
            self.scripts[-1] += data


@settings(deadline=None)
@given(samples.items)
def test_json_ld_of_any_item_ends_no_script(item: FeedItem) -> None:
    article = news_article(item, PUBLISHER)
    text = script_text(article)
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{text}</script><p>')
    page.close()
    assert (page.scripts, page.others) == ([text], ["p"])
    assert "<" not in text
    assert json.loads(text.encode()) == article


def test_script_text_keeps_what_it_escapes() -> None:
    hostile = {"a": "</script><!-- & \u2028\u2029"}
    assert script_text(hostile) == '{"a":"\\u003C/script\\u003E\\u003C!-- \\u0026 \\u2028\\u2029"}'
    assert json.loads(script_text(hostile)) == hostile


def test_article_without_anything_still_has_author_and_headline() -> None:
    bare = FeedItem(
        id=RELEASE.id,
        address=RELEASE.address,
        title="",
        language="en",
        published_at=RELEASE.published_at,
        updated_at=RELEASE.updated_at,
    )
    office = {"@type": "Organization", "@id": f"{SITE}/", "name": "Sở", "url": f"{SITE}/"}
    assert news_article(bare, replace(PUBLISHER, name="Sở", logo=None)) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": RELEASE.address,
        "identifier": RELEASE.id,
        "url": RELEASE.address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": RELEASE.address},
        "headline": RELEASE.address,
        "inLanguage": "en",
        "datePublished": "2026-03-07T00:00:30+00:00",
        "dateModified": "2026-03-07T00:00:30+00:00",
        "isAccessibleForFree": True,
        "author": [office],
        "publisher": office,
    }


def test_film_has_name_day_and_picture_in_the_article() -> None:
    (film,) = news_article(replace(STORY, media=(FILM, PICTURE)), PUBLISHER)["associatedMedia"]
    assert film == {
        "@type": "VideoObject",
        "contentUrl": FILM.address,
        "url": FILM.address,
        "encodingFormat": "video/mp4",
        "contentSize": "9000000 B",
        "width": {"@type": "QuantitativeValue", "value": 1920, "unitCode": "E37"},
        "height": {"@type": "QuantitativeValue", "value": 1080, "unitCode": "E37"},
        "name": STORY.title,
        "uploadDate": "2026-03-05T09:30:00+07:00",
        "thumbnailUrl": uri(PICTURE.address),
        "duration": "PT95S",
    }


def test_open_graph_keeps_what_belongs_to_a_picture_behind_it() -> None:
    second = MediaFile(address=f"{SITE}/2.png", type="image/png")
    pairs = open_graph(replace(STORY, media=(PICTURE, FILM, second)), PUBLISHER)
    assert pairs == (
        ("og:title", STORY.title),
        ("og:type", "article"),
        ("og:url", f"{SITE}/vi/tin/48-g%C6%B0%C6%A1m"),
        ("og:description", STORY.summary),
        ("og:site_name", PUBLISHER.name),
        ("og:locale", "vi_VN"),
        ("og:locale:alternate", "en_US"),
        ("og:image", uri(PICTURE.address)),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", "1600"),
        ("og:image:height", "1067"),
        ("og:image:alt", PICTURE.alternative_text),
        ("og:image", second.address),
        ("og:image:type", "image/png"),
        ("og:video", FILM.address),
        ("og:video:type", "video/mp4"),
        ("og:video:width", "1920"),
        ("og:video:height", "1080"),
        ("article:published_time", "2026-03-05T09:30:00+07:00"),
        ("article:modified_time", "2026-03-06T08:00:00+07:00"),
        ("article:author", f"{SITE}/vi/nguoi/binh"),
        ("article:section", "Văn hóa"),
        ("article:tag", "văn hóa, nghệ thuật và giải trí"),
        ("article:tag", "Hồ Gươm"),
    )


@settings(deadline=None)
@given(samples.items)
def test_open_graph_of_any_item_is_clean_text(item: FeedItem) -> None:
    pairs = open_graph(item, PUBLISHER)
    assert all(content and content == line(content) for _, content in pairs)
    assert [content for name, content in pairs if name == "og:title"] == [
        line(item.title) or uri(item.address)
    ]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("vi", "vi_VN"),
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("zh", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("x-default", ""),
        ("eo", ""),
    ],
)
def test_language_has_a_territory_in_open_graph(language: str, written: str) -> None:
    assert locale(language) == written
