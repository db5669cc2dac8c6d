"""A unit's form as a file: taken away, filled without a network, and brought back."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.plain.folding import slug
from khuevan.plain.reporting.form_sheet import form_sheet as written_sheet
from khuevan.plain.sheets import XLSX_TYPE
from khuevan.reports.actions import export_unit_report
from khuevan.reports.actions.filling import check_may_write
from khuevan.reports.form_sheets import changes_of, check_belongs, sheet_of, uploaded_form
from khuevan.reports.forms.typed_form import seen_token
from khuevan.reports.models import UnitReport
from khuevan.reports.permissions import can_fill, check_can_fill
from khuevan.reports.queries.unit_forms import unit_form
from khuevan.reports.views.form_access import form_page, report_crumb, report_of
from khuevan.reports.views.frame import person_of, says_why


class UploadForm(forms.Form):
    """The filled form."""

    file = forms.FileField(
        label=gettext_lazy("Filled form (XLSX)"),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={
            "required": gettext_lazy("Choose the filled form."),
            "missing": gettext_lazy("Choose the filled form."),
            "empty": gettext_lazy("The file is empty: choose it again."),
        },
    )


@require_safe
@says_why
def form_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as an Excel file, with what is known and filled by now."""
    report = report_of(request, pk)
    name, person = _filename(report), person_of(request)
    # The unit's own people take their own words along; whoever only asks for the head takes nothing.
    if request.method == "GET" and not can_fill(person, report, clock.today()):
        export_unit_report(by=person, report=report, file=name)
    answer = HttpResponse(written_sheet(sheet_of(unit_form(report))), content_type=XLSX_TYPE)
    header = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = header or "attachment"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def form_upload(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks for the filled form; a POST shows what it would change. Saves nothing: that page's button does."""
    report, person = report_of(request, pk), person_of(request)
    check_can_fill(person, report, clock.today())
    form, status = UploadForm(), 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                check_may_write(person, report)
                file = form.cleaned_data["file"]
                filled = uploaded_form(file.name, file)
                check_belongs(filled, report)
            except ValidationError as error:
                form.add_error("file", error)
            else:
                stored = unit_form(report)
                context = {
                    "report": report,
                    "filename": file.name,
                    "found": changes_of(stored, filled),
                    "seen": seen_token(stored),
                }
                return _page(request, "reports/forms/upload_changes.html", context, report)
        status = 422
    return _page(request, "reports/forms/upload.html", {"report": report, "form": form}, report, status)


def _page(
    request: HttpRequest, template: str, context: dict[str, object], report: UnitReport, status: int = 200
) -> HttpResponse:
    crumb = ("", _("Bring a filled form back"))
    return form_page(request, template, context, report_crumb(report), crumb, status=status)


def _filename(report: UnitReport) -> str:
    unit = report.unit.short_name or report.unit.name
    return f"bieu-mau-{slug(f'{unit} {report.cycle.name}')[:100]}.xlsx"
