"""What the public site syndicates, as values: a feed, its items with their files, and what was withdrawn.

A withdrawn item is not an item with a flag but a `Withdrawal`, which has no title and no text: no writer can
let out what the office took back. The caller hands over only what is public at this moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from khuevan.plain.feeds.addresses import as_uri, is_identifier
from khuevan.plain.feeds.instants import check_instant

# RFC 5646, 2.1, as far as pages use it: a language, then script, region, variants.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# RFC 6838, 4.2.
_MEDIA_TYPE: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
)
_MEDIA: Final = ("image", "audio", "video")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """One picture, film, recording or document that stands with an item.

    Units: `size` in bytes, `width` and `height` in pixels, `seconds` for what is played. `licence_page` tells
    whoever wants to use the file how.
    """

    address: str
    type: str
    size: int | None = None
    width: int | None = None
    height: int | None = None
    seconds: int | None = None
    caption: str = ""
    alternative_text: str = ""
    credit: str = ""
    rights_holder: str = ""
    licence: str = ""
    licence_address: str = ""
    licence_page: str = ""

    def __post_init__(self) -> None:
        """Refuses (ValueError) a relative address, what is no media type, and a negative measure."""
        _check_addresses(self.address, self.licence_address, self.licence_page)
        if not _MEDIA_TYPE.fullmatch(self.type):
            raise ValueError(f"Not a media type: {self.type!r}.")
        if min(self.size or 0, self.width or 0, self.height or 0, self.seconds or 0) < 0:
            raise ValueError(f"A measure of {self.address} is below nought.")

    @property
    def medium(self) -> str:
        """`image`, `audio`, `video`, or `document` for anything else."""
        kind = self.type.partition("/")[0].lower()
        return kind if kind in _MEDIA else "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or a department who wrote an item; `address` is their page."""

    name: str
    address: str = ""
    is_department: bool = False

    def __post_init__(self) -> None:
        """Refuses (ValueError) a relative address."""
        _check_addresses(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The office that publishes the feed and answers for it."""

    name: str
    address: str
    logo: MediaFile | None = None

    def __post_init__(self) -> None:
        """Refuses (ValueError) a relative address."""
        as_uri(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an item is about; `code` and `scheme` where a vocabulary knows it, such as IPTC Media Topics."""

    name: str
    code: str = ""
    scheme: str = ""

    def __post_init__(self) -> None:
        """Refuses (ValueError) a scheme that is no address."""
        _check_addresses(self.scheme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same page in another language; `x-default` is the page for readers of none of them."""

    language: str
    address: str

    def __post_init__(self) -> None:
        """Refuses (ValueError) a relative address and what is no language tag."""
        as_uri(self.address)
        if self.language != "x-default":
            _check_language(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the office put right in an item after publishing it, in the item's language."""

    text: str
    corrected_at: datetime

    def __post_init__(self) -> None:
        """Refuses (ValueError) an instant without zone."""
        check_instant(self.corrected_at, "corrected_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An item taken back: which and when, its address, and the sentence that the address now answers with."""

    id: str
    withdrawn_at: datetime
    address: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuses (ValueError) an id that is no URI, a relative address and an instant without zone."""
        _check_addresses(self.address)
        _check_identifier(self.id)
        check_instant(self.withdrawn_at, "withdrawn_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One published story, release, kit or sheet in one language.

    `id` never changes, whatever becomes of the address; `body` is HTML whose relative addresses are read
    from `address`; `media` begins with the picture that stands for the item. `original` is the page that it was
    translated from; None where it was written in its own language.
    """

    id: str
    address: str
    title: str
    language: str
    published_at: datetime
    updated_at: datetime
    summary: str = ""
    body: str = ""
    section: str = ""
    authors: tuple[Author, ...] = ()
    topics: tuple[Topic, ...] = ()
    media: tuple[MediaFile, ...] = ()
    translations: tuple[Translation, ...] = ()
    original: Translation | None = None
    correction: Correction | None = None
    rights: str = ""
    licence_address: str = ""

    def __post_init__(self) -> None:
        """Refuses (ValueError) what no format could write; texts may hold anything."""
        _check_identifier(self.id)
        as_uri(self.address)
        _check_addresses(self.licence_address)
        _check_language(self.language)
        check_instant(self.published_at, "published_at")
        check_instant(self.updated_at, "updated_at")

    @property
    def changed_at(self) -> datetime:
        """When the item last changed for a reader: published, edited or corrected."""
        corrected = [self.correction.corrected_at] if self.correction else []
        return max(self.published_at, self.updated_at, *corrected)

    @property
    def pictures(self) -> tuple[MediaFile, ...]:
        """The pictures among the item's files, in their order."""
        return tuple(file for file in self.media if file.medium == "image")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of items in one language of the site: all of it, a section or a topic.

    `opened_at` is when the feed began: what an empty one says of its last change. `hubs` are the WebSub
    hubs that are told of changes.
    """

    id: str
    home_address: str
    title: str
    language: str
    publisher: Publisher
    opened_at: datetime
    items: tuple[FeedItem, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    description: str = ""
    rights: str = ""
    icon: MediaFile | None = None
    hubs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses (ValueError) what no format could write; texts may hold anything."""
        _check_identifier(self.id)
        as_uri(self.home_address)
        _check_addresses(*self.hubs)
        _check_language(self.language)
        check_instant(self.opened_at, "opened_at")

    @property
    def changed_at(self) -> datetime:
        """When a reader last had something new to see, be it that an item went."""
        changes = [item.changed_at for item in self.items]
        return max([self.opened_at, *changes, *(gone.withdrawn_at for gone in self.withdrawals)])

    def standing_items(self) -> tuple[FeedItem, ...]:
        """The items as readers should see them: newest first, each once in its last state, none withdrawn.

        An item that changed after its withdrawal was published again and stands (RFC 6721, 3).
        """
        latest: dict[str, FeedItem] = {}
        for item in self.items:
            if item.id not in latest or latest[item.id].changed_at < item.changed_at:
                latest[item.id] = item
        gone = _latest_withdrawals(self.withdrawals)
        standing = [
            item
            for item in latest.values()
            if item.id not in gone or gone[item.id].withdrawn_at < item.changed_at
        ]
        # The identifier settles what the second does not: the same items always give the same bytes.
        return tuple(sorted(standing, key=lambda item: (item.published_at, item.id), reverse=True))

    def standing_withdrawals(self) -> tuple[Withdrawal, ...]:
        """The last withdrawal of each item that does not stand, newest first."""
        standing = {item.id for item in self.standing_items()}
        gone = [one for one in _latest_withdrawals(self.withdrawals).values() if one.id not in standing]
        return tuple(sorted(gone, key=lambda one: (one.withdrawn_at, one.id), reverse=True))


def _latest_withdrawals(withdrawals: Iterable[Withdrawal]) -> dict[str, Withdrawal]:
    latest: dict[str, Withdrawal] = {}
    for one in withdrawals:
        if one.id not in latest or latest[one.id].withdrawn_at < one.withdrawn_at:
            latest[one.id] = one
    return latest


def _check_addresses(*addresses: str) -> None:
    for address in addresses:
        if address:
            as_uri(address)


def _check_identifier(identifier: str) -> None:
    if not is_identifier(identifier):
        raise ValueError(f"Not a URI that could identify an item: {identifier!r}.")


def _check_language(language: str) -> None:
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"Not a language tag: {language!r}.")
