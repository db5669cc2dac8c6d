"""What an answer that carries a feed says about itself in its headers.

Sources: RFC 9110, 8.8.2 and 8.8.3 (Last-Modified, ETag); RFC 8288 (Link); WebSub (W3C Recommendation,
23 January 2018, 4: the hub and the feed's own address stand in Link headers too).
"""

from __future__ import annotations

import hashlib

from khuevan.plain.feeds import addresses
from khuevan.plain.feeds.instants import http_date
from khuevan.plain.feeds.values import Feed


def etag(body: bytes) -> str:
    """The strong entity tag of `body` before compression: another tag for any other byte.

    A feed also changes when an item leaves it without a word (its picture's licence ran out), which
    Last-Modified does not tell; so the tag goes before the day.
    """
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def last_modified(feed: Feed) -> str:
    """When the feed last had something new, as Last-Modified says it."""
    return http_date(feed.changed_at)


def link(feed: Feed, *, address: str) -> str:
    """The Link header of the feed served at `address`: its hubs and itself; empty without a hub."""
    if not feed.hubs:
        return ""
    hubs = [f'<{addresses.as_uri(hub)}>; rel="hub"' for hub in feed.hubs]
    return ", ".join([*hubs, f'<{addresses.as_uri(address)}>; rel="self"'])
