"""The list of composed reports, and the beginning of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.reports.actions import compose_report
from khuevan.reports.models import Cycle
from khuevan.reports.permissions import can_read_reports, check_can_read_cycle
from khuevan.reports.presenters.report_state import report_tags
from khuevan.reports.queries.composed import composable_cycles, visible_reports
from khuevan.reports.views.frame import person_of, says_why, staff_page
from khuevan.reports.views.report_access import reports_crumb

ROWS_A_PAGE = 40


@require_safe
@says_why
def reports(request: HttpRequest) -> HttpResponse:
    """The versions that the person may read, the newest period first; and the cycles that wait for a report."""
    person, day = person_of(request), clock.today()
    if not can_read_reports(person, day):
        raise PermissionDenied(
            _("Composed reports are read by those who gather them, by the directors and by heads of units.")
        )
    found = visible_reports(person, day).order_by("-cycle__last_date", "cycle", "-version")
    sheet = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "rows": [{"report": one, "tags": report_tags(one)} for one in sheet.object_list],
        "sheet": sheet,
        "cycles": composable_cycles(person, day),
    }
    return staff_page(request, "reports/composing/list.html", context, reports_crumb())


@takes_only_posts
@says_why
def compose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begins the report of a cycle."""
    person = person_of(request)
    cycle = get_object_or_404(Cycle.objects.select_related("rule"), pk=pk)
    check_can_read_cycle(person, cycle, clock.today())
    try:
        report = compose_report(by=person, cycle=cycle)
    except ValidationError as error:
        messages.error(request, sentences(error))
        return redirect("reports:reports")
    messages.success(request, _("The report is composed from what units have sent: edit its words now."))
    return redirect(report)
