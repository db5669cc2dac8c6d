"""The page of one piece: all its languages, their review, its schedule, what happened to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.choices import LanguageStanding
from khuevan.newsroom.permissions import can_publish, can_write, check_can_see_pieces
from khuevan.newsroom.presenters.piece_page import card_of, happenings, names_by_page, step_item
from khuevan.newsroom.queries.piece_page import (
    changes_of_pages,
    edits_of_pages,
    entries_of_piece,
    pages_of_piece,
    passes_of_pages,
    steps_of_pages,
    tasks_served,
)
from khuevan.newsroom.queries.pieces import languages_in_use, section_names
from khuevan.newsroom.views.desk import pieces_crumb
from khuevan.newsroom.views.frame import Crumb, person_of, says_why, staff_page

# Older deeds are folded.
DEEDS_SHOWN = 12


@require_safe
@says_why
def piece(request: HttpRequest, short_id: int) -> HttpResponse:
    """One piece in all its languages."""
    person, day = person_of(request), clock.today()
    pages = piece_of(request, short_id)
    head, names = pages[0], names_by_page(pages)
    by_language = {page.locale.language_code: page for page in pages}
    changes, passes = changes_of_pages(pages), passes_of_pages(pages)
    happened = happenings(entries_of_piece(pages, changes, passes), edits_of_pages(pages), changes, names)
    writes, decides, now = can_write(person, day), can_publish(person, day), clock.now()
    newest = head.get_latest_revision_as_object()
    context: dict[str, Any] = {
        "head": head,
        "title": head.draft_title or head.title,
        "newest": newest,
        "section": next(iter(section_names([head]).values()), ""),
        "cards": [card_of(page, writes=writes, decides=decides) for page in pages],
        "lacking": [names_of(code) for code in languages_in_use() if code not in by_language],
        "writes": writes,
        "steps": [step_item(step, names) for step in steps_of_pages(pages)],
        "tasks": tasks_served(pages),
        "changes": [{"change": change, "language": names[change.page_id]} for change in changes],
        "passes": [
            {
                "pass": one,
                "language": names[one.page_id],
                "is_good": one.is_good_at(now),
            }
            for one in passes
        ],
        "shown": happened[:DEEDS_SHOWN],
        "older": happened[DEEDS_SHOWN:],
        "required": [names_of(code) for code in newest.required_languages],
        **deeds_of(pages, may_publish=decides, now=now),
    }
    return staff_page(request, "newsroom/desk/piece.html", context, pieces_crumb(), piece_crumb(head))


def deeds_of(pages: list[Any], *, may_publish: bool, now: Any) -> dict[str, Any]:
    """What may be done with the piece at this moment: corrected, withdrawn, shown to a reporter."""
    published = [
        page
        for page in pages
        if page.first_published_at is not None and page.standing != LanguageStanding.WITHDRAWN
    ]
    embargoed = [page for page in pages if page.embargo_until is not None and page.embargo_until > now]
    return {
        "may_publish": may_publish,
        "may_correct": may_publish and bool(published),
        "may_withdraw": may_publish and bool(published),
        "may_pass": embargoed if may_publish else [],
        "withdrawn_everywhere": all(page.standing == LanguageStanding.WITHDRAWN for page in pages),
        "withdrawals": [page for page in pages if page.standing == LanguageStanding.WITHDRAWN],
    }


def piece_of(request: HttpRequest, short_id: int) -> list[Any]:
    """The pages of the piece, which the person may see; raises Http404 or PermissionDenied with the reason."""
    check_can_see_pieces(person_of(request), clock.today())
    pages = pages_of_piece(short_id)
    if not pages:
        raise Http404(_("There is no such piece."))
    return pages


def piece_crumb(head: Any) -> Crumb:
    """The piece's own page."""
    title = head.draft_title or head.title
    short = title if len(title) <= 60 else f"{title[:58].rstrip()}…"
    return reverse("newsroom_desk:piece", args=[head.short_id]), short


def names_of(code: str) -> str:
    """What the office calls the language."""
    return str(dict(settings.LANGUAGES).get(code, code))
