"""What in the library needs somebody: rights that end or have ended, things of which something is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from khuevan.core import clock
from khuevan.newsroom.library_expiry import edit_address, pages_with
from khuevan.newsroom.library_queries import ATTENTION, Offer, attention, things_of
from khuevan.newsroom.permissions import can_keep_library, check_can_see_pieces
from khuevan.newsroom.rules import Problem, picture_problems
from khuevan.newsroom.views.frame import page_links, person_of, says_why, staff_page

THINGS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the report: where it is seen to (empty for who may only look), what is missing, who shows it."""

    offer: Offer
    url: str
    problems: tuple[Problem, ...]
    days_left: int | None
    pages: tuple[Page, ...]


@require_safe
@says_why
def library_report(request: HttpRequest) -> HttpResponse:
    """The things that need somebody, by what they need, each with the pieces that show it."""
    person, day = person_of(request), clock.today()
    check_can_see_pieces(person, day)
    what = request.GET.get("xem", "")
    what = what if what in ATTENTION else ATTENTION[0]
    # Counted apart: the number beside a word says where there is something to do.
    counts = {name: attention(name, day).count() for name in ATTENTION}
    sheet = Paginator(attention(what, day), THINGS_A_PAGE).get_page(request.GET.get("page"))
    offers = things_of(sheet.object_list)
    shown = pages_with([offer.thing for offer in offers])
    keeps = can_keep_library(person, day)
    lines = [
        Line(
            offer,
            edit_address(offer.thing) if keeps else "",
            tuple(picture_problems(offer.thing)),
            (offer.thing.expires_date - day).days if offer.thing.expires_date is not None else None,
            tuple(shown.get((type(offer.thing).__name__, offer.thing.pk), ())),
        )
        for offer in offers
    ]
    context = {
        "what": what,
        "counts": counts,
        "lines": lines,
        "sheet": sheet,
        "page_links": page_links(sheet, request.GET),
        "keeps": keeps,
    }
    crumb = (reverse("newsroom_desk:library"), _("Rights in the library"))
    return staff_page(request, "newsroom/library/report.html", context, crumb)
