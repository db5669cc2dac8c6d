"""The list of cycles, and the pages on which one is opened by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit
from khuevan.people.queries import roles_once, units_on
from khuevan.reports import actions
from khuevan.reports.choices import CycleState, UnitGroup
from khuevan.reports.forms.cycles import OpenCycleForm, OpenPeriodForm
from khuevan.reports.gathering_permissions import check_can_find_cycles
from khuevan.reports.models import ReportingRule
from khuevan.reports.presenters.cycle_rows import cycle_rows
from khuevan.reports.queries.cycle_lists import gatherable_rules, openable_periods, visible_cycles
from khuevan.reports.queries.standing import group_of
from khuevan.reports.views.frame import Crumb, add_errors, page_links, person_of, says_why, staff_page

ROWS_A_PAGE = 30
# Bodies that report nothing themselves.
_NO_REPORTERS = (UnitKind.CITY, UnitKind.GROUP, UnitKind.DISTRICT)


@require_safe
@says_why
def cycles(request: HttpRequest) -> HttpResponse:
    """The cycles that the person sees: open ones, closed ones, or all."""
    person, day = person_of(request), clock.today()
    check_can_find_cycles(person, day)
    found = visible_cycles(person, day)
    chosen = request.GET.get("state", CycleState.OPEN)
    if chosen in CycleState.values:
        found = found.filter(state=chosen)
    else:
        chosen = ""
    sheet = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rules = gatherable_rules(person, day)
    context = {
        "rows": cycle_rows(sheet.object_list, day),
        "sheet": sheet,
        "page_links": page_links(sheet, request.GET),
        "tabs": [
            {"label": label, "url": f"?state={code}", "chosen": code == chosen}
            for code, label in (
                (CycleState.OPEN.value, _("Open")),
                (CycleState.CLOSED.value, _("Closed")),
                ("", _("All")),
            )
        ],
        "chosen": chosen,
        "opens_periods": any(rule.frequency for rule in rules),
        "opens_others": any(not rule.frequency for rule in rules),
    }
    return staff_page(
        request, "reports/gathering/cycles.html", context, (request.path, _("Reporting cycles"))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def open_period(request: HttpRequest) -> HttpResponse:
    """Opens the cycle of a period by hand, before its time or after it."""
    rules = _rules_to_open(request, periodic=True)
    periods = openable_periods(rules, clock.today())
    form = OpenPeriodForm(request.POST or None, periods=periods)
    if request.method == "POST" and form.is_valid():
        one = form.chosen()
        try:
            cycle = actions.open_period(
                by=person_of(request), rule=one.rule, year=one.period.year, number=one.period.number
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The cycle is open: units find the report among theirs."))
            return redirect(cycle)
    context = {
        "form": form,
        "heading": _("Open a period by hand"),
        "explanation": _(
            "Periods open by themselves before their cut-off. Open one by hand where units are to begin earlier, or "
            "where its time has passed."
        ),
        "button": _("Open the cycle"),
        "cancel_url": reverse("reports:cycles"),
        "nothing": ""
        if periods
        else _("Every period of the past year and of the next months has its cycle."),
    }
    return _deed_page(request, "reports/gathering/deed.html", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def open_cycle(request: HttpRequest) -> HttpResponse:
    """Opens a thematic or ad-hoc report."""
    rules = _rules_to_open(request, periodic=False)
    units = list(units_on(clock.today()).exclude(kind__in=_NO_REPORTERS))
    form = OpenCycleForm(request.POST or None, rules=rules, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = actions.open_cycle(by=person_of(request), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The cycle is open: units find the report among theirs."))
            return redirect(cycle)
    context = {
        "form": form,
        "heading": _("Open a thematic or ad-hoc report"),
        "cancel_url": reverse("reports:cycles"),
        "groups": _unit_groups(units, request.POST.getlist("units")),
        "has_rules": bool(rules),
    }
    return _deed_page(request, "reports/gathering/open_cycle.html", context, form)


def _rules_to_open(request: HttpRequest, *, periodic: bool) -> list[ReportingRule]:
    """The rules of this sort that the person opens; raises PermissionDenied for whoever gathers nothing."""
    person, day = person_of(request), clock.today()
    rules = gatherable_rules(person, day)
    found = [rule for rule in rules if bool(rule.frequency) == periodic]
    # Whoever gathers a report of the other sort is told so on the page itself.
    if not rules and Role.PLANNING_OFFICER not in roles_once(person, day):
        raise PermissionDenied(
            _("Only planning officers and the division that gathers this report may do this.")
        )
    return found


def _unit_groups(units: list[Unit], chosen: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "label": group.label,
            "units": [
                {"unit": unit, "chosen": str(unit.pk) in chosen}
                for unit in units
                if group_of(unit.kind) == group
            ],
        }
        for group in UnitGroup
    ]


def _deed_page(request: HttpRequest, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
    crumbs: tuple[Crumb, ...] = (
        (reverse("reports:cycles"), _("Reporting cycles")),
        (request.path, context["heading"]),
    )
    return staff_page(request, template, context, *crumbs, status=422 if form.errors else 200)
