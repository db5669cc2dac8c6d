"""NewsArticle against schema.org's published shapes (release 30.0, CC BY-SA 3.0)."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings

from khuevan.plain.feeds import FeedItem, news_article
from tests.conformance.schema_org import faults, read_shapes
from tests.conformance.standards import standard
from tests.plain.feeds import samples
from tests.plain.feeds.samples import PUBLISHER, STORY


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
