"""A plan's work on its time, with what waits for what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.programme.models import Plan
from khuevan.programme.planning_lines import Planning
from khuevan.programme.planning_queries import planning_of
from khuevan.programme.presenters.gantt import Frame, gantt, tet_bands
from khuevan.programme.presenters.gantt_html import drawn_groups, table_rows
from khuevan.programme.presenters.timeline import (
    Axis,
    Stretch,
    axis_of,
    month_axis,
    month_name,
    quarter_axis,
    quarter_name,
)
from khuevan.programme.presenters.wording import day
from khuevan.programme.views.plan_pages import PlanPage, plan_page

# Above this many steps they are shown on demand: rows of tasks would be far between.
MOST_STEPS = 150
SCALES = {"quarter": quarter_axis, "month": month_axis}


@require_safe
def timeline(request: HttpRequest, plan: int) -> HttpResponse:
    """The Gantt chart of the plan: whole, or one quarter or month of it, and the same as a table."""
    page = plan_page(request, plan)
    planning = planning_of(page.plan, page.tasks().current())
    first, last = _span(page.plan, page.today)
    whole = axis_of(page.plan.period_first, page.plan.period_last, _days(planning), page.today)
    scale = request.GET.get("scale", "")
    axis = whole
    if scale in SCALES:
        axis = SCALES[scale](_day_in(whole, request.GET.get("at", ""), page.today))
    wish = request.GET.get("steps", "")
    with_steps = wish == "1" if wish in {"0", "1"} else len(planning.steps) <= MOST_STEPS
    shown = gantt(planning, Frame(axis, first, last, page.today), with_steps=with_steps)
    base = reverse("programme:task", args=[0]).removesuffix("0/")
    context = {
        "gantt": shown,
        "groups": drawn_groups(shown.groups, base),
        "table_rows": table_rows(shown.groups, base),
        "axis": axis,
        "today_line": _today_line(axis, page.today),
        "tet": tet_bands(axis),
        "tasks": len(planning.tasks),
        "steps": len(planning.steps),
        "with_steps": with_steps,
        "steps_url": _address(scale, axis, steps=not with_steps),
        **_navigation(page, scale, axis, whole, steps=wish),
    }
    return page.render("programme/planning/gantt.html", "timeline", context)


def _span(plan: Plan, today: date) -> tuple[date, date]:
    """The first and last day of the plan's work: from its signing where that lies within its period."""
    begun = plan.signed_date or plan.period_first or today.replace(month=1, day=1)
    first = plan.period_first or date(begun.year, 1, 1)
    last = plan.period_last or date(begun.year, 12, 31)
    return (begun if first <= begun <= last else first), last


def _days(planning: Planning) -> Iterator[date]:
    """Every day that the axis must hold."""
    for task in planning.tasks:
        yield from filter(None, (task.start_date, task.due_date))
        yield from (item.day for item in task.days if item.day is not None)
    for step in planning.steps:
        yield from filter(None, (step.start_date, step.due_date))


def _day_in(whole: Axis, wish: str, today: date) -> date:
    """The day in whose quarter or month one wants to look: as written, else today, within the plan's time."""
    try:
        wanted = date.fromisoformat(wish)
    except ValueError:
        wanted = today
    return min(max(wanted, whole.first), whole.last)


def _today_line(axis: Axis, today: date) -> Stretch | None:
    if not axis.holds(today):
        return None
    return Stretch(axis.line_before(today), axis.line_after(today), day(today))


def _navigation(page: PlanPage, scale: str, axis: Axis, whole: Axis, *, steps: str) -> dict[str, Any]:
    """The links to the scales, and within one to the stretch before and after, and to today's."""
    kept = steps == "1" if steps in {"0", "1"} else None
    around = page.today if axis.holds(page.today) or scale not in SCALES else axis.first
    year = whole.first.year == whole.last.year
    scales = [
        {"label": _("Whole year") if year else _("Whole period"), "code": ""},
        {"label": _("Quarter"), "code": "quarter"},
        {"label": _("Month"), "code": "month"},
    ]
    for item in scales:
        item["url"] = _address(item["code"], Axis(around, around), steps=kept)
    context: dict[str, Any] = {
        "scales": scales,
        "scale": scale if scale in SCALES else "",
        "stretch": f"{day(axis.first)} – {day(axis.last)}",
    }
    if scale in SCALES:
        before, after = axis.first - timedelta(days=1), axis.last + timedelta(days=1)
        name = quarter_name if scale == "quarter" else month_name
        context["stretch"] = name(axis.first)
        if before >= whole.first:
            context["before"] = {
                "label": name(before),
                "url": _address(scale, Axis(before, before), steps=kept),
            }
        if after <= whole.last:
            context["after"] = {"label": name(after), "url": _address(scale, Axis(after, after), steps=kept)}
        if whole.holds(page.today) and not axis.holds(page.today):
            context["now_url"] = _address(scale, Axis(page.today, page.today), steps=kept)
    return context


def _address(scale: str, axis: Axis, *, steps: bool | None) -> str:
    """The query of the page at a scale, from the first day of the axis; None leaves the steps to the page."""
    wishes: dict[str, str] = {}
    if scale in SCALES:
        wishes |= {"scale": scale, "at": axis.first.isoformat()}
    if steps is not None:
        wishes["steps"] = "1" if steps else "0"
    return f"?{urlencode(wishes)}"
