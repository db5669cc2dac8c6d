"""A feed as Atom, with a tombstone for each withdrawn item.

Sources: RFC 4287 (Atom), RFC 6721 (deleted-entry), RFC 4946 (licence links), RFC 5005 (paged feeds);
Media RSS 1.5.1 for what the enclosure links cannot say; WebSub (W3C Recommendation, 23 January 2018, 4).
"""

from __future__ import annotations

import io
from typing import BinaryIO, Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.bodies import syndicated_body
from khuevan.plain.feeds.instants import rfc3339
from khuevan.plain.feeds.markup import Markup, document
from khuevan.plain.feeds.media_rss import write_media
from khuevan.plain.feeds.values import Author, Feed, FeedItem, Publisher, Withdrawal
from khuevan.plain.feeds.vocabulary import ATOM, MEDIA, TOMBSTONES, XML

ATOM_TYPE: Final = "application/atom+xml"
# lxml invents a prefix for xml:lang, which Namespaces in XML forbids, unless xml is declared like the others.
_NAMESPACES: Final[dict[str | None, str]] = {None: ATOM, "at": TOMBSTONES, "media": MEDIA, "xml": XML}


def atom_feed(feed: Feed, *, address: str, next_address: str = "") -> bytes:
    """The feed in UTF-8; the same values always give the same bytes. See `write_atom`."""
    out = io.BytesIO()
    write_atom(out, feed, address=address, next_address=next_address)
    return out.getvalue()


def write_atom(out: BinaryIO, feed: Feed, *, address: str, next_address: str = "") -> None:
    """Writes the feed that is served at `address` to `out`: entries newest first, then tombstones newest first.

    `next_address` is where older items stand (RFC 5005, 3).
    """
    with document(out, "feed", _NAMESPACES, {"xml:lang": feed.language}) as markup:
        _write_head(markup, feed, address, next_address)
        for item in feed.standing_items():
            with markup.element("entry", {"xml:lang": item.language}):
                _write_entry(markup, item)
            markup.flush()
        for withdrawal in feed.standing_withdrawals():
            _write_tombstone(markup, withdrawal, feed.publisher)


def _write_head(markup: Markup, feed: Feed, address: str, next_address: str) -> None:
    home = addresses.as_uri(feed.home_address)
    markup.field("id", feed.id)
    markup.field("title", texts.one_line(feed.title) or home)
    markup.field("subtitle", texts.one_line(feed.description))
    markup.field("updated", rfc3339(feed.changed_at))
    markup.empty("link", {"rel": "self", "type": ATOM_TYPE, "href": addresses.as_uri(address)})
    markup.empty("link", {"rel": "alternate", "type": "text/html", "hreflang": feed.language, "href": home})
    for hub in feed.hubs:
        markup.empty("link", {"rel": "hub", "href": addresses.as_uri(hub)})
    if next_address:
        markup.empty("link", {"rel": "next", "type": ATOM_TYPE, "href": addresses.as_uri(next_address)})
    # The feed's author is that of every entry without one, which RFC 4287 (4.1.1) requires.
    _write_person(markup, "author", feed.publisher)
    markup.field("rights", texts.one_line(feed.rights))
    if feed.icon:
        markup.field("icon", addresses.as_uri(feed.icon.address))


def _write_entry(markup: Markup, item: FeedItem) -> None:
    address = addresses.as_uri(item.address)
    markup.field("id", item.id)
    markup.field("title", texts.one_line(item.title) or address)
    markup.field("published", rfc3339(item.published_at))
    markup.field("updated", rfc3339(item.changed_at))
    markup.empty(
        "link", {"rel": "alternate", "type": "text/html", "hreflang": item.language, "href": address}
    )
    # No two alternates may share type and language (RFC 4287, 4.1.2).
    told = {item.language.lower(), "x-default"}
    for translation in item.translations:
        if translation.language.lower() not in told:
            told.add(translation.language.lower())
            there = addresses.as_uri(translation.address)
            attributes = {"type": "text/html", "hreflang": translation.language, "href": there}
            markup.empty("link", {"rel": "alternate", **attributes})
    for author in item.authors:
        _write_person(markup, "author", author)
    _write_categories(markup, item)
    markup.field("summary", item.summary)
    markup.field("content", syndicated_body(item), {"type": "html"})
    markup.field("rights", texts.one_line(item.rights))
    if item.licence_address:
        markup.empty("link", {"rel": "license", "href": addresses.as_uri(item.licence_address)})
    for file in item.media:
        attributes = {"type": file.type, "href": addresses.as_uri(file.address)}
        title = texts.one_line(file.caption) or texts.one_line(file.alternative_text)
        markup.empty("link", {"rel": "enclosure", **attributes, "length": file.size, "title": title})
    for file in item.media:
        write_media(markup, file)


def _write_categories(markup: Markup, item: FeedItem) -> None:
    if texts.one_line(item.section):
        markup.empty("category", {"term": item.section})
    for topic in item.topics:
        name, code = texts.one_line(topic.name), texts.one_line(topic.code)
        if name or code:
            scheme = addresses.as_uri(topic.scheme) if topic.scheme else None
            markup.empty("category", {"term": code or name, "scheme": scheme, "label": name})


def _write_person(markup: Markup, element: str, person: Author | Publisher) -> None:
    address = addresses.as_uri(person.address) if person.address else ""
    name = texts.one_line(person.name) or address
    if name:
        with markup.element(element):
            markup.field("name", name)
            markup.field("uri", address)


def _write_tombstone(markup: Markup, withdrawal: Withdrawal, publisher: Publisher) -> None:
    attributes = {"ref": withdrawal.id, "when": rfc3339(withdrawal.withdrawn_at)}
    with markup.element("at:deleted-entry", attributes):
        if withdrawal.address:
            markup.empty("link", {"rel": "alternate", "href": addresses.as_uri(withdrawal.address)})
        _write_person(markup, "at:by", publisher)
        markup.field("at:comment", withdrawal.reason)
