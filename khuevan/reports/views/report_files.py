"""The data behind a composed report as files, each taking noted in the audit trail."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.documents.writing_sentences import unwritable_sentence
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.reporting.summary import SummaryWords, write_summary
from khuevan.plain.sheets import CSV_TYPE, XLSX_TYPE, Sheet, csv_lines, write_workbook
from khuevan.reports.actions import note_export
from khuevan.reports.models import ComposedReport
from khuevan.reports.permissions import check_can_export_report
from khuevan.reports.presenters.report_sheets import TABLES, file_stem, table_with
from khuevan.reports.queries.report_values import report_values
from khuevan.reports.views.frame import person_of, says_why
from khuevan.reports.views.report_access import report_of


@require_safe
@says_why
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All tables as one Excel workbook, a sheet each."""
    report = _report(request, pk)
    name = f"{file_stem(report)}.xlsx"
    target = io.BytesIO()
    write_workbook(target, (Sheet(str(one.label), one.columns(), one.rows(report)) for one in TABLES))
    target.seek(0)
    _note(request, report, name)
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX_TYPE)


@require_safe
@says_why
def table(request: HttpRequest, pk: int, table: str) -> HttpResponseBase:
    """One of the tables as CSV."""
    report = _report(request, pk)
    wanted = table_with(table)
    if wanted is None:
        raise Http404(_("There is no such table."))
    name = f"{file_stem(report)}-{wanted.code}.csv"
    _note(request, report, name)
    # Not streamed: what is written after the view has left no longer knows the office's language.
    response = HttpResponse("".join(csv_lines(wanted.columns(), wanted.rows(report))), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@says_why
def english_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page to partners as PDF, for whoever reads the report."""
    report = report_of(request, pk)
    words = SummaryWords(
        report.english_issuer, tuple(report.english_words.splitlines()), report.english_contact
    )
    day = timezone.localdate(report.frozen_at or report.composed_at)
    try:
        made = write_summary(report_values(report), words, day)
    except UnwritableDocument as error:
        messages.error(request, unwritable_sentence(error))
        return redirect(report)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_stem(report)}-en.pdf"'
    return response


def _report(request: HttpRequest, pk: int) -> ComposedReport:
    report = report_of(request, pk)
    check_can_export_report(person_of(request), report, clock.today())
    return report


def _note(request: HttpRequest, report: ComposedReport, name: str) -> None:
    # Whoever only asks for the head takes nothing along.
    if request.method == "GET":
        note_export(by=person_of(request), report=report, file=name)
