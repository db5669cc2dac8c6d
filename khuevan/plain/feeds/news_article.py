"""An item as schema.org's NewsArticle, for the JSON-LD of its page.

Sources: schema.org 30.0; Google's guides for Article and image licences (author, dates, publisher, creditText,
copyrightNotice, license).
"""

from __future__ import annotations

from typing import Any, Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.instants import rfc3339
from khuevan.plain.feeds.json_text import stated
from khuevan.plain.feeds.values import Author, FeedItem, MediaFile, Publisher, Topic, Translation

JSON_LD_TYPE: Final = "application/ld+json"
# UN/CEFACT's code for a pixel, as schema.org's QuantitativeValue asks for a unit.
_PIXEL: Final = "E37"
_KINDS: Final = {"image": "ImageObject", "audio": "AudioObject", "video": "VideoObject"}


def news_article(item: FeedItem, publisher: Publisher) -> dict[str, Any]:
    """The article as a JSON-LD object; `json_text.script_text` makes of it what a page may hold.

    Shape: `@context`, `@type`, `@id` (the address), then schema.org's names; what is not known is not there.
    """
    address = addresses.as_uri(item.address)
    return stated(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": address,
            "identifier": item.id,
            "url": address,
            "mainEntityOfPage": {"@type": "WebPage", "@id": address},
            "headline": texts.one_line(item.title) or address,
            "description": texts.one_line(item.summary),
            "inLanguage": item.language,
            "datePublished": rfc3339(item.published_at),
            "dateModified": rfc3339(item.changed_at),
            "isAccessibleForFree": True,
            "articleSection": texts.one_line(item.section),
            "keywords": [_keyword(topic) for topic in item.topics if texts.one_line(topic.name)],
            # Without a name of its own, an article is by the office.
            "author": [_author(author) for author in item.authors] or [organization(publisher)],
            "publisher": organization(publisher),
            "image": [_media(picture, item) for picture in item.pictures],
            "associatedMedia": [_media(file, item) for file in item.media if file.medium != "image"],
            "correction": _correction(item),
            "translationOfWork": _translated(item.original) if item.original else None,
            "workTranslation": _translations(item),
            "copyrightNotice": texts.one_line(item.rights),
            "license": addresses.as_uri(item.licence_address) if item.licence_address else None,
        }
    )


def _author(author: Author) -> dict[str, Any]:
    return stated(
        {
            "@type": "Organization" if author.is_department else "Person",
            "name": texts.one_line(author.name),
            "url": addresses.as_uri(author.address) if author.address else None,
        }
    )


def organization(publisher: Publisher) -> dict[str, Any]:
    """The office as schema.org's Organization, without a context of its own."""
    address = addresses.as_uri(publisher.address)
    logo = publisher.logo
    return stated(
        {
            "@type": "Organization",
            "@id": address,
            "name": texts.one_line(publisher.name),
            "url": address,
            "logo": measured(logo) if logo else None,
        }
    )


def _keyword(topic: Topic) -> dict[str, Any]:
    return stated(
        {
            "@type": "DefinedTerm",
            "name": texts.one_line(topic.name),
            "termCode": texts.one_line(topic.code),
            "inDefinedTermSet": addresses.as_uri(topic.scheme) if topic.scheme else None,
        }
    )


def _media(file: MediaFile, item: FeedItem) -> dict[str, Any]:
    caption = texts.one_line(file.caption)
    # Only what is seen or heard has a caption there; a document is named by it.
    named = {"name": caption} if file.medium == "document" else {"caption": caption}
    if file.medium in ("audio", "video"):
        # A film without name, day and picture is passed over by search engines.
        named["name"] = caption or texts.one_line(item.title)
        named["uploadDate"] = rfc3339(item.published_at)
        if file.medium == "video" and item.pictures:
            named["thumbnailUrl"] = addresses.as_uri(item.pictures[0].address)
    return stated(
        {
            **measured(file),
            **named,
            "duration": f"PT{file.seconds}S" if file.seconds is not None else None,
            "description": texts.one_line(file.alternative_text),
            "creditText": texts.one_line(file.credit),
            "copyrightNotice": texts.one_line(file.rights_holder),
            "license": addresses.as_uri(file.licence_address) if file.licence_address else None,
            "acquireLicensePage": addresses.as_uri(file.licence_page) if file.licence_page else None,
        }
    )


def measured(file: MediaFile) -> dict[str, Any]:
    """The file as a MediaObject with its address, type and size, without a context of its own."""
    address = addresses.as_uri(file.address)
    return stated(
        {
            "@type": _KINDS.get(file.medium, "MediaObject"),
            "contentUrl": address,
            "url": address,
            "encodingFormat": file.type,
            "contentSize": f"{file.size} B" if file.size is not None else None,
            "width": _pixels(file.width),
            "height": _pixels(file.height),
        }
    )


def _pixels(number: int | None) -> dict[str, Any] | None:
    if number is None:
        return None
    return {"@type": "QuantitativeValue", "value": number, "unitCode": _PIXEL}


def _translations(item: FeedItem) -> list[dict[str, Any]]:
    """What was made of the item in other languages; of a translation, its original says so."""
    if item.original is not None:
        return []
    own = (item.language.lower(), "x-default")
    return [_translated(there) for there in item.translations if there.language.lower() not in own]


def _translated(there: Translation) -> dict[str, Any]:
    address = addresses.as_uri(there.address)
    language = there.language if there.language != "x-default" else ""
    return stated({"@type": "NewsArticle", "@id": address, "url": address, "inLanguage": language})


def _correction(item: FeedItem) -> dict[str, Any] | None:
    if item.correction is None:
        return None
    return stated(
        {
            "@type": "CorrectionComment",
            "text": texts.lines(item.correction.text),
            "datePublished": rfc3339(item.correction.corrected_at),
        }
    )
