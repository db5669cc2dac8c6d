"""How far the units of a cycle are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.reports.models import Cycle
from khuevan.reports.permissions import check_can_read_cycle
from khuevan.reports.views.frame import person_of, says_why, staff_page


@require_safe
@says_why
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """The gathering page."""
    row = get_object_or_404(Cycle.objects.select_related("rule"), pk=pk)
    check_can_read_cycle(person_of(request), row, clock.today())
    crumb = (reverse("reports:cycles"), _("Reporting cycles"))
    return staff_page(
        request, "reports/gathering/cycle.html", {"cycle": row}, crumb, (request.path, row.name)
    )
