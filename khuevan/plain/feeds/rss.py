"""A feed as RSS 2.0.

Sources: RSS 2.0 (2.0.11, RSS Advisory Board, 30 March 2009) and its Best Practices Profile 1.0 (15 October
2007); the modules Content 1.0 and Dublin Core 1.1; Media RSS 1.5.1; `atom:link` and WebSub's hub as in the
W3C Recommendation of 23 January 2018, 4. RSS knows no withdrawal: a withdrawn item is left out.
"""

from __future__ import annotations

import html
import io
from typing import BinaryIO, Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.bodies import syndicated_body
from khuevan.plain.feeds.instants import rfc822, rfc3339
from khuevan.plain.feeds.markup import Markup, document
from khuevan.plain.feeds.media_rss import write_media
from khuevan.plain.feeds.values import Feed, FeedItem
from khuevan.plain.feeds.vocabulary import ATOM, CONTENT, DUBLIN_CORE, MEDIA

RSS_TYPE: Final = "application/rss+xml"
_NAMESPACES: Final[dict[str | None, str]] = {
    "atom": ATOM,
    "content": CONTENT,
    "dc": DUBLIN_CORE,
    "media": MEDIA,
}
_DOCUMENTATION: Final = "https://www.rssboard.org/rss-specification"


def rss_feed(feed: Feed, *, address: str, next_address: str = "") -> bytes:
    """The feed in UTF-8; the same values always give the same bytes. See `write_rss`."""
    out = io.BytesIO()
    write_rss(out, feed, address=address, next_address=next_address)
    return out.getvalue()


def write_rss(out: BinaryIO, feed: Feed, *, address: str, next_address: str = "") -> None:
    """Writes the feed that is served at `address` to `out`, item by item, newest first.

    `next_address` is where older items stand (RFC 5005, 3).
    """
    items = feed.standing_items()
    with document(out, "rss", _NAMESPACES, {"version": "2.0"}) as markup, markup.element("channel"):
        _write_channel(markup, feed, address, next_address)
        if items:
            markup.field("pubDate", rfc822(items[0].published_at))
        for item in items:
            with markup.element("item"):
                _write_item(markup, item)
            markup.flush()


def _write_channel(markup: Markup, feed: Feed, address: str, next_address: str) -> None:
    home = addresses.as_uri(feed.home_address)
    title = texts.one_line(feed.title) or home
    markup.field("title", title)
    markup.field("link", home)
    # The description is required; a feed without one is described by its title.
    markup.field("description", _as_html(texts.one_line(feed.description) or title))
    markup.empty("atom:link", {"rel": "self", "type": RSS_TYPE, "href": addresses.as_uri(address)})
    for hub in feed.hubs:
        markup.empty("atom:link", {"rel": "hub", "href": addresses.as_uri(hub)})
    if next_address:
        markup.empty("atom:link", {"rel": "next", "type": RSS_TYPE, "href": addresses.as_uri(next_address)})
    markup.field("language", feed.language)
    markup.field("copyright", texts.one_line(feed.rights))
    markup.field("lastBuildDate", rfc822(feed.changed_at))
    markup.field("docs", _DOCUMENTATION)
    markup.field("dc:publisher", texts.one_line(feed.publisher.name))
    if feed.icon:
        with markup.element("image"):
            markup.field("url", addresses.as_uri(feed.icon.address))
            markup.field("title", title)
            markup.field("link", home)


def _write_item(markup: Markup, item: FeedItem) -> None:
    address = addresses.as_uri(item.address)
    markup.field("title", texts.one_line(item.title) or address)
    markup.field("link", address)
    markup.field("guid", item.id, {"isPermaLink": "false"})
    markup.field("pubDate", rfc822(item.published_at))
    markup.field("atom:updated", rfc3339(item.changed_at))
    for author in item.authors:
        markup.field("dc:creator", texts.one_line(author.name))
    markup.field("dc:language", item.language)
    if item.section:
        markup.field("category", texts.one_line(item.section))
    for topic in item.topics:
        domain = addresses.as_uri(topic.scheme) if topic.scheme else None
        markup.field("category", texts.one_line(topic.name), {"domain": domain})
    # Before the body, as the Profile asks: some readers take whichever stands last for the text.
    markup.field("description", _as_html(item.summary))
    markup.field("content:encoded", syndicated_body(item))
    markup.field("dc:rights", texts.one_line(item.rights))
    if item.licence_address:
        markup.empty("atom:link", {"rel": "license", "href": addresses.as_uri(item.licence_address)})
    # One enclosure an item, as the Profile advises, and with its length, which RSS requires.
    enclosed = next((file for file in item.media if file.size is not None), None)
    if enclosed:
        attributes = {
            "url": addresses.as_uri(enclosed.address),
            "length": enclosed.size,
            "type": enclosed.type,
        }
        markup.empty("enclosure", attributes)
    for file in item.media:
        write_media(markup, file)


def _as_html(text: str) -> str:
    """A description is HTML to every reader: a plain text with a "<" in it would lose its end."""
    return html.escape(text, quote=False)
