"""The gathering page of a cycle: who has sent, who has not, and the reminder in one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.refusals import takes_only_posts
from khuevan.people.models import Unit
from khuevan.reports import actions
from khuevan.reports.choices import CycleState, ReportState, UnitReportState
from khuevan.reports.forms.cycles import ReopenForm, ReturnForm, StandingFilterForm
from khuevan.reports.gathering_permissions import callable_unit_ids, check_can_watch_cycle
from khuevan.reports.models import ComposedReport, Cycle, UnitReport
from khuevan.reports.permissions import can_gather, check_can_gather, filling_unit_ids
from khuevan.reports.presenters.cycle_rows import time_left
from khuevan.reports.presenters.gathering_page import (
    Wishes,
    call_sentences,
    calling_words,
    closing_words,
    cycle_tabs,
    group_links,
    order_links,
    selected,
    tally_links,
    unit_rows,
)
from khuevan.reports.presenters.report_state import report_tags
from khuevan.reports.queries.standing import named_like, silent_unit_ids, standings_of, tally_of
from khuevan.reports.views.frame import Crumb, add_errors, person_of, says_why, staff_page


@require_safe
@says_why
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the units are that the person may see."""
    person, day = person_of(request), clock.today()
    row = cycle_at(pk)
    scope = check_can_watch_cycle(person, row, day)
    form = StandingFilterForm(request.GET)
    form.is_valid()
    wishes = Wishes(**form.cleaned_data)
    standings = standings_of(row, day, scope)
    tally = tally_of(standings)
    shown = named_like(selected(standings, wishes), wishes.q)
    gathers = can_gather(person, row.rule, day)
    callable_ids = callable_unit_ids(person, row, day)
    is_open = row.state == CycleState.OPEN
    silent = silent_unit_ids(standings, day) if is_open and tally.owed else frozenset()
    rows = unit_rows(
        shown,
        is_open=is_open,
        gathers=gathers,
        callable_ids=callable_ids,
        silent=silent,
        readable=filling_unit_ids(person, day),
    )
    owed_ids = {one.report.unit_id for one in standings if one.owes}
    to_call = owed_ids if callable_ids is None else owed_ids & callable_ids
    context = {
        **cycle_head(row, gathers=gathers, chosen="cycle", is_whole=scope is None),
        "tally": tally,
        "left": time_left(row.due_date, day) if is_open and tally.owed else "",
        "is_late": is_open and tally.owed > 0 and day > row.due_date,
        "closing": closing_words(row, day),
        "calling": calling_words(row, day),
        "wishes": wishes,
        "counts": tally_links(tally, wishes),
        "groups": group_links(standings, wishes),
        "orders": order_links(wishes),
        "rows": rows,
        "to_call": len(to_call) if is_open else 0,
        "ticks": any(one.can_call for one in rows),
        "query": request.GET.urlencode(),
        "others": _others(row) if scope is None else [],
        "reports": [] if scope is not None else _reports(row),
    }
    return staff_page(request, "reports/gathering/cycle.html", context, *cycle_crumbs(row))


def cycle_at(pk: int) -> Cycle:
    """The cycle with its rule; Http404 where there is none."""
    row: Cycle = get_object_or_404(Cycle.objects.select_related("rule__gatherer"), pk=pk)
    return row


def cycle_head(row: Cycle, *, gathers: bool, chosen: str, is_whole: bool) -> dict[str, Any]:
    """What the head of every page of a cycle shows."""
    return {
        "cycle": row,
        "gathers": gathers,
        "is_open": row.state == CycleState.OPEN,
        "is_whole": is_whole,
        "tabs": cycle_tabs(row, chosen),
    }


def cycle_crumbs(row: Cycle, *last: Crumb) -> tuple[Crumb, ...]:
    """The way to a page of the cycle."""
    return ((reverse("reports:cycles"), _("Reporting cycles")), (row.get_absolute_url(), row.name), *last)


