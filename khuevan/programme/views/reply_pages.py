"""What the pages about reports share: the instalment that a person sees, its frame, the way back, pages of lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import AssignmentRole
from khuevan.programme.models import Instalment, Task
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.reply_queries import Part, part_seen, sight_once
from khuevan.programme.views.plan_pages import Crumb, person_of, plan_name, staff_page

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PartPage:
    """A request for a page about one instalment whose task its person may read."""

    request: HttpRequest
    person: User
    today: date
    sight: Sight
    part: Part

    @property
    def instalment(self) -> Instalment:
        """The instalment."""
        return self.part.instalment

    @property
    def url(self) -> str:
        """Where the instalment's own page stands."""
        return reverse("programme:instalment", args=[self.instalment.pk])

    @property
    def name(self) -> str:
        """The instalment in a word or two: its unit and its day, if it has one."""
        unit = self.instalment.assignment.unit
        return (
            f"{unit.short_name or short_title(unit.name, 40)} {written_day(self.instalment.due_date)}".strip()
        )

    def render(
        self, template: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
    ) -> HttpResponse:
        """The page in the staff frame, below plan and task."""
        assignment = self.instalment.assignment
        task = assignment.task
        own = [
            (reverse("programme:overview", args=[task.plan_id]), plan_name(task.plan)),
            (task.get_absolute_url(), task_name(task)),
            (self.url, self.name),
        ]
        frame = {
            "part": self.part,
            "instalment": self.instalment,
            "assignment": assignment,
            "task": task,
            "plan_name": plan_name(task.plan),
            "task_name": task_name(task),
            "title": short_title(task.text),
            "is_lead": assignment.role == AssignmentRole.LEAD,
            "today": self.today,
        }
        response = staff_page(self.request, template, {**frame, **context}, *own, *crumbs)
        response.status_code = status
        return response


def sight_at(request: HttpRequest) -> tuple[date, Sight]:
    """Today, and what the person signed in sees today."""
    today = clock.today()
    return today, sight_once(person_of(request), today)


def part_page(request: HttpRequest, instalment: int) -> PartPage:
    """The page of the instalment; raises Http404 where there is none whose task the person may read."""
    today, sight = sight_at(request)
    part = part_seen(sight, instalment)
    if part is None:
        raise nothing_here()
    return PartPage(request, person_of(request), today, sight, part)


def nothing_here() -> Http404:
    """What is raised for a number that is not there, or not for this person: both look the same."""
    return Http404(_("There is no such report, or it is not your unit's."))


def task_name(task: Task) -> str:
    """The task by its number in the plan, or by its place where an amended plan dropped it."""
    return _("Task %s") % (task.ref if task.dropped_in_id is not None else task.order + 1)


def way_back(request: HttpRequest, default: str) -> str:
    """The address that the page came from (`next`), if it is one of this installation; else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return default


def sheet_of(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """One page of a list: its `found` rows, `sheet`, the `count` of all, and `page_links` to the other pages.

    The count comes with the rows, in one query; a page beyond the end is the last.
    """
    wanted = request.GET.get("page", "")
    number = max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 7 else 1
    counted = rows.annotate(in_all=Window(Count("pk")))
    found = list(counted[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE])
    if not found and number > 1:
        number = max(Paginator(rows, ROWS_A_PAGE).num_pages, 1)
        found = list(counted[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE])
    sheet = Paginator(range(found[0].in_all if found else 0), ROWS_A_PAGE).get_page(number)
    wishes = request.GET.copy()

    def address(number: int | str) -> str:
        wishes["page"] = str(number)
        return f"?{wishes.urlencode()}"

    return {
        "found": found,
        "sheet": sheet,
        "count": sheet.paginator.count,
        "page_links": [
            {"number": number, "url": address(number)}
            for number in sheet.paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1)
        ],
    }
