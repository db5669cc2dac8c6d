"""The links of published pages to other sites that lead nowhere any more."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import can_write, check_can_see_pieces
from khuevan.newsroom.presenters.broken_links import failure_words
from khuevan.newsroom.queries import broken_links as queries
from khuevan.newsroom.views.frame import page_links, person_of, says_why, staff_page

LINKS_A_PAGE = 50


@require_safe
@says_why
def broken_links(request: HttpRequest) -> HttpResponse:
    """The dead links, each with its page, its words, since when it fails, and the way to the editor."""
    person, day = person_of(request), clock.today()
    check_can_see_pieces(person, day)
    sheet = Paginator(queries.broken_links(), LINKS_A_PAGE).get_page(request.GET.get("page"))
    uses = list(sheet.object_list)
    numbers = dict(
        StoryPage.objects.filter(pk__in=[use.page_id for use in uses]).values_list("pk", "short_id")
    )
    context = {
        "is_on": settings.CHECK_LINKS,
        "lines": [
            {"use": use, "short_id": numbers.get(use.page_id), "why": failure_words(use.link)} for use in uses
        ],
        "sheet": sheet,
        "page_links": page_links(sheet, request.GET),
        "writes": can_write(person, day),
    }
    crumb = (reverse("newsroom_desk:broken_links"), _("Broken links"))
    return staff_page(request, "newsroom/desk/broken_links.html", context, crumb)
