"""Readers of feeds written without a look at the writers: what a stranger's program takes from them.

Each returns plain values, and refuses (AssertionError) what the format's specification forbids.
"""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
TOMB = "{http://purl.org/atompub/tombstones/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
FILM = "{http://www.google.com/schemas/sitemap-video/1.1}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(data: bytes) -> Any:
    """The root of a document; a strict parser, with nothing mended and nothing fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, load_dtd=False)
    return etree.fromstring(data, parser)


def one(parent: Any, name: str) -> str:
    """The text of the child that must be there exactly once."""
    found = parent.findall(name)
    assert len(found) == 1, (name, len(found))
    return str(found[0].text or "")


def at_most_one(parent: Any, name: str) -> str:
    """The text of the child that may be there once; empty without it."""
    found = parent.findall(name)
    assert len(found) <= 1, (name, len(found))
    return str(found[0].text or "") if found else ""


def instant(text: str) -> datetime:
    """An RFC 3339 instant: full, with its zone."""
    assert len(text) in (20, 25), text
    read = datetime.fromisoformat(text)
    assert read.tzinfo is not None, text
    return read


def read_rss(data: bytes) -> dict[str, Any]:
    """What RSS 2.0 and its modules say."""
    root = parsed(data)
    assert (root.tag, root.get("version"), [child.tag for child in root]) == ("rss", "2.0", ["channel"])
    channel = root[0]
    links = [(link.get("rel"), link.get("href")) for link in channel.findall(f"{ATOM}link")]
    return {
        "title": one(channel, "title"),
        "link": one(channel, "link"),
        "description": one(channel, "description"),
        "language": one(channel, "language"),
        "rights": at_most_one(channel, "copyright"),
        "changed_at": parsedate_to_datetime(one(channel, "lastBuildDate")),
        "links": links,
        "items": [_rss_item(item) for item in channel.findall("item")],
    }


def _rss_item(item: Any) -> dict[str, Any]:
    order = [child.tag for child in item]
    if "description" in order and f"{CONTENT}encoded" in order:
        assert order.index("description") < order.index(f"{CONTENT}encoded"), order
    guid = item.find("guid")
    assert guid.get("isPermaLink") == "false"
    enclosures = item.findall("enclosure")
    assert len(enclosures) <= 1
    for enclosure in enclosures:
        assert sorted(enclosure.attrib) == ["length", "type", "url"]
    return {
        "id": one(item, "guid"),
        "title": one(item, "title"),
        "link": one(item, "link"),
        "published_at": parsedate_to_datetime(one(item, "pubDate")),
        "changed_at": instant(one(item, f"{ATOM}updated")),
        "language": one(item, f"{DC}language"),
        "creators": [creator.text for creator in item.findall(f"{DC}creator")],
        "categories": [(category.get("domain"), category.text) for category in item.findall("category")],
        "description": at_most_one(item, "description"),
        "content": at_most_one(item, f"{CONTENT}encoded"),
        "rights": at_most_one(item, f"{DC}rights"),
        "enclosures": [int(enclosure.get("length")) for enclosure in enclosures],
        "media": [_media(media) for media in item.findall(f"{MEDIA}content")],
    }


def _media(media: Any) -> dict[str, Any]:
    licence = media.find(f"{MEDIA}license")
    return {
        **dict(media.attrib),
        "title": at_most_one(media, f"{MEDIA}title"),
        "description": at_most_one(media, f"{MEDIA}description"),
        "credit": at_most_one(media, f"{MEDIA}credit"),
        "copyright": at_most_one(media, f"{MEDIA}copyright"),
        "licence": None if licence is None else (licence.get("href"), licence.text),
    }


def read_atom(data: bytes) -> dict[str, Any]:
    """What RFC 4287 and RFC 6721 say."""
    root = parsed(data)
    assert root.tag == f"{ATOM}feed"
    links = [(link.get("rel"), link.get("href")) for link in root.findall(f"{ATOM}link")]
    assert [rel for rel, _ in links].count("self") == 1
    entries = [_entry(entry) for entry in root.findall(f"{ATOM}entry")]
    # RFC 4287, 4.1.1: the feed has an author unless every entry has one.
    authors = _people(root, f"{ATOM}author")
    assert authors or all(entry["authors"] for entry in entries)
    ids = [entry["id"] for entry in entries]
    assert len(set(ids)) == len(ids)
    graves = [_grave(grave) for grave in root.findall(f"{TOMB}deleted-entry")]
    # RFC 6721, 3: no two of the same reference and instant.
    assert len({(grave["id"], grave["when"]) for grave in graves}) == len(graves)
    return {
        "id": one(root, f"{ATOM}id"),
        "title": one(root, f"{ATOM}title"),
        "subtitle": at_most_one(root, f"{ATOM}subtitle"),
        "rights": at_most_one(root, f"{ATOM}rights"),
        "language": root.get(LANG),
        "changed_at": instant(one(root, f"{ATOM}updated")),
        "links": links,
        "authors": authors,
        "entries": entries,
        "graves": graves,
    }


def _entry(entry: Any) -> dict[str, Any]:
    links = entry.findall(f"{ATOM}link")
    alternates = [
        (link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"
    ]
    assert len(set(alternates)) == len(alternates), alternates
    content = entry.find(f"{ATOM}content")
    assert content is None or content.get("type") == "html"
    assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
    return {
        "id": one(entry, f"{ATOM}id"),
        "title": one(entry, f"{ATOM}title"),
        "published_at": instant(one(entry, f"{ATOM}published")),
        "changed_at": instant(one(entry, f"{ATOM}updated")),
        "language": entry.get(LANG),
        "alternates": [
            (link.get("hreflang"), link.get("href")) for link in links if link.get("rel") == "alternate"
        ],
        "authors": _people(entry, f"{ATOM}author"),
        "categories": [
            (category.get("term"), category.get("scheme"), category.get("label"))
            for category in entry.findall(f"{ATOM}category")
        ],
        "summary": at_most_one(entry, f"{ATOM}summary"),
        "content": at_most_one(entry, f"{ATOM}content"),
        "rights": at_most_one(entry, f"{ATOM}rights"),
        "licences": [link.get("href") for link in links if link.get("rel") == "license"],
        "enclosures": [
            (link.get("type"), link.get("length")) for link in links if link.get("rel") == "enclosure"
        ],
        "media": [_media(media) for media in entry.findall(f"{MEDIA}content")],
    }


def _people(parent: Any, name: str) -> list[tuple[str, str]]:
    return [
        (one(person, f"{ATOM}name"), at_most_one(person, f"{ATOM}uri")) for person in parent.findall(name)
    ]


def _grave(grave: Any) -> dict[str, Any]:
    assert sorted(grave.attrib) == ["ref", "when"]
    return {
        "id": grave.get("ref"),
        "when": instant(grave.get("when")),
        "links": [(link.get("rel"), link.get("href")) for link in grave.findall(f"{ATOM}link")],
        "by": _people(grave, f"{TOMB}by"),
        "comment": at_most_one(grave, f"{TOMB}comment"),
    }


def read_json_feed(data: bytes) -> dict[str, Any]:
    """What JSON Feed 1.1 says; no member twice, nothing that UTF-8 cannot say."""

    def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({key for key, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    read = json.loads(data.decode("utf-8", "strict"), object_pairs_hook=without_repetition)
    assert isinstance(read, dict)
    assert next(iter(read)) == "version"
    return read


def read_sitemap(data: bytes) -> list[dict[str, Any]]:
    """The pages of one sitemap, after a look at the order of its elements."""
    root = parsed(data)
    assert root.tag == f"{SITEMAP}urlset"
    pages = []
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        own = [child.tag for child in url if child.tag.startswith(SITEMAP)]
        assert [child.tag for child in url][: len(own)] == own
        assert own in ([f"{SITEMAP}loc"], [f"{SITEMAP}loc", f"{SITEMAP}lastmod"])
        news = url.find(f"{NEWS}news")
        lastmod = at_most_one(url, f"{SITEMAP}lastmod")
        pages.append(
            {
                "loc": one(url, f"{SITEMAP}loc"),
                "lastmod": instant(lastmod) if lastmod else None,
                "alternates": [
                    (link.get("hreflang"), link.get("href")) for link in url.findall(f"{XHTML}link")
                ],
                "images": [one(image, f"{IMAGE}loc") for image in url.findall(f"{IMAGE}image")],
                "films": [_film(film) for film in url.findall(f"{FILM}video")],
                "news": None if news is None else _news(news),
            }
        )
    return pages


def _film(film: Any) -> dict[str, Any]:
    names = [child.tag.removeprefix(FILM) for child in film]
    # The order of the extension's schema.
    known = [
        "thumbnail_loc",
        "title",
        "description",
        "content_loc",
        "duration",
        "expiration_date",
        "publication_date",
    ]
    assert names == [name for name in known if name in names]
    assert names[:4] == known[:4]
    texts = {name: one(film, f"{FILM}{name}") for name in names}
    return {
        **{name: texts[name] for name in known[:4]},
        "duration": int(texts["duration"]) if "duration" in texts else None,
        **{name: instant(texts[name]) if name in texts else None for name in known[5:]},
    }


def _news(news: Any) -> dict[str, Any]:
    publication = news.find(f"{NEWS}publication")
    return {
        "name": one(publication, f"{NEWS}name"),
        "language": one(publication, f"{NEWS}language"),
        "published_at": instant(one(news, f"{NEWS}publication_date")),
        "title": one(news, f"{NEWS}title"),
    }
