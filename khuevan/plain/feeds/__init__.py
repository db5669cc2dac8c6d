"""What the public site syndicates, written: RSS, Atom, JSON Feed, sitemaps, JSON-LD and Open Graph.

No Django, no network, no clock. See `values` for what is handed over: only what is public at this moment.
Equal values give equal bytes, so that the caller may keep what comes back under its tag.
"""

from __future__ import annotations

from .atom import ATOM_TYPE, atom_feed, write_atom
from .http_headers import etag, last_modified, link
from .json_feed import JSON_FEED_TYPE, json_feed
from .json_text import script_text
from .library_item import LibraryItem, library_item
from .news_article import JSON_LD_TYPE, news_article
from .open_graph import open_graph, page_open_graph, twitter_card
from .rss import RSS_TYPE, rss_feed, write_rss
from .site_data import Occasion, breadcrumbs, event, graph, page, website
from .sitemap import (
    NEWS,
    PAGES,
    SITEMAP_TYPE,
    FilmEntry,
    Limits,
    NewsEntry,
    SitemapFile,
    SitemapPage,
    fresh_news,
    sitemap_files,
    sitemap_index,
)
from .values import (
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

__all__ = [
    "ATOM_TYPE",
    "JSON_FEED_TYPE",
    "JSON_LD_TYPE",
    "NEWS",
    "PAGES",
    "RSS_TYPE",
    "SITEMAP_TYPE",
    "Author",
    "Correction",
    "Feed",
    "FeedItem",
    "FilmEntry",
    "LibraryItem",
    "Limits",
    "MediaFile",
    "NewsEntry",
    "Occasion",
    "Publisher",
    "SitemapFile",
    "SitemapPage",
    "Topic",
    "Translation",
    "Withdrawal",
    "atom_feed",
    "breadcrumbs",
    "etag",
    "event",
    "fresh_news",
    "graph",
    "json_feed",
    "last_modified",
    "library_item",
    "link",
    "news_article",
    "open_graph",
    "page",
    "page_open_graph",
    "rss_feed",
    "script_text",
    "sitemap_files",
    "sitemap_index",
    "twitter_card",
    "website",
    "write_atom",
    "write_rss",
]
