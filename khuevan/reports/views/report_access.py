"""Which composed report an address names, and who may look at it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.reports.models import ComposedReport
from khuevan.reports.permissions import check_can_gather, check_can_read_report
from khuevan.reports.views.frame import Crumb, person_of


def report_of(request: HttpRequest, pk: int) -> ComposedReport:
    """The report, which the person may read; raises Http404 or PermissionDenied with the reason."""
    found: ComposedReport | None = (
        ComposedReport.objects.select_related(
            "cycle__rule__gatherer__parent", "draft__document", "draft__book__unit", "composed_by", "frozen_by",
            "corrects__draft__document",
        )
        # The whole text of the document, which pages of reports do not show.
        .defer("draft__content", "draft__document__content", "draft__document__reading")
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404(_("There is no such report."))
    check_can_read_report(person_of(request), found, clock.today())
    return found


def report_to_edit(request: HttpRequest, pk: int) -> ComposedReport:
    """The report, which the person composes; raises Http404 or PermissionDenied with the reason."""
    found = report_of(request, pk)
    check_can_gather(person_of(request), found.cycle.rule, clock.today())
    return found


def reports_crumb() -> Crumb:
    """The list that all composed reports stand in."""
    return reverse("reports:reports"), _("Composed reports")


def report_crumb(report: ComposedReport) -> Crumb:
    """The report's own page."""
    title = report.title if len(report.title) <= 60 else f"{report.title[:58].rstrip()}…"
    return report.get_absolute_url(), title
