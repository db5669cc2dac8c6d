"""The list of cycles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.reports.models import Cycle
from khuevan.reports.views.frame import says_why, staff_page


@require_safe
@says_why
def cycles(request: HttpRequest) -> HttpResponse:
    """All cycles."""
    context = {"cycles": Cycle.objects.all(), "page_name": _("Reporting cycles")}
    return staff_page(
        request, "reports/gathering/cycles.html", context, (request.path, _("Reporting cycles"))
    )
