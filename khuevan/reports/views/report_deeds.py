"""What is done with a composed report: gathered again, given up, frozen as a draft, corrected."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.documents.choices import Direction
from khuevan.documents.permissions import writing_unit_ids
from khuevan.documents.queries.reading import books_on
from khuevan.people.models import Unit
from khuevan.reports.actions import correct_report, discard_report, freeze_report, gather_again
from khuevan.reports.actions.stamps import stamp_of_report
from khuevan.reports.choices import ReportState
from khuevan.reports.drafts import title_of_report
from khuevan.reports.forms.composing import CorrectForm, FreezeForm
from khuevan.reports.models import ComposedReport, Passage, ReportFigure, RuleRecipient
from khuevan.reports.queries.composed import changes_since, is_issued
from khuevan.reports.views.frame import person_of, says_why, staff_page
from khuevan.reports.views.report import deed_page
from khuevan.reports.views.report_access import report_crumb, report_to_edit, reports_crumb


@takes_only_posts
@says_why
def gather(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes over what units have sent since."""
    found = report_to_edit(request, pk)
    try:
        gather_again(by=person_of(request), report=found)
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("The report holds what units have sent until now; your edits are kept."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a report up that is still being edited."""
    found = report_to_edit(request, pk)
    _refuse_unless(found, ReportState.COMPOSED)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            discard_report(by=person_of(request), report=found)
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("The report is discarded; it stays readable in the list."))
            return redirect("reports:reports")
    page = {
        "heading": _("Discard the report"),
        "explanation": _(
            "What was edited in it is not used any more. The figures that units sent stay with them."
        ),
        "button": _("Discard"),
        "destroys": True,
    }
    return deed_page(request, found, form, page)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a new version: a correction of an issued one, or the replacement of one that was not issued."""
    found = report_to_edit(request, pk)
    _refuse_unless(found, ReportState.FROZEN)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            new = correct_report(by=person_of(request), report=found, **form.cleaned_data)
        except ValidationError as error:
            for field, errors in getattr(error, "error_dict", {None: [error]}).items():
                form.add_error(field, errors)
        else:
            messages.success(
                request,
                _("Version %(version)s is begun: its figures are gathered anew.") % {"version": new.version},
            )
            return redirect(new)
    if is_issued(found):
        heading = _("Correct the report")
        explanation = _(
            "The frozen version stays as it is. A new version takes over its words and gathers the figures anew."
        )
    else:
        heading = _("Replace the report")
        explanation = _(
            "Its document was not issued yet: the draft is given up. A new version takes over the words and gathers "
            "the figures anew; it names no correction."
        )
        form.fields["reason"].label = _("Why it is replaced")
        form.fields["reason"].help_text = _("Stands with the draft that is given up, not in the report.")
    page = {"heading": heading, "explanation": explanation, "button": _("Begin the new version")}
    return deed_page(request, found, form, page)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what will be made, and makes it: the report frozen, the draft of its document begun."""
    found = report_to_edit(request, pk)
    _refuse_unless(found, ReportState.COMPOSED)
    person, day = person_of(request), clock.today()
    units = Unit.objects.filter(pk__in=writing_unit_ids(person, day)).order_by("path")
    gatherer = found.cycle.rule.gatherer_id
    form = FreezeForm(
        request.POST if request.method == "POST" else None,
        units=units,
        books=books_on(day, Direction.OUT),
        unit_id=gatherer if gatherer in writing_unit_ids(person, day) else None,
        seen=stamp_of_report(found),
    )
    if form.is_bound and form.is_valid():
        try:
            frozen = freeze_report(by=person, report=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, sentences(error))
            # This page shows what stands now: pressed once more, that is frozen.
            found.refresh_from_db()
            form.data = {**request.POST.dict(), "seen": stamp_of_report(found)}
        else:
            messages.success(
                request,
                _(
                    "The report is frozen. Its draft goes on through review, number and signature like any other."
                ),
            )
            return redirect(frozen)
    figures = ReportFigure.objects.filter(report=found).defer("parts")
    context = {
        "report": found,
        "form": form,
        "document_title": title_of_report(found.title),
        "figure_count": len(figures),
        "without_value": [one for one in figures if one.value is None],
        "incomplete": [one for one in figures if one.missing],
        "passage_count": Passage.objects.said().filter(report=found).count(),
        "overtaken_count": Passage.objects.said().filter(report=found).exclude(edited_from="").count(),
        "changed": changes_since(found),
        "recipients": RuleRecipient.objects.filter(rule=found.cycle.rule),
        "no_book": not books_on(day, Direction.OUT).exists(),
        "no_unit": not units.exists(),
    }
    return staff_page(
        request,
        "reports/composing/freeze.html",
        context,
        reports_crumb(),
        report_crumb(found),
        (request.path, _("Freeze and draft the document")),
        status=422 if form.errors else 200,
    )


def _refuse_unless(report: ComposedReport, state: ReportState) -> None:
    if report.state == state:
        return
    if state == ReportState.FROZEN:
        raise PermissionDenied(_("Only a frozen report is corrected; this one can still be edited."))
    raise PermissionDenied(_("This version is not edited any more."))
