"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/, 2020).

What the format has no word for (corrections, withdrawals, how large a picture is, who took it and what its
licence allows) stands in objects named `_khuevan`, which readers that do not know them pass over.
"""

from __future__ import annotations

from typing import Any, Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.bodies import syndicated_body
from khuevan.plain.feeds.instants import rfc3339
from khuevan.plain.feeds.json_text import json_text, stated
from khuevan.plain.feeds.values import Author, Feed, FeedItem, MediaFile, Publisher, Withdrawal

JSON_FEED_TYPE: Final = "application/feed+json"
_VERSION: Final = "https://jsonfeed.org/version/1.1"
_ABOUT: Final = (
    "Khuê Văn: in the feed, what was withdrawn, when and why; in an item, its correction, licence and "
    "translations; in an attachment, size in pixels, caption, alternative text, credit and licence."
)


def json_feed(feed: Feed, *, address: str, next_address: str = "") -> bytes:
    """The feed served at `address`, in UTF-8, items newest first; equal values give equal bytes.

    `next_address` is where older items stand.
    """
    home = addresses.as_uri(feed.home_address)
    data = {
        "version": _VERSION,
        "title": texts.one_line(feed.title) or home,
        "home_page_url": home,
        "feed_url": addresses.as_uri(address),
        "next_url": addresses.as_uri(next_address) if next_address else None,
        "description": texts.one_line(feed.description),
        "icon": addresses.as_uri(feed.icon.address) if feed.icon else None,
        "authors": [_author(feed.publisher)],
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": addresses.as_uri(hub)} for hub in feed.hubs],
        "_khuevan": stated(
            {
                "about": _ABOUT,
                "rights": texts.one_line(feed.rights),
                "withdrawn": [_withdrawal(gone) for gone in feed.standing_withdrawals()],
            }
        ),
    }
    # An empty list of items is said all the same: the format requires it.
    items = [_item(item) for item in feed.standing_items()]
    return (json_text({**stated(data), "items": items}) + "\n").encode()


def _item(item: FeedItem) -> dict[str, Any]:
    pictures = item.pictures
    data = {
        "id": item.id,
        "url": addresses.as_uri(item.address),
        "title": texts.one_line(item.title),
        "summary": texts.lines(item.summary),
        "image": addresses.as_uri(pictures[0].address) if pictures else None,
        "date_published": rfc3339(item.published_at),
        "date_modified": rfc3339(item.changed_at),
        "authors": [_author(author) for author in item.authors if _author(author)],
        "tags": _tags(item),
        "language": item.language,
        "attachments": [_attachment(file) for file in item.media],
        "_khuevan": stated(
            {
                "correction": _correction(item),
                "rights": texts.one_line(item.rights),
                "license_url": addresses.as_uri(item.licence_address) if item.licence_address else None,
                "translations": [
                    {"language": there.language, "url": addresses.as_uri(there.address)}
                    for there in item.translations
                ],
            }
        ),
    }
    # One of the two contents must be there, be it empty.
    return {**stated(data), "content_html": syndicated_body(item)}


def _tags(item: FeedItem) -> list[str]:
    names = (texts.one_line(name) for name in (item.section, *(topic.name for topic in item.topics)))
    return list(dict.fromkeys(name for name in names if name))


def _author(author: Author | Publisher) -> dict[str, Any]:
    address = addresses.as_uri(author.address) if author.address else None
    return stated({"name": texts.one_line(author.name), "url": address})


def _correction(item: FeedItem) -> dict[str, Any]:
    if item.correction is None:
        return {}
    text = texts.lines(item.correction.text)
    return stated({"text": text, "date": rfc3339(item.correction.corrected_at)})


def _withdrawal(gone: Withdrawal) -> dict[str, Any]:
    return stated(
        {
            "id": gone.id,
            "url": addresses.as_uri(gone.address) if gone.address else None,
            "date": rfc3339(gone.withdrawn_at),
            "reason": texts.lines(gone.reason),
        }
    )


def _attachment(file: MediaFile) -> dict[str, Any]:
    """No `title`: two files of the same caption would be taken for one file in two forms."""
    return stated(
        {
            "url": addresses.as_uri(file.address),
            "mime_type": file.type,
            "size_in_bytes": file.size,
            "duration_in_seconds": file.seconds,
            "_khuevan": stated(
                {
                    "width": file.width,
                    "height": file.height,
                    "caption": texts.lines(file.caption),
                    "alternative_text": texts.one_line(file.alternative_text),
                    "credit": texts.one_line(file.credit),
                    "rights_holder": texts.one_line(file.rights_holder),
                    "license": texts.one_line(file.licence),
                    "license_url": addresses.as_uri(file.licence_address) if file.licence_address else None,
                }
            ),
        }
    )
