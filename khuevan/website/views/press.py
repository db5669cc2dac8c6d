"""What reporters take away from the press room: a conference for their calendar, a kit as one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.actions.counting import count_download
from khuevan.newsroom.conference_ics import ConferenceEntry, conference_as_ics
from khuevan.newsroom.hanoi_time import moment_in_words
from khuevan.newsroom.kit_archive import fits, parts_of
from khuevan.newsroom.library_downloads import ORIGINAL
from khuevan.newsroom.models import PressConferencePage, PressKitPage
from khuevan.newsroom.press_queries import kit_contents
from khuevan.newsroom.release import public_pages
from khuevan.plain.zip_stream import zip_pieces
from khuevan.website.readers import is_a_reader
from khuevan.website.syndication import address_of


def announced(language: str, pk: str) -> PressConferencePage:
    """The press conference of the language that is public now; 404 for every other."""
    pages = PressConferencePage.objects.filter(pk=int(pk), locale__language_code=language)
    found: PressConferencePage | None = public_pages(pages, clock.now()).select_related("locale").first()
    if found is None:
        raise Http404
    return found


@require_safe
def conference_calendar(request: HttpRequest, language: str, pk: str) -> HttpResponse:
    """The press conference as a calendar file."""
    conference = announced(language, pk)
    made = conference.first_published_at or conference.begins_at
    lines = [conference.summary]
    if conference.accreditation_until is not None:
        lines.append(
            _("Accreditation until %(moment)s") % {"moment": moment_in_words(conference.accreditation_until)}
        )
    entry = ConferenceEntry(
        # One conference has one identifier, whatever the language in which it is read.
        uid=f"press-conference-{conference.translation_key}@{request.get_host().partition(':')[0]}",
        title=conference.title,
        begins_at=conference.begins_at,
        ends_at=conference.ends_at,
        venue=conference.venue,
        description="\n\n".join(line for line in lines if line),
        url=address_of(request, conference),
        made=made,
        changed=conference.last_published_at or made,
    )
    response = HttpResponse(conference_as_ics(entry), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{conference.slug}.ics"'
    return response


@require_safe
def kit_archive(request: HttpRequest, language: str, pk: str) -> HttpResponseBase:
    """Everything of the kit that is public at this moment, as one ZIP; 404 where nothing is, or too much."""
    pages = PressKitPage.objects.filter(pk=int(pk), locale__language_code=language)
    kit: PressKitPage | None = public_pages(pages, clock.now()).select_related("locale").first()
    if kit is None:
        raise Http404
    contents = kit_contents(kit, clock.now())
    if not fits(contents):
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="{kit.slug}.zip"',
        # Made anew for each reader: what is withdrawn meanwhile is not in it.
        "Cache-Control": "no-store",
    }
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip", headers=headers)
    if is_a_reader(request):
        for thing in contents.files:
            count_download(thing, ORIGINAL)
    addresses = {story.pk: address_of(request, story) for story in contents.stories}
    # Its words are made while it is sent, when the request's language is gone.
    pieces = _in_language(language, zip_pieces(parts_of(kit, contents, addresses)))
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


def _in_language(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with translation.override(language):
            piece: Any = next(pieces, None)
        if piece is None:
            return
        yield piece
