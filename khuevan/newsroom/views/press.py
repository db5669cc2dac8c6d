"""Staff pages of press conferences: which there are, who asked to come, the lists for the door."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.newsroom.actions import approve_accreditations
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.door_list import columns, door_rows, file_name
from khuevan.newsroom.models import PressConferencePage
from khuevan.newsroom.permissions import check_can_accredit
from khuevan.newsroom.queries.accreditation import conference_line, conference_lines, requests_of
from khuevan.newsroom.views.frame import Crumb, person_of, says_why, staff_page
from khuevan.plain.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, write_xlsx

# What the tabs of a conference are called in addresses.
TABS: dict[str, tuple[str, ...]] = {
    "cho": (AccreditationState.ASKED,),
    "dong-y": (AccreditationState.APPROVED,),
    "tu-choi": (AccreditationState.DECLINED,),
    "tat-ca": (),
}


def conferences_crumb() -> Crumb:
    """The way to the list of conferences."""
    return reverse("press:conferences"), _("Press conferences")


@require_safe
@says_why
def conferences(request: HttpRequest) -> HttpResponse:
    """Press conferences to come, and those over whose requests are still kept."""
    check_can_accredit(person_of(request), clock.today())
    coming, past = conference_lines(clock.now())
    return staff_page(
        request, "newsroom/press/conferences.html", {"coming": coming, "past": past}, conferences_crumb()
    )


@never_cache
@require_safe
@says_why
def conference(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asked to come to one press conference, by what was decided."""
    check_can_accredit(person_of(request), clock.today())
    page = get_object_or_404(PressConferencePage, pk=pk)
    line = conference_line(page)
    tab = request.GET.get("tab", "cho" if line.asked else "tat-ca")
    if tab not in TABS:
        raise Http404
    numbers = {"cho": line.asked, "dong-y": line.approved, "tu-choi": line.declined, "tat-ca": line.total}
    names = {
        "cho": _("To decide"),
        "dong-y": _("Approved"),
        "tu-choi": _("Declined"),
        "tat-ca": _("All of them"),
    }
    context = {
        "line": line,
        "rows": list(requests_of(page, TABS[tab])),
        "tab": tab,
        "tabs": [(code, names[code], numbers[code]) for code in TABS],
    }
    return staff_page(
        request, "newsroom/press/conference.html", context, conferences_crumb(), ("", line.page.title)
    )


@takes_only_posts
@says_why
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approves the requests that were ticked."""
    page = get_object_or_404(PressConferencePage, pk=pk)
    ticked = [int(each) for each in request.POST.getlist("request") if each.isdecimal() and len(each) < 19]
    try:
        count = approve_accreditations(by=person_of(request), conference=page, requests=ticked)
    except ValidationError as refused:
        messages.error(request, sentences(refused))
    else:
        if count:
            said = ngettext(
                "%d request approved. The reporter is told by mail.",
                "%d requests approved. The reporters are told by mail.",
                count,
            )
            messages.success(request, said % count)
        else:
            messages.warning(request, _("Tick the requests that you approve."))
    return HttpResponseRedirect(reverse("press:conference", args=[page.pk]))


@never_cache
@require_safe
@says_why
def door_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the entrance, to be printed: those approved, by name."""
    check_can_accredit(person_of(request), clock.today())
    page = get_object_or_404(PressConferencePage, pk=pk)
    line = conference_line(page)
    rows = door_rows(requests_of(page, TABS["dong-y"]))
    return render(request, "newsroom/press/door_list.html", {"line": line, "rows": rows})


@never_cache
@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The list for the entrance as a sheet."""
    try:
        check_can_accredit(person_of(request), clock.today())
    except PermissionDenied:
        raise Http404 from None
    page = get_object_or_404(PressConferencePage, pk=pk)
    labels = columns()
    values: list[Any] = [row.values for row in door_rows(requests_of(page, TABS["dong-y"]))]
    name = file_name(page)
    if form == "csv":
        response = HttpResponse("".join(csv_lines(labels, values)), content_type=CSV_TYPE)
    else:
        stream = io.BytesIO()
        write_xlsx(stream, _("Entrance"), labels, values)
        response = HttpResponse(stream.getvalue(), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
