"""What every page of units' forms needs: the person, the report, the frame, a refusal that says why."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.refusals import Arguments, View, with_reason
from khuevan.people.models import User
from khuevan.reports.models import UnitReport
from khuevan.reports.permissions import can_read_unit_report

Crumb = tuple[str, str]


def says_why(view: View[Arguments]) -> View[Arguments]:
    """The view, whose PermissionDenied becomes the page of refusal of units' forms."""
    return with_reason(view, "reports/forms/refused.html")


def person_of(request: HttpRequest) -> User:
    """The person signed in; the staff frame lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def report_of(request: HttpRequest, pk: int) -> UnitReport:
    """The unit's report; raises Http404 where the person may not read it: a draft is nobody else's business."""
    report: UnitReport | None = (
        UnitReport.objects.select_related("cycle__rule__gatherer", "unit", "saved_by", "sent_by", "returned_by")
        .filter(pk=pk)
        .first()
    )
    if report is None or not can_read_unit_report(person_of(request), report, clock.today()):
        raise Http404(_("There is no such report, or it has not been sent yet."))
    return report


def report_crumb(report: UnitReport) -> Crumb:
    """The page of the unit's report."""
    return report.get_absolute_url(), report.unit.short_name or report.unit.name


def staff_page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """The template in the staff frame below the list of the unit's reports; the last crumb is the page itself."""
    first = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("reports:my_reports"), _("My unit's reports")),
    ]
    items = [{"url": url, "label": label} for url, label in (*first, *crumbs)]
    frame = {"breadcrumbs_items": items, "header_icon": "clipboard-list"}
    return render(request, template, {**frame, **context}, status=status)
