"""The list of pieces: what partners are told of each, in which languages it is, what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind, StoryKind, TranslationOrigin
from khuevan.newsroom.models import Picture, PublicChange, StoryPage
from khuevan.newsroom.release import public_stories
from khuevan.newsroom.things_shown import pictures_of
from khuevan.plain.feeds.bodies import syndicated_html
from khuevan.plain.search_words import query_words
from khuevan.website.api.blocks import blocks_of
from khuevan.website.api.media import picture_value, video_value
from khuevan.website.api.tables import (
    ADDRESS,
    MOMENT,
    NUMBER,
    TEXT,
    ApiField,
    ApiTable,
    Parameter,
    Schema,
    WrongParameter,
    choice_of,
    closed,
    languages,
    list_of,
    moment_of,
    one_of,
    or_null,
)
from khuevan.website.api.told_stories import Told, detail_address, told
from khuevan.website.search import _keys
from khuevan.website.syndication import MEDIA_TOPICS, body_of, identifier, topics_of


def _in_language(given: str, others: Mapping[str, str]) -> Q:
    return Q(locale__language_code=choice_of("language", given, languages()))


def _of_kind(given: str, others: Mapping[str, str]) -> Q:
    return Q(kind=choice_of("kind", given, StoryKind.values))


def _on_topic(given: str, others: Mapping[str, str]) -> Q:
    return Q(pk__in=StoryPage.objects.filter(topics__slug=given).values("pk"))


def _since(given: str, others: Mapping[str, str]) -> Q:
    moment = moment_of(given)
    corrected = PublicChange.objects.filter(kind=ChangeKind.CORRECTION, made_at__gte=moment)
    return Q(last_published_at__gte=moment) | Q(pk__in=corrected.values("page"))


def _searched(given: str, others: Mapping[str, str]) -> Q:
    language = others.get("language", "")
    if not language:
        raise WrongParameter("search needs language beside it")
    words = query_words(given)
    return Q(search_entry__in=_keys(words, language)) if words else Q()


def _media_topics(request: HttpRequest, told: Told) -> list[dict[str, str]]:
    return [
        {"code": topic.code, "scheme": topic.scheme, "name": topic.name}
        for topic in topics_of(told.piece)
        if topic.scheme == MEDIA_TOPICS
    ]


def _topics(request: HttpRequest, told: Told) -> list[dict[str, str]]:
    return [{"slug": topic.slug, "name": topic.name_in(told.language)} for topic in told.piece.topics.all()]


def _elements(request: HttpRequest, told: Told) -> list[dict[str, Any]]:
    return [
        {"number": one.number, "name": one.name, "english_name": one.english_name}
        for one in told.piece.elements.all()
    ]


def _translations(request: HttpRequest, told: Told) -> list[dict[str, Any]]:
    return [
        {
            "language": tongue.language,
            "url": tongue.address,
            "detail_url": detail_address(request, "stories", tongue.key),
            "is_original": tongue.is_original,
        }
        for tongue in told.tongues
    ]


def _picture(request: HttpRequest, told: Told) -> dict[str, Any] | None:
    picture = told.piece.picture
    if picture is None or picture.is_expired_on(clock.today()):
        return None
    return picture_value(request, picture, told.language)


def _pictures(request: HttpRequest, told: Told) -> list[dict[str, Any]]:
    return [
        picture_value(request, thing, told.language)
        for thing in pictures_of(told.piece)
        if isinstance(thing, Picture) and not thing.is_expired_on(clock.today())
    ]


def _video(request: HttpRequest, told: Told) -> dict[str, Any] | None:
    film = told.piece.video
    return (
        video_value(request, film, told.language) if film and not film.is_expired_on(clock.today()) else None
    )


def _html(request: HttpRequest, told: Told) -> str:
    body = body_of(told.piece)
    return syndicated_html(body, base=told.address) if body else ""


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


_LANGUAGE: Final[Schema] = {"type": "string", "enum": languages()}

STORIES: Final = ApiTable(
    name="stories",
    thing="Story",
    words="Published pieces in every language: stories, press releases, fact sheets, interviews, picture stories, "
    "videos. One entry for each language of a piece; the newest first.",
    records=public_stories,
    prepare=told,
    fields=(
        ApiField(
            "id", "The piece in this language; never given to another.", NUMBER, lambda _r, t: t.piece.pk
        ),
        ApiField(
            "type", "Always newsroom.StoryPage.", TEXT, lambda _r, _t: "newsroom.StoryPage", is_meta=True
        ),
        ApiField(
            "detail_url",
            "The piece in this API.",
            ADDRESS,
            lambda r, t: detail_address(r, "stories", t.piece.pk),
            is_meta=True,
        ),
        ApiField("html_url", "The piece on the site.", ADDRESS, lambda _r, t: t.address, is_meta=True),
        ApiField(
            "permanent_url",
            "Leads to the piece in the reader's language for ever.",
            ADDRESS,
            lambda r, t: r.build_absolute_uri(reverse("permanent", args=[t.piece.short_id])),
            is_meta=True,
        ),
        ApiField(
            "identifier",
            "The same as in the feeds (RFC 4151).",
            ADDRESS,
            lambda r, t: identifier(r, t.piece.pk),
        ),
        ApiField(
            "short_id",
            "The piece's number, the same in all languages.",
            NUMBER,
            lambda _r, t: t.piece.short_id,
        ),
        ApiField(
            "kind",
            "What the piece is.",
            {"type": "string", "enum": StoryKind.values},
            lambda _r, t: t.piece.kind,
        ),
        ApiField("language", "The language of this text.", _LANGUAGE, lambda _r, t: t.language),
        ApiField(
            "origin",
            "How this text came about; a machine's text was reviewed by a person before it went out.",
            {"type": "string", "enum": TranslationOrigin.values},
            lambda _r, t: t.piece.origin,
        ),
        ApiField("title", "The title.", TEXT, lambda _r, t: t.piece.title),
        ApiField("summary", "One or two sentences.", TEXT, lambda _r, t: t.piece.summary),
        ApiField("byline", "Who wrote it; may be empty.", TEXT, lambda _r, t: t.piece.byline),
        ApiField("place", "Where it was written; may be empty.", TEXT, lambda _r, t: t.piece.place),
        ApiField(
            "contact", "Whom reporters ask; may be empty.", TEXT, lambda _r, t: t.piece.contact, in_list=False
        ),
        ApiField(
            "published_at",
            "When it first went out.",
            MOMENT,
            lambda _r, t: _moment(t.piece.first_published_at),
        ),
        ApiField(
            "changed_at",
            "When it last changed: published again or corrected.",
            MOMENT,
            lambda _r, t: _moment(t.changed_at),
        ),
        ApiField("topics", "The office's topics.", list_of(closed({"slug": TEXT, "name": TEXT})), _topics),
        ApiField(
            "media_topics",
            "IPTC Media Topics.",
            list_of(closed({"code": TEXT, "scheme": ADDRESS, "name": TEXT})),
            _media_topics,
        ),
        ApiField(
            "elements",
            "Elements of the national framework for presenting the country's image.",
            list_of(closed({"number": NUMBER, "name": TEXT, "english_name": TEXT})),
            _elements,
            in_list=False,
        ),
        ApiField("picture", "The leading picture.", or_null(one_of("Picture")), _picture),
        ApiField("video", "The film.", or_null(one_of("Video")), _video, in_list=False),
        ApiField(
            "pictures", "All pictures of the piece.", list_of(one_of("Picture")), _pictures, in_list=False
        ),
        ApiField(
            "translations",
            "The piece in all its languages, this one among them.",
            list_of(
                closed(
                    {
                        "language": TEXT,
                        "url": ADDRESS,
                        "detail_url": ADDRESS,
                        "is_original": {"type": "boolean"},
                    }
                )
            ),
            _translations,
        ),
        ApiField(
            "corrections",
            "What was put right after publication, the oldest first; to be printed with the piece.",
            list_of(closed({"text": TEXT, "made_at": MOMENT})),
            lambda _r, t: [{"text": one.text, "made_at": one.made_at.isoformat()} for one in t.corrections],
        ),
        ApiField("body_html", "The text as harmless HTML with whole addresses.", TEXT, _html, in_list=False),
        ApiField(
            "body",
            "The text as blocks.",
            list_of(one_of("Block")),
            lambda r, t: blocks_of(r, t.piece, t.address, clock.today()),
            in_list=False,
        ),
    ),
    parameters=(
        Parameter("language", "Pieces in this language.", _LANGUAGE, _in_language),
        Parameter("kind", "Pieces of this kind.", {"type": "string", "enum": StoryKind.values}, _of_kind),
        Parameter("topic", "Pieces on the topic with this address (its slug).", TEXT, _on_topic),
        Parameter(
            "since",
            "Pieces published, published again or corrected at or after a day or moment.",
            TEXT,
            _since,
        ),
        Parameter(
            "search", "Pieces that hold every word, with or without marks; needs `language`.", TEXT, _searched
        ),
    ),
)
