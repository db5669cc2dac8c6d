"""The worked-out feed in every format, as it lies in `golden/`; a difference is a change that readers see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from khuevan.plain.feeds import atom_feed, json_feed, news_article, open_graph, rss_feed, sitemap_files
from khuevan.plain.feeds.json_text import json_text
from tests.plain.feeds.samples import ADDRESS, FEED, PAGES, PUBLISHER, STORY

GOLDEN = Path(__file__).parent / "golden"
WRITERS: dict[str, Callable[[], bytes]] = {
    "feed.rss": lambda: rss_feed(FEED, address=ADDRESS),
    "feed.atom": lambda: atom_feed(FEED, address=ADDRESS),
    "feed.json": lambda: json_feed(FEED, address=ADDRESS),
    "sitemap.xml": lambda: next(sitemap_files(PAGES)),
    "article.json": lambda: json_text(news_article(STORY, PUBLISHER)).encode(),
    "open_graph.txt": lambda: "\n".join(map("\t".join, open_graph(STORY, PUBLISHER))).encode(),
}


@pytest.mark.parametrize("name", WRITERS)
def test_feed_is_written_as_kept(name: str) -> None:
    assert WRITERS[name]().decode() == (GOLDEN / name).read_text(encoding="utf-8")
