"""The lists of what the public library offers, and of what was withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.library_queries import offered
from khuevan.newsroom.library_words import having_words
from khuevan.newsroom.missing_sizes import queue_missing_sizes
from khuevan.newsroom.models import LibraryDocument, Picture, PictureRendition, PublicChange, Video
from khuevan.newsroom.release import is_offered
from khuevan.website.api import media
from khuevan.website.api.media import renditions_of, rights_of
from khuevan.website.api.tables import (
    ADDRESS,
    MOMENT,
    NUMBER,
    TEXT,
    ApiField,
    ApiTable,
    Parameter,
    choice_of,
    closed,
    languages,
    list_of,
    moment_of,
    one_of,
)
from khuevan.website.api.told_stories import detail_address
from khuevan.website.syndication import address_of, identifier

_LANGUAGES = {"type": "string", "enum": languages()}


def _pictures(moment: datetime) -> QuerySet[Any]:
    return offered(Picture, timezone.localdate(moment)).order_by("-created_at", "-pk")


def _documents(moment: datetime) -> QuerySet[Any]:
    return offered(LibraryDocument, timezone.localdate(moment)).order_by("-created_at", "-pk")


def _withdrawals(moment: datetime) -> QuerySet[Any]:
    found = PublicChange.objects.filter(kind=ChangeKind.WITHDRAWAL, made_at__lte=moment)
    return found.order_by("-made_at", "-pk")


def _with_sizes(request: HttpRequest, pictures: Iterable[Any]) -> list[Any]:
    """The pictures with their sizes and topics, each asked once more whether it is offered."""
    rows: Any = pictures
    if isinstance(rows, QuerySet):
        rows = rows.prefetch_related("topics", Prefetch("renditions", PictureRendition.objects.all()))
    found = [picture for picture in rows if is_offered(picture)]
    queue_missing_sizes(found)
    return found


def _offered_documents(request: HttpRequest, documents: Iterable[Any]) -> list[Any]:
    rows: Any = documents.prefetch_related("topics") if isinstance(documents, QuerySet) else documents
    return [document for document in rows if is_offered(document)]


def _with_pages(request: HttpRequest, changes: Iterable[Any]) -> list[Any]:
    return list(changes.select_related("page__locale") if isinstance(changes, QuerySet) else changes)


def _on_topic(given: str, others: Mapping[str, str]) -> Q:
    return Q(topics__slug=given)


def _added_since(given: str, others: Mapping[str, str]) -> Q:
    return Q(created_at__gte=moment_of(given))


def _words(given: str, others: Mapping[str, str]) -> Q:
    return having_words(given)


def _withdrawn_since(given: str, others: Mapping[str, str]) -> Q:
    return Q(made_at__gte=moment_of(given))


def _withdrawn_in(given: str, others: Mapping[str, str]) -> Q:
    return Q(page__locale__language_code=choice_of("language", given, languages()))


def thing_fields(name: str, called: str, kind: str) -> tuple[ApiField, ...]:
    """What a thing of the library is, and where the API tells of it; `name` is its list's, `kind` its model's."""
    return (
        ApiField("id", f"The {called}.", NUMBER, lambda _r, thing: thing.pk),
        ApiField("type", f"Always {kind}.", TEXT, lambda _r, _thing: kind, is_meta=True),
        ApiField(
            "detail_url",
            f"The {called} in this API.",
            ADDRESS,
            lambda r, thing: detail_address(r, name, thing.pk),
            is_meta=True,
        ),
    )


def rights_fields() -> tuple[ApiField, ...]:
    """What must be known of a thing of the library, each in the words of the library itself."""
    sentences = {
        "title": "The title.",
        "caption": "What it shows.",
        "alternative_text": "What is seen, for whoever cannot see it.",
        "credit": "To be printed wherever it is shown.",
        "rights_holder": "Who holds the rights.",
        "licence": "The licence's name.",
        "licence_url": "Where the licence's own words stand; may be empty.",
        "place": "Where it was made.",
        "made_date": "When it was made.",
        "expires_date": "The last day on which it may be shown.",
    }
    return tuple(
        ApiField(name, sentences[name], schema, _right(name)) for name, schema in media.RIGHTS.items()
    )


def _right(name: str) -> Callable[[HttpRequest, Any], Any]:
    def value(request: HttpRequest, thing: Picture | LibraryDocument | Video) -> Any:
        # In the thing's own words; those of other languages stand beside them.
        return rights_of(thing, "")[name]

    return value


def words_field(sentence: str, names: Mapping[str, str]) -> ApiField:
    """What is said in other languages; `names` are those of the fields by the library's own."""

    def by_language(request: HttpRequest, thing: Picture | LibraryDocument | Video) -> dict[str, Any]:
        known = thing.other_words if isinstance(thing.other_words, dict) else {}
        return {
            code: {named: str(words[name]) for name, named in names.items() if words.get(name)}
            for code, words in known.items()
            if isinstance(words, dict)
        }

    return ApiField(
        "words",
        sentence,
        {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": dict.fromkeys(names.values(), TEXT),
                "additionalProperties": False,
            },
        },
        by_language,
    )


