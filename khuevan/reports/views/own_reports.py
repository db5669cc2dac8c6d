"""The list of the reports of one's own units."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.reports.forms.own_reports import OwnReportsFilterForm
from khuevan.reports.permissions import filling_unit_ids
from khuevan.reports.presenters.own_reports import row_of, title_of_rank
from khuevan.reports.queries.own_reports import cycles_of_own_units, own_reports, own_reports_count
from khuevan.reports.views.frame import page_links, person_of, says_why, staff_page

PAGE_SIZE = 30


@require_safe
@says_why
def my_reports(request: HttpRequest) -> HttpResponse:
    """The reports of the units for which the person fills: those that wait first; filtered, thirty a page."""
    person, day = person_of(request), clock.today()
    form = OwnReportsFilterForm(request.GET, cycles_of_own_units(person, day))
    asked = form.asked()
    sheet = Paginator(own_reports(person, day, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    groups: dict[int, list[Any]] = {}
    for report in sheet.object_list:
        groups.setdefault(report.rank, []).append(row_of(report, day))
    context = {
        "form": form,
        "narrows": asked.narrows,
        "list_url": request.path,
        "sheet": sheet,
        "page_links": page_links(sheet, request.GET),
        "groups": [{"title": title_of_rank(rank), "rows": rows} for rank, rows in groups.items()],
        "count": own_reports_count(person, day),
        "unit_count": len(filling_unit_ids(person, day)),
    }
    return staff_page(request, "reports/forms/mine.html", context, ("", _("My unit's reports")))
