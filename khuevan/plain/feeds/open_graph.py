"""An item as Open Graph, for the head of its page: what a link to it looks like where somebody shares it.

Source: The Open Graph protocol (https://ogp.me/, namespaces og and article).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.instants import rfc3339
from khuevan.plain.feeds.values import FeedItem, MediaFile, Publisher

# Open Graph wants a territory with each language; of a language alone, the one most readers expect.
_TERRITORIES: Final = {
    "ar": "AR", "de": "DE", "en": "US", "es": "ES", "fr": "FR", "id": "ID", "it": "IT", "ja": "JP", "km": "KH",
    "ko": "KR", "lo": "LA", "ms": "MY", "my": "MM", "nl": "NL", "pl": "PL", "pt": "PT", "ru": "RU", "th": "TH",
    "uk": "UA", "vi": "VN",
}  # fmt: skip
_CHINESE: Final = {"hans": "CN", "hant": "TW"}
_TERRITORY: Final = 2


def open_graph(item: FeedItem, publisher: Publisher) -> tuple[tuple[str, str], ...]:
    """The pairs of `property` and `content`, in the order in which they must stand.

    Properties come again where there are several: what follows an `og:image` belongs to that picture.
    """
    return tuple((name, content) for name, content in _pairs(item, publisher) if content)


def _pairs(item: FeedItem, publisher: Publisher) -> Iterator[tuple[str, str]]:
    address = addresses.as_uri(item.address)
    yield "og:title", texts.one_line(item.title) or address
    yield "og:type", "article"
    yield "og:url", address
    yield "og:description", texts.one_line(item.summary)
    yield "og:site_name", texts.one_line(publisher.name)
    own = locale(item.language)
    yield "og:locale", own
    others = (locale(there.language) for there in item.translations)
    for other in dict.fromkeys(other for other in others if other != own):
        yield "og:locale:alternate", other
    for picture in item.pictures:
        yield from _structured("og:image", picture)
        yield "og:image:alt", texts.one_line(picture.alternative_text)
    for file in item.media:
        if file.medium in ("audio", "video"):
            yield from _structured(f"og:{file.medium}", file)
    yield "article:published_time", rfc3339(item.published_at)
    yield "article:modified_time", rfc3339(item.changed_at)
    for author in item.authors:
        # An author is a page there, not a name.
        yield "article:author", addresses.as_uri(author.address) if author.address else ""
    yield "article:section", texts.one_line(item.section)
    for topic in item.topics:
        yield "article:tag", texts.one_line(topic.name)


def locale(language: str) -> str:
    """The language tag as Open Graph writes it, `vi_VN`; empty where no territory is known for it."""
    primary, *rest = language.split("-")
    primary = primary.lower()
    for part in rest:
        if len(part) == _TERRITORY and part.isalpha():
            return f"{primary}_{part.upper()}"
    if primary == "zh":
        script = rest[0].lower() if rest else ""
        return f"zh_{_CHINESE.get(script, 'CN')}"
    territory = _TERRITORIES.get(primary)
    return f"{primary}_{territory}" if territory else ""


def _structured(name: str, file: MediaFile) -> Iterator[tuple[str, str]]:
    yield name, addresses.as_uri(file.address)
    yield f"{name}:type", file.type
    # Sound has no size in pixels.
    if file.medium != "audio":
        yield f"{name}:width", str(file.width or "")
        yield f"{name}:height", str(file.height or "")
