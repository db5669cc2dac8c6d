"""Pictures, films and documents as the API gives them: sizes with their addresses, and what must be said of them."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from khuevan.newsroom.library_queries import public_still
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.newsroom.rendering import CARD, JPEGS, sizes_there
from khuevan.website.api.tables import (
    ADDRESS,
    DAY_OR_NULL,
    NUMBER,
    TEXT,
    Schema,
    closed,
    list_of,
    one_of,
    or_null,
)

# Made for the site's pages anyhow.
SIZES: Final = (*JPEGS, CARD)

RENDITIONS_IN_WORDS: Final = (
    "Sizes to show, the narrowest first. One that is still being made is missing: ask again in a minute."
)

RIGHTS: Final[dict[str, Schema]] = {
    "title": TEXT,
    "caption": TEXT,
    "alternative_text": TEXT,
    "credit": {**TEXT, "description": "To be printed wherever the picture, film or document is shown."},
    "rights_holder": TEXT,
    "licence": TEXT,
    "licence_url": {
        **TEXT,
        "description": "Where the licence's own words stand; empty where it has no address.",
    },
    "place": TEXT,
    "made_date": DAY_OR_NULL,
    "expires_date": {**DAY_OR_NULL, "description": "The last day on which it may be shown."},
}
CAPTIONS: Final = list_of(closed({"language": TEXT, "text": {**TEXT, "description": "WebVTT."}}))
SCHEMAS: Final[dict[str, Schema]] = {
    "Rendition": closed({"url": ADDRESS, "type": TEXT, "width": NUMBER, "height": NUMBER}),
    "Picture": closed(
        {
            "id": NUMBER,
            **RIGHTS,
            "renditions": {**list_of(one_of("Rendition")), "description": RENDITIONS_IN_WORDS},
        }
    ),
    "Video": closed(
        {
            "id": NUMBER,
            **RIGHTS,
            "url": ADDRESS,
            "type": TEXT,
            "size": {**NUMBER, "description": "In bytes."},
            "seconds": {"type": ["integer", "null"]},
            "width": {"type": ["integer", "null"]},
            "height": {"type": ["integer", "null"]},
            "captions": CAPTIONS,
            "still": or_null(one_of("Picture")),
        }
    ),
    "File": closed({"id": NUMBER, "title": TEXT, "url": ADDRESS, "type": TEXT, "size": NUMBER}),
}


def rights_of(thing: Picture | Video | LibraryDocument, language: str) -> dict[str, Any]:
    """What must be known of a thing before it is shown elsewhere, in the language where it has words for it."""
    return {
        "title": thing.word_in(language, "title"),
        "caption": thing.word_in(language, "caption"),
        "alternative_text": thing.word_in(language, "alternative"),
        "credit": thing.word_in(language, "credit"),
        "rights_holder": thing.rights_holder,
        "licence": thing.licence,
        "licence_url": thing.licence_url,
        "place": thing.place,
        "made_date": thing.made_date.isoformat() if thing.made_date else None,
        "expires_date": thing.expires_date.isoformat() if thing.expires_date else None,
    }


def renditions_of(request: HttpRequest, picture: Picture) -> list[dict[str, Any]]:
    """The picture's sizes as JPEG, the narrowest first; none of those that are still to be made."""
    made = sizes_there(picture, *SIZES)
    return [
        {
            "url": request.build_absolute_uri(made[size].url),
            "type": "image/jpeg",
            "width": made[size].width,
            "height": made[size].height,
        }
        for size in SIZES
        if size in made
    ]


def picture_value(request: HttpRequest, picture: Picture, language: str) -> dict[str, Any]:
    """One picture."""
    return {"id": picture.pk, **rights_of(picture, language), "renditions": renditions_of(request, picture)}


def video_value(request: HttpRequest, video: Video, language: str) -> dict[str, Any]:
    """One film, with its captions and its still picture."""
    return {
        "id": video.pk,
        **rights_of(video, language),
        "url": request.build_absolute_uri(video.url),
        "type": video.content_type,
        "size": video.size,
        "seconds": video.duration,
        "width": video.width,
        "height": video.height,
        "captions": captions_of(video),
        "still": still_value(request, video, language),
    }


def captions_of(video: Video) -> list[dict[str, str]]:
    """The film's captions, each with its language."""
    captions = video.captions if isinstance(video.captions, dict) else {}
    return [{"language": code, "text": str(text)} for code, text in captions.items()]


def still_value(request: HttpRequest, video: Video, language: str) -> dict[str, Any] | None:
    """The picture that stands for the film; None where there is none that may be shown."""
    still = public_still(video)
    return picture_value(request, still, language) if still is not None else None


def file_value(request: HttpRequest, document: LibraryDocument, language: str) -> dict[str, Any]:
    """One document that a piece offers for download."""
    return {
        "id": document.pk,
        "title": document.word_in(language, "title"),
        "url": request.build_absolute_uri(document.url),
        "type": document.content_type,
        "size": document.get_file_size() or 0,
    }
