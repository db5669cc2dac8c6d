"""The public library: what is offered to take away, by kind, topic and words; one thing with its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from khuevan.newsroom.library_queries import KINDS, offer_of, offered_topics, offers
from khuevan.newsroom.models import Topic, Video
from khuevan.plain.search_words import LONGEST_QUERY
from khuevan.website.frame import homes_of
from khuevan.website.library_shown import SHOWN_IN_LIST, card_of, files_of, name_of


@require_safe
def library(request: HttpRequest, language: str) -> HttpResponse:
    """A page of what is offered, the newest first; wishes that mean nothing are passed over."""
    if language not in homes_of(request):
        raise Http404
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    slug = request.GET.get("topic", "")
    topics = offered_topics(kind)
    topic = next((each for each in topics if each.slug == slug), None)
    found = offers(
        kind=kind,
        topic=topic,
        query=query,
        number=_number(request.GET.get("page", "")),
        filters=SHOWN_IN_LIST,
    )
    context = {
        "language": language,
        "query": query,
        "kind": kind,
        "topic": topic,
        "topics": [(each, _wishes(kind, each, query)) for each in topics],
        "kinds": [(name, _wishes(name, topic, query)) for name in ("", *KINDS)],
        "offers": found,
        "cards": [card_of(offer, language) for offer in found.found],
        "without_topic": _wishes(kind, None, query),
        "turning": _wishes(kind, topic, query),
        "is_searched": bool(query or topic or kind),
    }
    return render(request, "website/library.html", context)


@require_safe
def library_item(request: HttpRequest, language: str, kind: str, pk: int) -> HttpResponse:
    """One thing that is offered: what it is, by what right it may be used, its files."""
    offer = offer_of(kind, pk) if language in homes_of(request) else None
    if offer is None:
        raise Http404
    thing = offer.thing
    context: dict[str, Any] = {
        "language": language,
        "kind": kind,
        "offer": offer,
        "thing": thing,
        "name": name_of(thing, language),
        "files": files_of(offer),
        "tags": [] if isinstance(thing, Video) else [tag.name for tag in thing.tags.all()],
        "topics": thing.topics.filter(ended=False),
    }
    return render(request, "website/library_item.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 1


def _wishes(kind: str, topic: Topic | None, query: str) -> str:
    """The query of the list with these wishes; empty where there are none."""
    given = {"kind": kind, "topic": topic.slug if topic is not None else "", "q": query}
    return urlencode({name: value for name, value in given.items() if value})
