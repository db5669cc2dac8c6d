"""A picture, film or document that a library offers, as schema.org describes it, for the JSON-LD of its page.

Sources: schema.org 30.0; Google's guides for image licences (license, acquireLicensePage, creditText, creator,
copyrightNotice) and for videos (name, thumbnailUrl, uploadDate).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.instants import check_instant, rfc3339
from khuevan.plain.feeds.json_text import stated
from khuevan.plain.feeds.news_article import measured, organization
from khuevan.plain.feeds.site_data import CONTEXT
from khuevan.plain.feeds.values import MediaFile, Publisher

_CAPTIONS: Final = "text/vtt"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryItem:
    """One thing of the library in one language: its page, and its file with what must be said of it.

    `thumbnail` is the address of a picture that stands for it. `captions` are those of a film: a language and an
    address each; `transcript` is what is said in it. `is_own` where the office itself made the thing. The last day on
    which it may be shown is `last_day`.
    """

    address: str
    title: str
    file: MediaFile
    added_at: datetime
    thumbnail: str = ""
    captions: tuple[tuple[str, str], ...] = ()
    transcript: str = ""
    keywords: tuple[str, ...] = ()
    place: str = ""
    made_date: date | None = None
    last_day: date | None = None
    is_own: bool = False

    def __post_init__(self) -> None:
        """Refuses (ValueError) relative addresses and an instant without zone."""
        addresses.as_uri(self.address)
        for address in (self.thumbnail, *(captions for _language, captions in self.captions)):
            if address:
                addresses.as_uri(address)
        check_instant(self.added_at, "added_at")


def library_item(item: LibraryItem, publisher: Publisher) -> dict[str, Any]:
    """The thing as ImageObject, AudioObject, VideoObject or DigitalDocument; what is not known is not there."""
    page = addresses.as_uri(item.address)
    file = item.file
    alternative, caption = texts.one_line(file.alternative_text), texts.lines(file.caption)
    told = {
        "@context": CONTEXT,
        "name": texts.one_line(item.title) or page,
        "description": caption or alternative,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page},
        "thumbnailUrl": addresses.as_uri(item.thumbnail) if item.thumbnail else None,
        "creditText": texts.one_line(file.credit),
        "copyrightNotice": texts.one_line(file.rights_holder),
        "license": _licence(file),
        "acquireLicensePage": addresses.as_uri(file.licence_page) if file.licence_page else None,
        "creator": organization(publisher) if item.is_own else None,
        "publisher": organization(publisher),
        "dateCreated": item.made_date.isoformat() if item.made_date else None,
        "expires": item.last_day.isoformat() if item.last_day else None,
        "contentLocation": {"@type": "Place", "name": texts.one_line(item.place)} if item.place else None,
        "keywords": [word for word in map(texts.one_line, item.keywords) if word],
        "isAccessibleForFree": True,
        "accessibilityFeature": _features(item),
    }
    if file.medium == "document":
        # What is read is a work of its own kind; only its file has a size and an address.
        encoding = {**measured(file), "uploadDate": rfc3339(item.added_at)}
        return stated({**told, "@type": "DigitalDocument", "@id": page, "url": page, "encoding": encoding})
    return stated(
        {
            **told,
            **measured(file),
            "@id": addresses.as_uri(file.address),
            "url": page,
            "uploadDate": rfc3339(item.added_at),
            "duration": f"PT{file.seconds}S" if file.seconds is not None else None,
            "caption": [_captions(*one) for one in item.captions] if item.captions else caption,
            "transcript": texts.lines(item.transcript),
        }
    )


def _licence(file: MediaFile) -> Any:
    """The licence by its address; one that has none, by its name."""
    if file.licence_address:
        return addresses.as_uri(file.licence_address)
    name = texts.one_line(file.licence)
    return {"@type": "CreativeWork", "name": name} if name else None


def _captions(language: str, address: str) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": addresses.as_uri(address),
        "encodingFormat": _CAPTIONS,
        "inLanguage": language,
    }


def _features(item: LibraryItem) -> list[str]:
    """What helps whoever does not see or hear it, in the words of the W3C's vocabulary that schema.org names."""
    known = {
        "alternativeText": item.file.alternative_text,
        "captions": item.captions,
        "transcript": item.transcript,
    }
    return [name for name, there in known.items() if there]
