"""Things of the library as its pages show them, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.newsroom.library_downloads import ORIGINAL, downloads_of
from khuevan.newsroom.library_queries import Offer
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.plain.media.kinds import CONTENT_TYPES

# What the list asks of each picture: two widths in three formats, the same that stories' cards ask for.
SHOWN_IN_LIST: Final = tuple(
    f"format-{form}|fill-{size}" for size in ("320x214", "640x428") for form in ("avif", "webp", "jpeg")
)
_FORMATS: Final = {types[0]: kind.value for kind, types in CONTENT_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Card:
    """One thing in the list. `picture` is what is seen of it; a document has none, `form` says what it is."""

    kind: str
    url: str
    name: str
    picture: Picture | None
    form: str
    length: str
    size: int


@dataclass(frozen=True, slots=True)
class FileOffered:
    """One file to take away: `words` name the size, `width` and `height` are 0 where it has none."""

    url: str
    words: str
    form: str
    width: int
    height: int
    length: int
    has_details: bool


def card_of(offer: Offer, language: str) -> Card:
    """The thing as the list shows it."""
    thing = offer.thing
    return Card(
        kind=offer.kind,
        url=reverse("library_item", kwargs={"language": language, "kind": offer.kind, "pk": thing.pk}),
        name=name_of(thing, language),
        picture=thing if isinstance(thing, Picture) else thing.still if isinstance(thing, Video) else None,
        form=form_of(thing),
        length=clock_words(thing.duration) if isinstance(thing, Video) and thing.duration else "",
        size=0 if isinstance(thing, Picture) else (thing.file.size or 0),
    )


def name_of(thing: Picture | Video | LibraryDocument, language: str) -> str:
    """What readers call it: a picture by its caption, since its title is the desk's; others by their title."""
    if isinstance(thing, Picture):
        return thing.word_in(language, "caption") or thing.word_in(language, "title")
    return thing.word_in(language, "title")


def form_of(thing: Picture | Video | LibraryDocument) -> str:
    """The kind of its file, as readers know it: PDF, WEBM."""
    name = thing.filename if not isinstance(thing, Picture) else thing.file.name
    return str(name).rpartition(".")[2].upper()


def clock_words(seconds: int) -> str:
    """A length as players write it: 1:05, 1:01:05."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def files_of(offer: Offer) -> list[FileOffered]:
    """The files that the thing is offered in, the smallest first; what is missing of them is made."""
    thing = offer.thing
    words = {
        "small": pgettext("size of a picture", "Small"),
        "medium": pgettext("size of a picture", "Medium"),
        ORIGINAL: pgettext("size of a picture", "Original"),
    }
    if isinstance(thing, Picture):
        return [
            FileOffered(
                url=_address(offer, file.size),
                words=words[file.size],
                form=_FORMATS.get(file.content_type, ""),
                width=file.width,
                height=file.height,
                length=file.length,
                has_details=file.has_details,
            )
            for file in downloads_of(thing)
        ]
    is_film = isinstance(thing, Video)
    return [
        FileOffered(
            url=_address(offer, ORIGINAL),
            words=_("Film") if is_film else pgettext("library", "Document"),
            form=form_of(thing),
            width=(thing.width or 0) if isinstance(thing, Video) else 0,
            height=(thing.height or 0) if isinstance(thing, Video) else 0,
            length=thing.file.size or 0,
            has_details=False,
        )
    ]


def _address(offer: Offer, size: str) -> str:
    return reverse("newsroom:download", kwargs={"kind": offer.kind, "pk": offer.thing.pk, "size": size})
