"""One unit's form: filled, saved as it goes, sent; read once it was sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.reports.actions import send_unit_report
from khuevan.reports.actions.filling import (
    MOST_DIFFICULTIES,
    MOST_REASON,
    check_may_write,
    problems_before_sending,
)
from khuevan.reports.choices import CycleState, UnitReportState
from khuevan.reports.forms.typed_form import known_as_seen, seen_token, typed_form
from khuevan.reports.models import UnitReport
from khuevan.reports.permissions import can_fill, check_can_fill
from khuevan.reports.presenters.cycle_rows import time_left
from khuevan.reports.presenters.form_texts import typed_in_words
from khuevan.reports.presenters.saved_form import partly, said, saved_form
from khuevan.reports.presenters.unit_form import BLANK_ROWS, Beside, form_shown
from khuevan.reports.queries.unit_forms import UnitForm, earlier_of_unit, unit_form
from khuevan.reports.unit_form_writing import Written, keep_typed, stored_report
from khuevan.reports.views.form_access import form_page, report_crumb, report_of
from khuevan.reports.views.frame import person_of, says_why


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def unit_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form as it stands; a POST saves it, adds a row for a difficulty, or sends it."""
    report = report_of(request, pk)
    if request.method != "POST":
        return _shown(request, unit_form(report))
    check_can_fill(person_of(request), report, clock.today())
    if request.headers.get("Accept") == "application/json":
        return _saved_by_script(request, report)
    try:
        written = keep_typed(person_of(request), report, request.POST)
        if not written.is_whole:
            check_may_write(person_of(request), written.form.report)
    except ValidationError as error:
        return _not_taken(request, report, error)
    deed = request.POST.get("do", "save")
    if deed == "send" and written.is_whole and written.form.report.state == UnitReportState.SENT:
        # A second press of the button, or a colleague's: nothing is missing from what was sent.
        messages.info(request, _("This report was sent already; it was not sent twice."))
        return redirect(report)
    if not written.is_whole:
        more = problems_before_sending(written.form) if deed == "send" else {}
        is_said = deed == "send" and not written.conflicts and not written.typed.is_marked
        problem = _unsent() if is_said else partly(written)
        return _shown(request, written.form, written, problem=problem, problems=more, status=422)
    if deed == "send":
        return _sent(request, written)
    if deed == "row":
        return _shown(request, written.form, rows=BLANK_ROWS + 1)
    messages.success(request, said(written))
    return redirect(report)


def _sent(request: HttpRequest, written: Written) -> HttpResponseBase:
    form = written.form
    try:
        send_unit_report(
            by=person_of(request),
            report=form.report,
            seen_version=form.report.version,
            seen_known=known_as_seen(form, written.typed),
        )
    except ValidationError as error:
        problems = error.message_dict if hasattr(error, "error_dict") else {}
        problem = _unsent() if problems else " ".join(error.messages)
        return _shown(
            request, unit_form(stored_report(form.report)), problem=problem, problems=problems, status=422
        )
    messages.success(
        request, _("The report of %(unit)s is sent. Thank you.") % {"unit": form.report.unit.name}
    )
    return redirect(form.report)


def _unsent() -> str:
    return _("Not sent yet: mend what is listed here. All else that you typed is saved.")


def _not_taken(request: HttpRequest, report: UnitReport, error: ValidationError) -> HttpResponse:
    """The form takes nothing any more (sent or closed meanwhile): what was typed is shown, so that it is not lost."""
    form = unit_form(stored_report(report))
    typed = typed_form(form, request.POST)
    return _shown(
        request,
        form,
        Written(form, typed, frozenset(), {}),
        problem=" ".join(error.messages),
        unstored=typed_in_words(form, typed),
        status=409,
    )


def _saved_by_script(request: HttpRequest, report: UnitReport) -> HttpResponse:
    """What the page's script must know after a save: what stands now, what is wrong, what a colleague changed."""
    try:
        written = keep_typed(person_of(request), report, request.POST)
    except ValidationError as error:
        return JsonResponse({"problem": " ".join(error.messages)}, status=409)
    return JsonResponse(saved_form(written))


def _beside(written: Written | None, problems: dict[str, list[str]] | None) -> Beside:
    if written is None:
        return Beside(problems=problems or {})
    typed = written.typed
    # A text that cannot be read is one problem, not also a figure that is missing.
    return Beside(typed=typed, problems={**(problems or {}), **typed.problems}, conflicts=written.conflicts)


def _shown(
    request: HttpRequest,
    form: UnitForm,
    written: Written | None = None,
    *,
    problem: str = "",
    problems: dict[str, list[str]] | None = None,
    unstored: list[tuple[str, str]] | None = None,
    rows: int = BLANK_ROWS,
    status: int = 200,
) -> HttpResponse:
    report, person, day = form.report, person_of(request), clock.today()
    cycle = report.cycle
    is_own, is_sent = can_fill(person, report, day), report.state == UnitReportState.SENT
    is_released = report.state == UnitReportState.RELEASED
    may_write = is_own and not is_sent and not is_released and cycle.state == CycleState.OPEN
    # A form that takes nothing more shows what is stored; what was typed last stands above it.
    beside = _beside(written if may_write else None, problems)
    beside.keeps_typed = may_write and (
        unstored is not None or (written is not None and written.typed.is_marked)
    )
    beside.before, beside.last_year = earlier_of_unit(report)
    shown = form_shown(form, beside)
    there = len(shown.difficulties)
    context: dict[str, Any] = {
        "report": report,
        "cycle": cycle,
        "shown": shown,
        "seen": seen_token(form),
        "may_write": may_write,
        "is_own": is_own,
        "may_send": may_write and day > cycle.last_date,
        "is_early": day <= cycle.last_date,
        "is_closed": cycle.state != CycleState.OPEN,
        "is_sent": is_sent,
        "is_released": is_released,
        "is_returned": report.state == UnitReportState.RETURNED,
        "left": "" if is_sent or is_released else time_left(cycle.due_date, day),
        "is_late": cycle.is_over_on(day) and not is_sent and not is_released,
        "blank_rows": range(max(1, min(rows, MOST_DIFFICULTIES - there))),
        "most_reason": MOST_REASON,
        "problem": problem,
        "unstored": unstored or [],
    }
    template = "reports/forms/unit_report.html" if may_write else "reports/forms/unit_report_read.html"
    return form_page(request, template, context, ("", report_crumb(report)[1]), status=status)
