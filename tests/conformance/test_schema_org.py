"""NewsArticle and the other pages against schema.org's published shapes (release 30.0, CC BY-SA 3.0)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from khuevan.plain.feeds import (
    FeedItem,
    LibraryItem,
    Occasion,
    breadcrumbs,
    event,
    graph,
    library_item,
    news_article,
    page,
    website,
)
from tests.conformance.schema_org import faults, read_shapes
from tests.conformance.standards import standard
from tests.plain.feeds import samples
from tests.plain.feeds.samples import PUBLISHER, SITE, STORY
from tests.plain.feeds.test_library_item import FILM, PAPER, PICTURE


@cache
def shapes() -> dict[str, dict[str, set[str]]]:
    """The published shapes."""
    return read_shapes(standard("schema-org/schemaorg-shapes.shacl"))


def test_shapes_are_read_with_their_alternatives() -> None:
    assert shapes()["NewsArticle"]["dateline"] == {"Text"}
    assert shapes()["CreativeWork"]["author"] == {"Organization", "Person"}
    assert len(shapes()) > 800


def test_article_keeps_to_the_shapes() -> None:
    assert list(faults(news_article(STORY, PUBLISHER), shapes())) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(samples.items)
def test_any_article_keeps_to_the_shapes(item: FeedItem) -> None:
    assert list(faults(news_article(item, PUBLISHER), shapes())) == []


BEGIN = datetime.fromisoformat("2026-03-06T09:00:00+07:00")
CONFERENCE = Occasion(
    address=f"{SITE}/en/press/opening/",
    title="Opening of the archive",
    language="en",
    begins_at=BEGIN,
    ends_at=BEGIN + timedelta(hours=1),
    place="47 Hàng Dầu",
    summary="The archive opens.",
    speakers=("Nguyễn Văn Bình", " "),
)
PAGES: dict[str, dict[str, Any]] = {
    "event": event(CONFERENCE, PUBLISHER),
    "website": website(
        title="Hà Nội", home_address=f"{SITE}/en/", language="en", publisher=PUBLISHER,
        search_address=f"{SITE}/en/search/",
    ),
    "breadcrumbs": breadcrumbs([("Hà Nội", f"{SITE}/en/"), ("Tin", f"{SITE}/en/tin/")]),
    "page": page(
        title="News", address=f"{SITE}/en/news/", language="en", publisher=PUBLISHER, kind="CollectionPage",
        summary="What is new.", changed_at=BEGIN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("item", [PICTURE, FILM, PAPER])
def test_thing_of_the_library_keeps_to_the_shapes(item: LibraryItem) -> None:
    assert list(faults(library_item(item, PUBLISHER), shapes())) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_the_shapes(name: str) -> None:
    assert list(faults(PAGES[name], shapes())) == []


def test_event_says_where_when_and_by_whom() -> None:
    written = event(CONFERENCE, PUBLISHER)
    assert (written["startDate"], written["endDate"], written["eventStatus"]) == (
        "2026-03-06T09:00:00+07:00", "2026-03-06T10:00:00+07:00", "https://schema.org/EventScheduled",
    )  # fmt: skip
    assert written["location"] == {"@type": "Place", "name": "47 Hàng Dầu"}
    assert written["performer"] == [{"@type": "Person", "name": "Nguyễn Văn Bình"}]


def test_site_says_where_a_query_is_asked() -> None:
    assert PAGES["website"]["potentialAction"] == {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{SITE}/en/search/?q={{q}}"},
        "query-input": "required name=q",
    }


def test_graph_has_one_context_for_all() -> None:
    written = graph(PAGES.values())
    assert written["@context"] == "https://schema.org"
    assert [("@context" in thing, thing["@type"]) for thing in written["@graph"]] == [
        (False, "Event"),
        (False, "WebSite"),
        (False, "BreadcrumbList"),
        (False, "CollectionPage"),
    ]


def test_translation_names_its_original_and_an_original_its_translations() -> None:
    assert [there["inLanguage"] for there in news_article(STORY, PUBLISHER)["workTranslation"]] == ["en"]
    made = news_article(replace(STORY, original=STORY.translations[1]), PUBLISHER)
    assert "workTranslation" not in made
    assert made["translationOfWork"]["url"] == STORY.translations[1].address
    assert list(faults(made, shapes())) == []


def test_shapes_find_what_is_wrong() -> None:
    article = news_article(STORY, PUBLISHER)
    article["datePublished"] = "hôm qua"
    article["author"][0]["headline"] = "x"
    article["publisher"] = {"@type": "ImageObject"}
    assert list(faults(article, shapes())) == [
        "/datePublished: 'hôm qua' is none of ['Date', 'DateTime']",
        "/author/headline: Person has no such property",
        "/publisher: ImageObject is none of ['Organization', 'Person']",
    ]
