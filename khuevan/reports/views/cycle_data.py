"""The figures of a cycle so far: sums, units × indicators, and both as files."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.streamed_text import in_the_pages_language
from khuevan.plain.folding import slug
from khuevan.plain.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, write_workbook
from khuevan.reports.actions import export_cycle
from khuevan.reports.gathering_permissions import check_can_watch_cycle
from khuevan.reports.models import Cycle
from khuevan.reports.permissions import can_gather
from khuevan.reports.presenters.cycle_figures import figure_sections, matrix
from khuevan.reports.presenters.cycle_sheets import long_columns, long_rows, workbook
from khuevan.reports.queries.cycle_data import cycle_data, sections_with, sums_of, words_of
from khuevan.reports.views.cycle import cycle_at, cycle_crumbs, cycle_head
from khuevan.reports.views.frame import person_of, says_why, staff_page

# More columns than these do not fit beside each other: the table begins with one part of the form.
MOST_COLUMNS = 12


@require_safe
@says_why
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Every indicator with its sum so far, what is missing, and what units corrected."""
    person, day = person_of(request), clock.today()
    row = cycle_at(pk)
    scope = check_can_watch_cycle(person, row, day)
    data = cycle_data(row, scope)
    gathers = can_gather(person, row.rule, day)
    context = {
        **cycle_head(row, gathers=gathers, chosen="cycle_figures", is_whole=scope is None),
        "sections": figure_sections(sums_of(data)),
        "sent": len(data.sent),
        "units": len(data.reports),
    }
    crumbs = cycle_crumbs(row, (request.path, _("Figures so far")))
    return staff_page(request, "reports/gathering/figures.html", context, *crumbs)


@require_safe
@says_why
def matrix_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Units × indicators: one part of the form (`section`), or all of it."""
    person, day = person_of(request), clock.today()
    row = cycle_at(pk)
    scope = check_can_watch_cycle(person, row, day)
    data = cycle_data(row, scope)
    sections = sections_with(data)
    wished = request.GET.get("section", "")
    section = next((one for one in sections if str(one.pk) == wished), None)
    if section is None and wished != "all" and len(data.form.indicators) > MOST_COLUMNS:
        section = sections[0]
    gathers = can_gather(person, row.rule, day)
    context = {
        **cycle_head(row, gathers=gathers, chosen="cycle_matrix", is_whole=scope is None),
        "matrix": matrix(data, sums_of(data), section),
        "section": section,
        "sections": sections,
        "sent": len(data.sent),
        "units": len(data.reports),
    }
    crumbs = cycle_crumbs(row, (request.path, _("Units and indicators")))
    return staff_page(request, "reports/gathering/matrix.html", context, *crumbs)


@require_safe
@says_why
def csv_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that the units of the cycle wrote, as one table."""
    row = cycle_at(pk)
    name = _filename(row, "csv")
    data = cycle_data(row, _taken(request, row, name))
    # Now, while the page's language holds: when the lines are sent it does no more.
    rows = list(long_rows(data, words_of(data)))
    response = StreamingHttpResponse(
        in_the_pages_language(csv_lines(long_columns(), rows)), content_type=CSV_TYPE
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@says_why
def xlsx_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that the units of the cycle wrote, as a workbook."""
    row = cycle_at(pk)
    name = _filename(row, "xlsx")
    data = cycle_data(row, _taken(request, row, name))
    target = io.BytesIO()
    write_workbook(target, workbook(data, words_of(data)))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _taken(request: HttpRequest, row: Cycle, name: str) -> frozenset[int] | None:
    """The units whose data the file holds (None: all), noted unless somebody only asks for the head."""
    person = person_of(request)
    if request.method == "HEAD":
        return check_can_watch_cycle(person, row, clock.today())
    return export_cycle(by=person, cycle=row, file=name)


def _filename(row: Cycle, ending: str) -> str:
    """A name that every file system and mail program keeps."""
    name = slug(row.name)[:80].strip("-")
    return f"so-lieu-{name}-{clock.today():%Y-%m-%d}.{ending}"
