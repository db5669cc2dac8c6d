"""What is to be sent, is under way, was refused; one dispatch; the delivery sheet; what a unit was sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.actions.statuses import recordable_states
from khuevan.documents.choices import Channel, DispatchState
from khuevan.documents.dispatch_course import leads_to
from khuevan.documents.dispatch_permissions import (
    can_confirm_receipt,
    check_can_confirm_receipt,
    check_can_follow_dispatches,
)
from khuevan.documents.forms.dispatching import AnswerForm, ConfirmForm, DispatchFilterForm
from khuevan.documents.models import Dispatch
from khuevan.documents.permissions import can_keep_register, check_can_keep_register
from khuevan.documents.presenters.dispatches import sheet_groups, shown, standing_tabs
from khuevan.documents.queries.dispatching import (
    DispatchCriteria,
    dispatch_at,
    dispatches,
    documents_without_dispatch,
    files_to_send,
    received_by,
    standing_counts,
)
from khuevan.documents.views.dispatching import nothing_here
from khuevan.documents.views.frame import Crumb, person_of, says_why, staff_page
from khuevan.documents.views.incoming import add_errors

ROWS_A_PAGE = 50
# A city's delivery book of one day.
MOST_ON_A_SHEET = 500


@require_safe
@says_why
def dispatches_page(request: HttpRequest) -> HttpResponse:
    """All dispatches by how they stand, and the signed documents that nobody has yet."""
    person, today = person_of(request), clock.today()
    check_can_follow_dispatches(person, today)
    form = DispatchFilterForm(request.GET)
    form.is_valid()
    criteria = DispatchCriteria(
        words=form.cleaned_data.get("q") or "",
        channel=form.cleaned_data.get("channel") or "",
        standing=request.GET.get("trang-thai", ""),
    )
    found = dispatches(criteria, today).prefetch_related("events__told_by")
    address = reverse("documents:dispatches")
    context = {
        "form": form,
        "criteria": criteria,
        "narrows": criteria != DispatchCriteria(),
        "tabs": standing_tabs(standing_counts(today), criteria.standing, address),
        "unsent": list(documents_without_dispatch()[:20]) if not criteria.standing else [],
        "keeps": can_keep_register(person, today),
        "list_url": address,
        **_sheet_of(request, found),
    }
    context["rows"] = [shown(row) for row in context["sheet"].object_list]
    return staff_page(request, "documents/dispatch/list.html", context, _crumb())


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispatch with what happened; on POST the clerk records what became of it."""
    person, today = person_of(request), clock.today()
    check_can_keep_register(person, today)
    row = dispatch_at(pk)
    if row is None:
        raise nothing_here()
    form = AnswerForm(request.POST or None, states=recordable_states(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_answer(by=person, dispatch=row, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The answer is recorded."))
            return redirect(f"{row.document.get_absolute_url()}#noi-nhan")
    context = {
        "heading": row.name,
        "document": row.document,
        "each": shown(row, files_to_send(row.document)),
        "form": form if recordable_states(row) else None,
        "cancel_url": f"{row.document.get_absolute_url()}#noi-nhan",
    }
    crumbs = (_crumb(), (request.path, row.name[:60]))
    return staff_page(
        request, "documents/dispatch/answer.html", context, *crumbs, status=422 if form.errors else 200
    )


@require_safe
@says_why
def delivery_sheet(request: HttpRequest) -> HttpResponse:
    """A sheet to print: what goes on paper, with room for the signatures of those who take it.

    Of one document (`van-ban`), else of one day (`ngay`, today if left out), with what is still to be sent.
    """
    check_can_keep_register(person_of(request), clock.today())
    day = _day(request.GET.get("ngay", "")) or clock.today()
    rows = (
        Dispatch.objects.filter(channel=Channel.PRINTED)
        .exclude(state=DispatchState.RECALLED)
        .select_related("document")
        .defer("document__content", "document__reading")
        .order_by("document", "pk")
    )
    of_document = request.GET.get("van-ban", "")
    if of_document.isdecimal() and len(of_document) < 18:
        rows = rows.filter(document=int(of_document))
    else:
        rows = rows.filter(sent_at__date=day)
    found = list(rows[:MOST_ON_A_SHEET])
    context = {
        "groups": sheet_groups(found),
        "count": len(found),
        "day": day,
        "document": found[0].document if of_document and found else None,
        "of_document": bool(of_document),
        "today": clock.today(),
    }
    return staff_page(
        request, "documents/dispatch/sheet.html", context, _crumb(), (request.path, _("Delivery sheet"))
    )


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """The documents that were sent to the units of whoever looks, the newest first."""
    person, today = person_of(request), clock.today()
    standing = request.GET.get("loc", "")
    found = received_by(person, today, standing)
    sheet = _sheet_of(request, found)
    context = {
        **sheet,
        "rows": [
            {"row": row, "shown": shown(row), "may": _may_confirm(request, row)}
            for row in sheet["sheet"].object_list
        ],
        "standing": standing,
        "tabs": [
            {"label": label, "url": f"?loc={code}" if code else request.path, "chosen": code == standing}
            for code, label in (("", _("All")), ("new", _("To be confirmed")), ("done", _("Confirmed")))
        ],
    }
    return staff_page(request, "documents/dispatch/received.html", context, (request.path, _("Sent to us")))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the unit; on POST confirms that the document arrived, or that what it asks is done."""
    person, today = person_of(request), clock.today()
    row = received_by(person, today).filter(pk=pk).first()
    if row is None:
        raise nothing_here()
    check_can_confirm_receipt(person, row, today)
    form = ConfirmForm(request.POST or None)
    if row.state == DispatchState.RECEIVED:
        form.fields["finished"].initial = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_receipt(by=person, dispatch=row, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The clerk knows now that your unit has the document."))
            return redirect("documents:received")
    context = {
        "heading": _("Confirm the receipt"),
        "document": row.document,
        "form": form,
        "explanation": _("For %s") % row.correspondent,
        "button": _("Confirm"),
        "cancel_url": reverse("documents:received"),
    }
    crumbs: tuple[Crumb, ...] = (
        (reverse("documents:received"), _("Sent to us")),
        (request.path, _("Confirm the receipt")),
    )
    return staff_page(
        request, "documents/dispatch/deed.html", context, *crumbs, status=422 if form.errors else 200
    )


def _may_confirm(request: HttpRequest, row: Dispatch) -> bool:
    """Whether the person may say more of the dispatch than it says already."""
    return leads_to(row.state, DispatchState.PROCESSED) and can_confirm_receipt(
        person_of(request), row, clock.today()
    )


def _sheet_of(request: HttpRequest, found: Any) -> dict[str, Any]:
    paginator = Paginator(found, ROWS_A_PAGE)
    sheet = paginator.get_page(request.GET.get("page"))
    wishes = request.GET.copy()
    links = []
    for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1):
        wishes["page"] = str(number)
        links.append({"number": number, "url": f"?{wishes.urlencode()}"})
    return {"sheet": sheet, "page_links": links}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _crumb() -> Crumb:
    return reverse("documents:dispatches"), _("Dispatch")
