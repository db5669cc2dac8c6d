"""Whatever the texts hold, a stranger's reader finds in each format what was handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings

from khuevan.plain.feeds import Feed, FeedItem, MediaFile, atom_feed, json_feed, rss_feed
from khuevan.plain.feeds.bodies import syndicated_body
from tests.plain.feeds import samples
from tests.plain.feeds.obvious import block, cleaned, gone, line, standing, uri
from tests.plain.feeds.readers import instant, read_atom, read_json_feed, read_rss
from tests.plain.feeds.samples import ADDRESS

FEW = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def second(moment: datetime) -> datetime:
    """`moment` as far as feeds tell it."""
    return moment.replace(microsecond=0)


def as_html(text: str) -> str:
    """A plain text as a reader of HTML must find it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def told(pairs: dict[str, Any]) -> dict[str, Any]:
    """The members that say something."""
    return {key: value for key, value in pairs.items() if value is not None and value not in ("", [], {})}


def media_told(file: MediaFile) -> dict[str, Any]:
    """What Media RSS says of `file`."""
    measures = {
        "fileSize": file.size,
        "duration": file.seconds,
        "height": file.height,
        "width": file.width,
    }
    address = uri(file.licence_address) if file.licence_address else ""
    return {
        "url": uri(file.address),
        "type": file.type,
        "medium": file.medium,
        **{name: str(number) for name, number in measures.items() if number is not None},
        "title": line(file.alternative_text),
        "description": block(file.caption),
        "credit": line(file.credit),
        "copyright": line(file.rights_holder),
        "licence": (address, line(file.licence) or address) if address else None,
    }


@FEW
@given(samples.feeds)
def test_rss_tells_what_was_handed_over(feed: Feed) -> None:
    home = uri(feed.home_address)
    title = line(feed.title) or home
    assert read_rss(rss_feed(feed, address=ADDRESS)) == {
        "title": title,
        "link": home,
        "description": as_html(line(feed.description) or title),
        "language": feed.language,
        "rights": line(feed.rights),
        "changed_at": second(feed.changed_at),
        "links": [("self", ADDRESS), *(("hub", uri(hub)) for hub in feed.hubs)],
        "items": [rss_told(item) for item in standing(feed)],
    }


def rss_told(item: FeedItem) -> dict[str, Any]:
    """What RSS says of `item`."""
    topics = [(topic.scheme or None, line(topic.name)) for topic in item.topics if line(topic.name)]
    section = [(None, line(item.section))] if line(item.section) else []
    return {
        "id": item.id,
        "title": line(item.title) or uri(item.address),
        "link": uri(item.address),
        "published_at": second(item.published_at),
        "changed_at": second(item.changed_at),
        "language": item.language,
        "creators": [line(author.name) for author in item.authors if line(author.name)],
        "categories": [*section, *topics],
        "description": as_html(block(item.summary)),
        "content": block(syndicated_body(item)),
        "rights": line(item.rights),
        "enclosures": [file.size for file in item.media if file.size is not None][:1],
        "media": [media_told(file) for file in item.media],
    }


@FEW
@given(samples.feeds)
def test_atom_tells_what_was_handed_over(feed: Feed) -> None:
    home, publisher = uri(feed.home_address), feed.publisher
    office = [(line(publisher.name) or uri(publisher.address), uri(publisher.address))]
    assert read_atom(atom_feed(feed, address=ADDRESS)) == {
        "id": feed.id,
        "title": line(feed.title) or home,
        "subtitle": line(feed.description),
        "rights": line(feed.rights),
        "language": feed.language,
        "changed_at": second(feed.changed_at),
        "links": [("self", ADDRESS), ("alternate", home), *(("hub", uri(hub)) for hub in feed.hubs)],
        "authors": office,
        "entries": [atom_told(item) for item in standing(feed)],
        "graves": [
            {
                "id": one.id,
                "when": second(one.withdrawn_at),
                "links": [("alternate", uri(one.address))] if one.address else [],
                "by": office,
                "comment": block(one.reason),
            }
            for one in gone(feed)
        ],
    }


