"""The list of tasks as a file: exactly what the filters select, with the chosen columns, all pages of it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core.streamed_text import in_the_pages_language
from khuevan.plain.folding import slug
from khuevan.plain.sheets import CSV_TYPE, XLSX_TYPE, SheetColumn, Value, csv_lines, write_xlsx
from khuevan.programme.exports import sheet_columns
from khuevan.programme.presenters.task_table import columns, rows
from khuevan.programme.views.plan_pages import PlanPage, plan_page, task_list


@require_safe
def csv_file(request: HttpRequest, plan: int) -> HttpResponseBase:
    """The list as CSV."""
    page = plan_page(request, plan)
    head, cells = _table(request, page)
    response = StreamingHttpResponse(in_the_pages_language(csv_lines(head, cells)), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_filename(page)}.csv"'
    return response


@require_safe
def xlsx_file(request: HttpRequest, plan: int) -> HttpResponseBase:
    """The list as an Excel workbook."""
    page = plan_page(request, plan)
    head, cells = _table(request, page)
    # Rows go to a file of openpyxl's one by one; what stands in memory is the packed workbook, 30 KB for 500 tasks.
    target = io.BytesIO()
    write_xlsx(target, _("Tasks"), head, cells)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=f"{_filename(page)}.xlsx", content_type=XLSX_TYPE
    )


def _table(request: HttpRequest, page: PlanPage) -> tuple[tuple[SheetColumn, ...], Sequence[Sequence[Value]]]:
    found = task_list(page, request.GET)
    codes = found.criteria.columns
    return sheet_columns(columns(codes)), rows(found.lines, codes, found.section_titles)


def _filename(page: PlanPage) -> str:
    """A name that every file system and mail program keeps: nhiem-vu-48-kh-ubnd-23-11-2026."""
    plan = slug(page.plan.symbol or page.plan.title)[:60].strip("-")
    return f"nhiem-vu-{plan}-{page.today:%Y-%m-%d}"
