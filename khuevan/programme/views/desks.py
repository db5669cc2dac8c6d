"""My desk, and each of its blocks in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.work_lights import soon_until
from khuevan.programme.desk_queries import (
    Block,
    instalment_own_lines,
    keys_of_block,
    lines_of_keys,
    own_reported,
)
from khuevan.programme.gap_queries import (
    tasks_with_group_to_split,
    tasks_without_deadline,
    tasks_without_lead,
)
from khuevan.programme.matter_queries import Matter, matter_lines, matters
from khuevan.programme.permissions import check_can_order_work
from khuevan.programme.presenters.desk import DeskRow, matter_row
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.views.access import says_why
from khuevan.programme.views.desk_content import addresses, desk_content, own_rows
from khuevan.programme.views.desk_sheets import sheet_of
from khuevan.programme.views.plan_pages import person_of, plan_name, staff_page

BLOCK_OF_SLUG = {
    "hom-nay": Block.TODAY,
    "qua-han": Block.LATE,
    "sap-toi": Block.LATER,
    "chua-co-han": Block.UNDATED,
}
GAPS_OF_SLUG: dict[str, Callable[[], QuerySet[Any]]] = {
    "chua-co-chu-tri": tasks_without_lead,
    "chua-tach-nhom": tasks_with_group_to_split,
    "chua-dat-han": tasks_without_deadline,
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the person has to do today, what waits for them, what is late."""
    content = desk_content(person_of(request), clock.today())
    here = (request.path, _("My desk"))
    return staff_page(request, "programme/desks/desk.html", {"desk": content, "level": 2}, here)


@require_safe
@says_why
def desk_list(request: HttpRequest, which: str) -> HttpResponse:
    """One block of the desk in full, fifty lines a page."""
    person, today = person_of(request), clock.today()
    titles = list_titles()
    if which not in titles:
        raise Http404(_("There is no such list."))
    if which in GAPS_OF_SLUG:
        check_can_order_work(person, today)
        context = gap_sheet(request, which)
    else:
        context = own_sheet(request, person, today, which)
    title = titles[which]
    context["title"] = title
    crumbs = ((reverse("programme:desk"), _("My desk")), (request.path, title))
    return staff_page(request, "programme/desks/desk_list.html", context, *crumbs)


def list_titles() -> dict[str, str]:
    """The lists by the word in their address."""
    return {
        "hom-nay": _("To do today"),
        "qua-han": _("Late"),
        "sap-toi": _("Due later"),
        "chua-co-han": _("Without a deadline"),
        "da-bao-cao": _("Reported, waiting to be accepted"),
        "cho-tra-loi": _("Difficulties to answer"),
        "chua-co-chu-tri": _("Tasks without a lead unit"),
        "chua-tach-nhom": _("Tasks with a group to split"),
        "chua-dat-han": _("Tasks without a deadline"),
    }


def own_sheet(request: HttpRequest, person: User, today: date, which: str) -> dict[str, Any]:
    """One page of the person's own work, of what the units reported, or of the difficulties to answer."""
    if which == "cho-tra-loi":
        context = sheet_of(request, matters(person, today).filter(matter=Matter.ANSWER))
        lines, where = matter_lines(context["sheet"].object_list), addresses(request.get_full_path())
        context["rows"] = [matter_row(line, Matter.ANSWER, today, where) for line, _more in lines]
        return context
    if which == "da-bao-cao":
        context = sheet_of(request, own_reported(person, today))
        found = [line for line, _more in instalment_own_lines(context["sheet"].object_list)]
    else:
        soon = soon_until(today, vietnamese_working_calendar())
        keys: Any = keys_of_block(person, today, soon, BLOCK_OF_SLUG[which])
        context = sheet_of(request, keys)
        found = lines_of_keys(person, today, soon, context["sheet"].object_list)
    context["rows"] = own_rows(person, found, today)
    return context


def gap_sheet(request: HttpRequest, which: str) -> dict[str, Any]:
    """One page of the tasks that lack something."""
    context = sheet_of(request, GAPS_OF_SLUG[which]().select_related("plan"))
    where = addresses()
    context["rows"] = [
        DeskRow(
            title=short_title(task.text, 120),
            about=(_("Task %s") % (task.order + 1), plan_name(task.plan)),
            due="",
            sign=None,
            note="",
            button=_("Open the task"),
            url=where.task(task.pk),
        )
        for task in context["sheet"].object_list
    ]
    return context