def atom_told(item: FeedItem) -> dict[str, Any]:
    """What Atom says of `item`."""
    alternates = {item.language: uri(item.address)}
    for there in item.translations:
        alternates.setdefault(there.language, uri(there.address))
    people = [(line(author.name), uri(author.address) if author.address else "") for author in item.authors]
    topics = [
        (line(topic.code) or line(topic.name), topic.scheme or None, line(topic.name) or None)
        for topic in item.topics
    ]
    return {
        "id": item.id,
        "title": line(item.title) or uri(item.address),
        "published_at": second(item.published_at),
        "changed_at": second(item.changed_at),
        "language": item.language,
        "alternates": list(alternates.items()),
        "authors": [(name or address, address) for name, address in people if name or address],
        "categories": [
            *([(line(item.section), None, None)] if line(item.section) else []),
            *(topic for topic in topics if topic[0]),
        ],
        "summary": block(item.summary),
        "content": block(syndicated_body(item)),
        "rights": line(item.rights),
        "licences": [uri(item.licence_address)] if item.licence_address else [],
        "enclosures": [(file.type, None if file.size is None else str(file.size)) for file in item.media],
        "media": [media_told(file) for file in item.media],
    }


@FEW
@given(samples.feeds)
def test_json_feed_tells_what_was_handed_over(feed: Feed) -> None:
    read = read_json_feed(json_feed(feed, address=ADDRESS))
    about = read["_khuevan"].pop("about")
    home, publisher = uri(feed.home_address), feed.publisher
    assert about.startswith("Khuê Văn: ")
    assert read == {
        **told(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": line(feed.title) or home,
                "home_page_url": home,
                "feed_url": ADDRESS,
                "description": line(feed.description),
                "icon": uri(feed.icon.address) if feed.icon else None,
                "authors": [told({"name": line(publisher.name), "url": uri(publisher.address)})],
                "language": feed.language,
                "hubs": [{"type": "WebSub", "url": uri(hub)} for hub in feed.hubs],
            }
        ),
        "_khuevan": told(
            {
                "rights": line(feed.rights),
                "withdrawn": [
                    told(
                        {
                            "id": one.id,
                            "url": uri(one.address) if one.address else None,
                            "date": written(one.withdrawn_at),
                            "reason": block(one.reason),
                        }
                    )
                    for one in gone(feed)
                ],
            }
        ),
        "items": [json_told(item) for item in standing(feed)],
    }


def written(moment: datetime) -> str:
    """`moment` in RFC 3339, in UTC where its own zone cannot be written."""
    offset = moment.strftime("%z")
    zone = f"{offset[:3]}:{offset[3:5]}"
    return moment.strftime(f"{moment.year:04}-%m-%dT%H:%M:%S") + zone if len(offset) == 5 else utc(moment)


def utc(moment: datetime) -> str:
    """`moment` in UTC."""
    return str(second(moment).astimezone(samples.UTC).isoformat())


def json_told(item: FeedItem) -> dict[str, Any]:
    """What JSON Feed says of `item`."""
    pictures = [uri(file.address) for file in item.media if file.type.startswith("image/")]
    people = [
        told({"name": line(author.name), "url": uri(author.address) if author.address else None})
        for author in item.authors
    ]
    tags: list[str] = []
    for name in [item.section, *(topic.name for topic in item.topics)]:
        if line(name) and line(name) not in tags:
            tags.append(line(name))
    corrected = item.correction
    return {
        **told(
            {
                "id": item.id,
                "url": uri(item.address),
                "title": line(item.title),
                "summary": block(item.summary),
                "image": pictures[0] if pictures else None,
                "date_published": written(item.published_at),
                "date_modified": written(item.changed_at),
                "authors": [one for one in people if one],
                "tags": tags,
                "language": item.language,
                "attachments": [attachment_told(file) for file in item.media],
                "_khuevan": told(
                    {
                        "correction": told(
                            {"text": block(corrected.text), "date": written(corrected.corrected_at)}
                        )
                        if corrected
                        else None,
                        "rights": line(item.rights),
                        "license_url": uri(item.licence_address) if item.licence_address else None,
                        "translations": [
                            {"language": there.language, "url": uri(there.address)}
                            for there in item.translations
                        ],
                    }
                ),
            }
        ),
        "content_html": syndicated_body(item),
    }


def attachment_told(file: MediaFile) -> dict[str, Any]:
    """What JSON Feed says of `file`."""
    return told(
        {
            "url": uri(file.address),
            "mime_type": file.type,
            "size_in_bytes": file.size,
            "duration_in_seconds": file.seconds,
            "_khuevan": told(
                {
                    "width": file.width,
                    "height": file.height,
                    "caption": block(file.caption),
                    "alternative_text": line(file.alternative_text),
                    "credit": line(file.credit),
                    "rights_holder": line(file.rights_holder),
                    "license": line(file.licence),
                    "license_url": uri(file.licence_address) if file.licence_address else None,
                }
            ),
        }
    )


def test_obvious_accounts_agree_on_an_instant() -> None:
    assert instant(written(samples.STORY.published_at)) == samples.STORY.published_at
    assert cleaned("\x00") == " "