def _others(row: Cycle) -> list[UnitReport]:
    """The units that were released, and those that were taken in later: each with why."""
    rows = UnitReport.objects.filter(cycle=row).exclude(released_reason="", taken_in_reason="")
    return list(rows.select_related("unit").order_by("unit__path"))


def _reports(row: Cycle) -> list[dict[str, Any]]:
    reports = ComposedReport.objects.filter(cycle=row).exclude(state=ReportState.DISCARDED)
    return [{"report": one, "tags": report_tags(one)} for one in reports.select_related("draft__document")]


@takes_only_posts
@says_why
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminds all that owe (`which` is "all"), the ticked ones, or one (`only`); goes back to the list."""
    row = cycle_at(pk)
    units: list[Unit] | None = None
    if request.POST.get("which") != "all":
        wanted = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("units")
        keys = [int(key) for key in wanted if key.isdecimal() and len(key) < 18]
        units = list(Unit.objects.filter(pk__in=keys))
    if units is not None and not units:
        messages.error(request, _("Tick the units to be reminded first."))
    else:
        try:
            called = actions.call_units(by=person_of(request), cycle=row, units=units)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said, warned = call_sentences(called)
            if said:
                messages.success(request, " ".join(said))
            for sentence in warned:
                messages.warning(request, sentence)
    query = request.GET.urlencode()
    return redirect(f"{row.get_absolute_url()}{f'?{query}' if query else ''}")


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and on POST closes the cycle before its time."""
    row = cycle_at(pk)
    check_can_gather(person_of(request), row.rule, clock.today())
    if request.method == "POST":
        actions.close_cycle(by=person_of(request), cycle=row)
        messages.success(request, _("The cycle is closed: units can send no more."))
        return redirect(row)
    owed = UnitReport.objects.owed().filter(cycle=row).count()
    explanation = _("After that no unit can send. You can open the cycle again at any time.")
    if owed:
        explanation = f"{_('%(count)s units have not sent yet.') % {'count': owed}} {explanation}"
    return deed(request, row, None, _("Close the cycle"), _("Close"), explanation)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the cycle again, or leaves it open for longer, until a day."""
    row, day = cycle_at(pk), clock.today()
    check_can_gather(person_of(request), row.rule, day)
    form = ReopenForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_cycle(by=person_of(request), cycle=row, until=form.cleaned_data["until"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Units can send again."))
            return redirect(row)
    is_open = row.state == CycleState.OPEN
    heading = _("Leave the cycle open for longer") if is_open else _("Open the cycle again")
    return deed(request, row, form, heading, _("Save") if is_open else _("Open again"))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a unit's report back, with what it should mend."""
    report = get_object_or_404(UnitReport.objects.select_related("cycle__rule__gatherer", "unit"), pk=pk)
    row = report.cycle
    check_can_gather(person_of(request), row.rule, clock.today())
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_unit_report(by=person_of(request), report=report, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("%(unit)s has its report back, and mail says so.") % {"unit": report.unit.name}
            )
            return redirect(row)
    heading = _("Return the report of %(unit)s") % {"unit": report.unit.name}
    nothing = ""
    if request.method != "POST" and report.state != UnitReportState.SENT:
        nothing = _("Only a report that was sent can be returned.")
    explanation = _("The unit mends its report and sends it again. Until then its figures are not counted.")
    return deed(request, row, form, heading, _("Return"), explanation, nothing)


def deed(
    request: HttpRequest,
    row: Cycle,
    form: Any,
    heading: str,
    button: str,
    explanation: str = "",
    nothing: str = "",
) -> HttpResponse:
    """The page that asks before something is done with a cycle or one of its units."""
    context = {
        "about": row.name,
        "heading": heading,
        "explanation": explanation,
        "form": form,
        "button": button,
        "cancel_url": row.get_absolute_url(),
        "nothing": nothing,
    }
    status = 422 if form is not None and form.errors else 200
    return staff_page(
        request, "reports/gathering/deed.html", context, *cycle_crumbs(row, (request.path, heading)), status=status
    )  # fmt: skip
