"""The director's desk, and the same for the head of a unit; who may see it is decided in `desk_permissions`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.programme.desk_permissions import check_heads_a_unit, check_sees_the_directors_desk
from khuevan.programme.models import Plan
from khuevan.programme.permissions import headed_unit_ids
from khuevan.programme.presenters.directing import Group, bar_rows, grouped, trend_panels
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.standing_queries import Field, parts_of
from khuevan.programme.views.access import says_why
from khuevan.programme.views.desk_content import addresses
from khuevan.programme.views.directing_content import Directing, plan_title
from khuevan.programme.views.plan_pages import no_such_plan, person_of, staff_page

FIRST_UNITS = 12


@require_safe
@says_why
def directors_desk(request: HttpRequest) -> HttpResponse:
    """Every unit's work: red, amber, green by plan or section and by lead unit, the trend, what holds it up."""
    today = clock.today()
    check_sees_the_directors_desk(person_of(request), today)
    plans = list(Plan.objects.all())
    plan = chosen_plan(request, plans)
    desk = Directing(Field(plan=None if plan is None else plan.pk), today, "directors_list")
    return desk_page(request, desk, plans, plan, _("Director's desk"))


@require_safe
@says_why
def unit_desk(request: HttpRequest) -> HttpResponse:
    """The work of the units that the person heads, in the same form, counted by the units' parts in tasks."""
    person, today = person_of(request), clock.today()
    check_heads_a_unit(person, today)
    units = headed_unit_ids(person, today)
    plans = list(Plan.objects.filter(pk__in=parts_of(units).values("task__plan")))
    plan = chosen_plan(request, plans)
    desk = Directing(Field(units, None if plan is None else plan.pk), today, "unit_list")
    return desk_page(request, desk, plans, plan, _("Unit's desk"))


def chosen_plan(request: HttpRequest, plans: list[Plan]) -> Plan | None:
    """The plan that the address names, or the only one there is; None for all. Raises Http404 for others."""
    wanted = request.GET.get("plan", "")
    if wanted:
        found = next((plan for plan in plans if str(plan.pk) == wanted), None)
        if found is None:
            raise no_such_plan()
        return found
    return plans[0] if len(plans) == 1 else None


def desk_page(
    request: HttpRequest, desk: Directing, plans: list[Plan], plan: Plan | None, title: str
) -> HttpResponse:
    """The page of the desk in the staff frame."""
    where, weeks = addresses(), desk.trend() if plans else ()
    context: dict[str, Any] = {
        "title": title,
        "today_words": date_format(desk.today, "l, d/m/Y").lower(),
        "soon": written_day(desk.soon),
        "parts": desk.field.units is not None,
        "plans": [(one.pk, plan_title(one)) for one in plans],
        "plan": plan,
        "here": request.path,
        "unit_names": [unit.name for unit in desk.units.values()][:3] if desk.field.units else [],
    }
    if plans:
        by_work = desk.section_groups(plan) if plan else desk.plan_groups(plans, request.path)
        by_unit = desk.unit_groups()
        whole = request.GET.get("units") == "all"
        context |= {
            "lights": desk.lights(),
            "figures": desk.figures(),
            "by_work": chart(by_work),
            "by_unit": chart(by_unit[:FIRST_UNITS]),
            "unit_table": rows_of(by_unit if whole else by_unit[:FIRST_UNITS]),
            "unit_count": len(desk.units),
            "more_units": 0 if whole else max(0, len(by_unit) - FIRST_UNITS),
            "all_units_url": f"?{'plan=' + str(plan.pk) + '&' if plan else ''}units=all#units",
            "panels": trend_panels(weeks),
            "weeks": [
                (written_day(week.day), grouped(week.late), grouped(week.open), grouped(week.done))
                for week in reversed(weeks)
            ],
            "blockers": desk.blockers(where),
            "late_rows": desk.late_rows(where),
            "late_url": desk.list_url("qua-han"),
            "difficulties": desk.difficulty_rows(where),
            "difficulties_url": desk.list_url("kho-khan"),
        }
    return staff_page(request, "programme/desks/directing.html", context, (request.path, title))


def chart(groups: list[Group]) -> dict[str, Any]:
    """The groups as bars and as a table."""
    return {"bars": bar_rows(groups), "rows": rows_of(groups)}


def rows_of(groups: list[Group]) -> list[dict[str, Any]]:
    """The groups' numbers as a table writes them; nothing is a dash."""
    return [
        {
            "group": group,
            "numbers": [(code, grouped(count) if count else "–") for code, count in group.tally.parts()],
            "total": grouped(group.tally.total),
        }
        for group in groups
    ]
