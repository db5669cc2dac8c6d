"""One unit's form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from khuevan.reports.queries.unit_forms import unit_form
from khuevan.reports.views.form_access import form_page, report_crumb, report_of
from khuevan.reports.views.frame import says_why


@require_safe
@says_why
def unit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as it stands."""
    report = report_of(request, pk)
    context = {"report": report, "form": unit_form(report)}
    return form_page(request, "reports/forms/unit_report.html", context, report_crumb(report))
