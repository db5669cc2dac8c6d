"""The programme to look at: a plan whole, by unit, and as a list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.programme.browse_queries import (
    duty_lines,
    newest_version,
    section_lines,
    sight_of,
    task_lines,
    unit_lines,
)
from khuevan.programme.choices import DutyRole
from khuevan.programme.models import Duty
from khuevan.programme.permissions import can_import, can_order_work
from khuevan.programme.presenters.overview import figures, section_blocks, task_card
from khuevan.programme.presenters.task_table import columns, rows
from khuevan.programme.presenters.wording import recurrence_label, short_title
from khuevan.programme.views.plan_pages import (
    PlanPage,
    no_such_plan,
    person_of,
    plan_page,
    sight_at,
    staff_page,
    task_list,
)

TASKS_A_PAGE = 50
LIST_TITLE = 150


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The one plan that the person reads, the list where there are several, or how to begin."""
    person, today = person_of(request), clock.today()
    plans = list(sight_of(person, today).plans())
    if len(plans) == 1:
        return redirect(plans[0])
    return staff_page(
        request, "programme/index.html", {"plans": plans, "may_import": can_import(person, today)}
    )


@require_safe
def overview(request: HttpRequest, plan: int) -> HttpResponse:
    """The plan by its own sections, with its figures, legal bases and recipients."""
    today, sight = sight_at(request)
    newest = newest_version(sight, plan)
    if newest is None:
        raise no_such_plan()
    page = PlanPage(request, today, sight, newest.version.plan)
    lines = task_lines(page.tasks().current().order_by("order"))
    context = {
        "figures": figures(lines),
        "may_assign": can_order_work(person_of(request), today),
        "blocks": section_blocks(section_lines(page.plan), lines),
        "version": newest.version,
        # A unit's officer is shown tasks of the unit; who else got the document is not part of those.
        "legal_bases": newest.legal_bases if sight.whole else [],
        "recipients": newest.recipients if sight.whole else [],
    }
    return page.render("programme/overview.html", "overview", context)


@require_safe
def units(request: HttpRequest, plan: int) -> HttpResponse:
    """The units that the plan gives work, with how much of it is theirs."""
    page = plan_page(request, plan)
    lines = unit_lines(page.plan, page.sight.units)
    without_lead = page.tasks().current().without_lead().count()
    return page.render("programme/units.html", "units", {"lines": lines, "without_lead": without_lead})


@require_safe
def unit(request: HttpRequest, plan: int, unit: int) -> HttpResponse:
    """One unit's part of the plan: its duties in the plan's words, the tasks that it leads and supports."""
    page = plan_page(request, plan)
    lines = task_lines(page.tasks().current().of_units({unit}).order_by("order"))
    duties = duty_lines(Duty.objects.current().filter(plan=page.plan, unit=unit))
    named = {other.pk: other for line in lines for other in (line.lead, *line.supports) if other is not None}
    named |= {duty.unit.pk: duty.unit for duty in duties}
    if unit not in named or not page.sight.sees_unit(unit):
        raise Http404(_("There is no such unit in the plan, or it is not yours."))
    found = named[unit]
    cards = {line.pk: task_card(line) for line in lines}
    context = {
        "unit": found,
        "duties": [
            {
                "line": duty,
                "role": DutyRole(duty.role).label,
                "recurrence": recurrence_label(duty.recurrence),
                "cards": [cards[task] for task in duty.tasks if task in cards],
            }
            for duty in duties
        ],
        "led": [card for card in cards.values() if card.task.lead and card.task.lead.pk == unit],
        "supported": [
            card for card in cards.values() if any(other.pk == unit for other in card.task.supports)
        ],
    }
    crumbs = (
        (reverse("programme:units", args=[plan]), _("By unit")),
        (request.path, found.short_name or short_title(found.name, 50)),
    )
    return page.render("programme/unit.html", "units", context, *crumbs)


@require_safe
def tasks(request: HttpRequest, plan: int) -> HttpResponse:
    """The plan's tasks as a table to filter, sort and take along."""
    page = plan_page(request, plan)
    found = task_list(page, request.GET)
    paginator = Paginator(found.lines, TASKS_A_PAGE)
    sheet = paginator.get_page(request.GET.get("page"))
    lines = list(sheet.object_list)
    shown = columns(found.criteria.columns)
    # The file has the whole texts; on the screen a long heading would stand in every row.
    titles = {key: short_title(title, 60) for key, title in found.section_titles.items()}
    cells = rows(lines, found.criteria.columns, titles)
    context = {
        "form": found.form,
        "criteria": found.criteria,
        "columns": [
            {"column": column, **_sorting(request, column.sort, found.criteria.sort)} for column in shown
        ],
        "rows": [
            {
                "task": line,
                "title": short_title(line.text, LIST_TITLE),
                "cells": list(zip(shown, values, strict=True)),
            }
            for line, values in zip(lines, cells, strict=True)
        ],
        "sheet": sheet,
        "count": paginator.count,
        "page_links": [
            {"number": number, "url": _with(request, page=number)}
            for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1)
        ],
        "csv_url": f"{reverse('programme:tasks_csv', args=[plan])}?{_wishes(request)}",
        "xlsx_url": f"{reverse('programme:tasks_xlsx', args=[plan])}?{_wishes(request)}",
        "list_url": request.path,
    }
    return page.render("programme/list.html", "tasks", context)


def _wishes(request: HttpRequest) -> str:
    """The address's filters without the page, to carry on."""
    wishes = request.GET.copy()
    wishes.pop("page", None)
    return wishes.urlencode()


def _with(request: HttpRequest, **changes: Any) -> str:
    """The address with some filters changed."""
    wishes = request.GET.copy()
    for name, value in changes.items():
        wishes[name] = str(value)
    return f"?{wishes.urlencode()}"


def _sorting(request: HttpRequest, field: str, current: str) -> dict[str, str]:
    """The link that sorts by a column, and what aria-sort says of it; empty where it cannot be sorted by."""
    if not field:
        return {"url": "", "direction": ""}
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "")
    wishes = request.GET.copy()
    wishes.pop("page", None)
    wishes["sort"] = f"-{field}" if direction == "ascending" else field
    return {"url": f"?{wishes.urlencode()}", "direction": direction}
