"""What waits in the newsroom for whoever looks, and the list of all pieces."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.forms.pieces import PieceFilterForm
from khuevan.newsroom.permissions import can_write, check_can_see_pieces
from khuevan.newsroom.presenters.language_cells import cell_of, row_of
from khuevan.newsroom.queries.accreditation import waiting_accreditations
from khuevan.newsroom.queries.broken_links import broken_links
from khuevan.newsroom.queries.pieces import languages_in_use, lines_of, pieces_asked_for
from khuevan.newsroom.queries.waiting import (
    machine_translations,
    overdue,
    pieces_returned,
    pieces_to_decide,
    scheduled_on,
    translations_behind,
)
from khuevan.newsroom.views.frame import page_links, person_of, says_why, staff_page

PIECES_A_PAGE = 20
# Of translations the first; the list of pieces shows all of them.
MOST_TRANSLATIONS = 12


@require_safe
@says_why
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the person: decisions, own pieces that came back, translations, what goes out today."""
    person, day = person_of(request), clock.today()
    check_can_see_pieces(person, day)
    writes = can_write(person, day)
    blocks: dict[str, Any] = {
        "to_decide": pieces_to_decide(person, day),
        "returned": pieces_returned(person),
        # By the machine's clock, as the job that releases goes by it.
        "overdue": overdue(timezone.now()),
        "scheduled": scheduled_on(day),
        "accreditations": waiting_accreditations(person, day),
        # Whoever writes can mend them.
        "broken_links": broken_links().count() if writes else 0,
    }
    for name, found in (("machine", machine_translations()), ("behind", translations_behind())):
        pages = list(found[: MOST_TRANSLATIONS + 1]) if writes else []
        blocks[name] = [
            {"page": page, "cell": cell_of(page.locale.language_code, page)}
            for page in pages[:MOST_TRANSLATIONS]
        ]
        blocks[f"more_{name}"] = len(pages) > MOST_TRANSLATIONS
    context = {**blocks, "writes": writes, "today": day, "any": any(blocks.values())}
    return staff_page(request, "newsroom/desk/waiting.html", context, _waiting_crumb())


@require_safe
@says_why
def pieces(request: HttpRequest) -> HttpResponse:
    """All pieces, what changed last first: one row a piece, one column a language."""
    person, day = person_of(request), clock.today()
    check_can_see_pieces(person, day)
    languages = languages_in_use()
    form = PieceFilterForm(request.GET, languages)
    criteria = form.criteria()
    sheet = Paginator(pieces_asked_for(criteria), PIECES_A_PAGE).get_page(request.GET.get("page"))
    names = dict(settings.LANGUAGES)
    context = {
        "form": form,
        "criteria": criteria,
        "sheet": sheet,
        "page_links": page_links(sheet, request.GET),
        "rows": [row_of(line, languages) for line in lines_of(list(sheet.object_list))],
        "languages": [(code, names[code]) for code in languages],
        "writes": can_write(person, day),
    }
    return staff_page(request, "newsroom/desk/pieces.html", context, pieces_crumb())


def pieces_crumb() -> tuple[str, str]:
    """The list that all pieces stand in."""
    return reverse("newsroom_desk:pieces"), _("Stories and releases")


def _waiting_crumb() -> tuple[str, str]:
    return reverse("newsroom_desk:waiting"), pgettext("newsroom", "Waiting for me")
