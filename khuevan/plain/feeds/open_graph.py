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


def page_open_graph(
    *,
    title: str,
    address: str,
    language: str,
    publisher: Publisher,
    description: str = "",
    languages: tuple[str, ...] = (),
    picture: MediaFile | None = None,
) -> tuple[tuple[str, str], ...]:
    """The pairs of a page that is no article: a home page, a section, a press room."""
    pairs = _page(title, address, description, "website", language, languages, publisher)
    shown = _picture(picture) if picture is not None else ()
    return tuple((name, content) for name, content in (*pairs, *shown) if content)


def twitter_card(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What X reads beside Open Graph: the form of the card, large where there is a picture."""
    told = dict(reversed(pairs))
    card = {
        "twitter:card": "summary_large_image" if "og:image" in told else "summary",
        "twitter:title": told.get("og:title", ""),
        "twitter:description": told.get("og:description", ""),
        "twitter:image": told.get("og:image", ""),
        "twitter:image:alt": told.get("og:image:alt", "") if "og:image" in told else "",
    }
    return tuple((name, content) for name, content in card.items() if content)


def _page(
    title: str,
    address: str,
    description: str,
    kind: str,
    language: str,
    languages: tuple[str, ...],
    publisher: Publisher,
) -> Iterator[tuple[str, str]]:
    address = addresses.as_uri(address)
    yield "og:title", texts.one_line(title) or address
    yield "og:type", kind
    yield "og:url", address
    yield "og:description", texts.one_line(description)
    yield "og:site_name", texts.one_line(publisher.name)
    own = locale(language)
    yield "og:locale", own
    others = (locale(other) for other in languages)
    for other in dict.fromkeys(other for other in others if other != own):
        yield "og:locale:alternate", other


def _picture(picture: MediaFile) -> Iterator[tuple[str, str]]:
    yield from _structured("og:image", picture)
    yield "og:image:alt", texts.one_line(picture.alternative_text)


def _pairs(item: FeedItem, publisher: Publisher) -> Iterator[tuple[str, str]]:
    languages = tuple(there.language for there in item.translations)
    yield from _page(item.title, item.address, item.summary, "article", item.language, languages, publisher)
    for picture in item.pictures:
        yield from _picture(picture)
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
