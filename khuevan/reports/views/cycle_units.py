"""Who reports in a cycle that is open: a unit taken in, or released from its report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.people.models import Unit
from khuevan.reports import actions
from khuevan.reports.choices import OWED_STATES, CycleState
from khuevan.reports.forms.cycles import ReleaseForm, TakeInForm
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.views.cycle import cycle_at, deed
from khuevan.reports.views.frame import add_errors, person_of, says_why


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks a unit for its report that was not asked when the cycle opened, or was released since."""
    row, day = cycle_at(pk), clock.today()
    check_can_gather(person_of(request), row.rule, day)
    there = UnitReport.objects.asked().filter(cycle=row).values("unit")
    units = Unit.objects.on(day).exclude(pk__in=there).order_by("path")
    form = TakeInForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.take_unit_in(by=person_of(request), cycle=row, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(unit)s reports in this cycle.") % {"unit": report.unit.name})
            return redirect(row)
    heading = _("Take a unit into this cycle")
    explanation = _("The unit is asked for its report like the others, from now on.")
    return deed(
        request, row, form, heading, pgettext("unit of a cycle", "Take in"), explanation, _closed(row)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that a unit owes no report in the cycle, and why."""
    report = get_object_or_404(UnitReport.objects.select_related("cycle__rule__gatherer", "unit"), pk=pk)
    row = report.cycle
    check_can_gather(person_of(request), row.rule, clock.today())
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.release_unit(by=person_of(request), report=report, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(unit)s is released from its report.") % {"unit": report.unit.name})
            return redirect(row)
    heading = _("Release %(unit)s from its report") % {"unit": report.unit.name}
    explanation = _("The unit is not reminded any more, and the report does not name it among those missing.")
    nothing = _closed(row)
    if request.method != "POST" and report.state not in OWED_STATES:
        nothing = _("Only a unit that still owes its report is released; what was sent counts.")
    return deed(request, row, form, heading, _("Release"), explanation, nothing)


def _closed(row: Cycle) -> str:
    return "" if row.state == CycleState.OPEN else _("The cycle is closed: open it again first.")
