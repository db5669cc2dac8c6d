"""The list of films that the public library offers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from khuevan.newsroom.library_queries import offered
from khuevan.newsroom.missing_sizes import queue_missing_sizes
from khuevan.newsroom.models import Picture, Video
from khuevan.newsroom.release import is_offered
from khuevan.website.api.library import (
    ADDED,
    NARROWED_BY,
    SAID,
    TOPICS,
    rights_fields,
    thing_fields,
    words_field,
)
from khuevan.website.api.media import CAPTIONS, captions_of, still_value
from khuevan.website.api.tables import ADDRESS, NUMBER, TEXT, ApiField, ApiTable, Schema, one_of, or_null

_NUMBER_OR_NULL: Final[Schema] = {"type": ["integer", "null"]}


def _films(moment: datetime) -> QuerySet[Any]:
    return offered(Video, timezone.localdate(moment)).order_by("-created_at", "-pk")


def _with_stills(request: HttpRequest, films: Iterable[Any]) -> list[Any]:
    """The films with their topics and stills, each asked once more whether it is offered."""
    rows: Any = films
    if isinstance(rows, QuerySet):
        # Wagtail's own managers have no types.
        stills: Any = Picture.objects.prefetch_related("renditions")
        rows = rows.prefetch_related("topics", Prefetch("still", stills))
    found = [film for film in rows if is_offered(film)]
    queue_missing_sizes(film.still for film in found if film.still is not None)
    return found


def _download(request: HttpRequest, film: Video) -> str:
    where = {"kind": "videos", "pk": film.pk, "size": "original"}
    return request.build_absolute_uri(reverse("newsroom:download", kwargs=where))


VIDEOS: Final = ApiTable(
    name="videos",
    thing="LibraryVideo",
    words="Films that the public library offers, the newest first.",
    records=_films,
    prepare=_with_stills,
    parameters=NARROWED_BY,
    fields=(
        *thing_fields("videos", "film", "newsroom.Video"),
        ApiField("download_url", "The file to take away.", ADDRESS, _download, is_meta=True),
        *rights_fields(),
        words_field(
            "Title, alternative text, caption, credit and transcript in other languages, by the language's code.",
            {**SAID, "transcript": "transcript"},
        ),
        TOPICS,
        ADDED,
        ApiField(
            "url",
            "The film for a player, which asks for it in parts.",
            ADDRESS,
            lambda r, film: r.build_absolute_uri(film.url),
        ),
        ApiField("content_type", "The media type.", TEXT, lambda _r, film: film.content_type),
        ApiField("size", "In bytes.", NUMBER, lambda _r, film: film.size),
        ApiField(
            "seconds", "Its length; null where it is not known.", _NUMBER_OR_NULL, lambda _r, f: f.duration
        ),
        ApiField("width", "In pixels; null where it is not known.", _NUMBER_OR_NULL, lambda _r, f: f.width),
        ApiField("height", "In pixels; null where it is not known.", _NUMBER_OR_NULL, lambda _r, f: f.height),
        ApiField(
            "captions",
            "What is said, by language.",
            CAPTIONS,
            lambda _r, film: captions_of(film),
            in_list=False,
        ),
        ApiField(
            "transcript",
            "What is said and heard, for whoever neither sees nor hears it; may be empty.",
            TEXT,
            lambda _r, film: film.transcript,
            in_list=False,
        ),
        ApiField(
            "still",
            "The picture to show before it runs.",
            or_null(one_of("Picture")),
            lambda r, film: still_value(r, film, ""),
        ),
    ),
)