SAID: Final = {
    "title": "title",
    "alternative": "alternative_text",
    "caption": "caption",
    "credit": "credit",
}
OTHER_WORDS: Final = words_field(
    "Title, alternative text, caption and credit in other languages, by the language's code.", SAID
)
TOPICS: Final = ApiField(
    "topics",
    "The office's topics.",
    list_of(TEXT),
    lambda _r, thing: [topic.slug for topic in thing.topics.all()],
)
ADDED: Final = ApiField(
    "added_at", "When it came into the library.", MOMENT, lambda _r, thing: thing.created_at.isoformat()
)
NARROWED_BY: Final = (
    Parameter("topic", "On the topic with this address (its slug).", TEXT, _on_topic),
    Parameter("since", "Added at or after a day or moment.", TEXT, _added_since),
    Parameter("search", "Holding every word, with or without marks.", TEXT, _words),
)

PICTURES: Final = ApiTable(
    name="pictures",
    thing="LibraryPicture",
    words="Pictures that the public library offers, the newest first.",
    records=_pictures,
    prepare=_with_sizes,
    parameters=NARROWED_BY,
    fields=(
        *thing_fields("pictures", "picture", "newsroom.Picture"),
        *rights_fields(),
        OTHER_WORDS,
        TOPICS,
        ADDED,
        ApiField("width", "Of the original, in pixels.", NUMBER, lambda _r, thing: thing.width),
        ApiField("height", "Of the original, in pixels.", NUMBER, lambda _r, thing: thing.height),
        ApiField("renditions", media.RENDITIONS_IN_WORDS, list_of(one_of("Rendition")), renditions_of),
    ),
)

DOCUMENTS: Final = ApiTable(
    name="documents",
    thing="LibraryDocument",
    words="Documents that the public library offers, the newest first.",
    records=_documents,
    prepare=_offered_documents,
    parameters=NARROWED_BY,
    fields=(
        *thing_fields("documents", "document", "newsroom.LibraryDocument"),
        ApiField(
            "download_url",
            "The file.",
            ADDRESS,
            lambda r, thing: r.build_absolute_uri(thing.url),
            is_meta=True,
        ),
        *rights_fields(),
        OTHER_WORDS,
        TOPICS,
        ADDED,
        ApiField("content_type", "The media type.", TEXT, lambda _r, thing: thing.content_type),
        ApiField("size", "In bytes.", NUMBER, lambda _r, thing: thing.get_file_size() or 0),
    ),
)

WITHDRAWALS: Final = ApiTable(
    name="withdrawals",
    thing="Withdrawal",
    words="Pieces that were taken back, the latest first: drop them, and show the reason in their place.",
    records=_withdrawals,
    prepare=_with_pages,
    has_details=False,
    parameters=(
        Parameter("language", "Pieces in this language.", _LANGUAGES, _withdrawn_in),
        Parameter("since", "Withdrawn at or after a day or moment.", TEXT, _withdrawn_since),
    ),
    fields=(
        ApiField(
            "id", "The piece, as the list of stories named it.", NUMBER, lambda _r, change: change.page_id
        ),
        ApiField("identifier", "As in the feeds.", ADDRESS, lambda r, change: identifier(r, change.page_id)),
        ApiField(
            "language", "Its language.", _LANGUAGES, lambda _r, change: change.page.locale.language_code
        ),
        ApiField(
            "html_url",
            "Its address, which answers 410 with the reason.",
            ADDRESS,
            lambda r, change: address_of(r, change.page),
        ),
        ApiField(
            "withdrawn_at", "When it was taken back.", MOMENT, lambda _r, change: change.made_at.isoformat()
        ),
        ApiField(
            "reason", "What readers are told, in the piece's language.", TEXT, lambda _r, change: change.text
        ),
    ),
)
TOMBSTONE = closed({**{each.name: each.schema for each in WITHDRAWALS.fields}, "message": TEXT})
