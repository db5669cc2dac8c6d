"""Lists of what waits: drafts for one's decision, approved drafts for a number, documents for a signature."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.documents.permissions import can_keep_register, check_can_keep_register
from khuevan.documents.presenters.reviews import seat_in_words
from khuevan.documents.queries import steps_waiting_for
from khuevan.documents.queries.numbers import number_forecast
from khuevan.documents.queries.reviewing import drafts_to_number
from khuevan.documents.queries.signed import documents_to_sign
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.plain.official_documents.writing.arrangement import symbol_of

ROWS_A_PAGE = 50


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for a decision of the person, the longest waiting first."""
    steps = steps_waiting_for(person_of(request), clock.today())
    sheet = _page(request, steps)
    rows = [{"step": step, "draft": step.draft, "seat": seat_in_words(step)} for step in sheet.object_list]
    context = {"rows": rows, "sheet": sheet, "total": len(steps), "today": clock.today()}
    return staff_page(request, "documents/review/waiting.html", context, ("", _("For my decision")))


@require_safe
@says_why
def to_number(request: HttpRequest) -> HttpResponse:
    """Approved drafts that wait for their number, with the number that each would get if it came first."""
    person, today = person_of(request), clock.today()
    check_can_keep_register(person, today)
    sheet = _page(request, drafts_to_number(person, today))
    seen: dict[tuple[int, str], int] = {}
    rows = []
    for draft in sheet.object_list:
        key = (draft.book_id, draft.book.series_of(draft.type))
        if key not in seen:
            seen[key] = number_forecast(draft.book, draft.type, today)
        symbol = symbol_of(seen[key], str(draft.content.get("notation") or ""), draft.book.width)
        rows.append({"draft": draft, "symbol": symbol})
    context = {"rows": rows, "sheet": sheet, "total": sheet.paginator.count}
    return staff_page(request, "documents/review/to_number.html", context, ("", _("To be numbered")))


@require_safe
def to_sign(request: HttpRequest) -> HttpResponse:
    """Issued documents that nobody has signed yet: those that the person signs, a clerk sees all."""
    person, today = person_of(request), clock.today()
    documents = documents_to_sign(person, today)
    sheet = _page(request, documents)
    context = {
        "documents": sheet.object_list,
        "sheet": sheet,
        "total": sheet.paginator.count,
        "sees_all": can_keep_register(person, today),
    }
    return staff_page(request, "documents/review/to_sign.html", context, ("", _("To be signed")))


def _page(request: HttpRequest, items: Any) -> Page[Any]:
    return Paginator(items, ROWS_A_PAGE).get_page(request.GET.get("page"))
