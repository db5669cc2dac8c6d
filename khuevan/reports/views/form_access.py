"""Which unit's report an address names, and who may look at it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.reports.models import UnitReport
from khuevan.reports.permissions import can_read_unit_report
from khuevan.reports.views.frame import Crumb, person_of, staff_page


def report_of(request: HttpRequest, pk: int) -> UnitReport:
    """The unit's report; raises Http404 where the person may not read it: a draft is nobody else's business."""
    report: UnitReport | None = (
        UnitReport.objects.select_related(
            "cycle__rule__gatherer", "unit", "saved_by", "sent_by", "returned_by"
        )
        .filter(pk=pk)
        .first()
    )
    if report is None or not can_read_unit_report(person_of(request), report, clock.today()):
        raise Http404(_("There is no such report, or it has not been sent yet."))
    return report


def report_crumb(report: UnitReport) -> Crumb:
    """The page of the unit's report."""
    return report.get_absolute_url(), f"{report.unit.short_name or report.unit.name} · {report.cycle.name}"


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """The template in the staff frame, below the list of the unit's reports."""
    first = (reverse("reports:my_reports"), _("My unit's reports"))
    return staff_page(request, template, context, first, *crumbs, status=status)
