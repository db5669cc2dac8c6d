"""What every page of a plan needs: the person, what they see, the plan, and the frame around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.browse_queries import (
    Answers,
    Sight,
    answers_for_tasks,
    depth_among,
    filtered_tasks,
    section_lines_in_use,
    sight_of,
    task_lines,
)
from khuevan.programme.lines import TaskLine
from khuevan.programme.models import Plan, TaskQuerySet
from khuevan.programme.presenters.overview import section_choices, sections_below
from khuevan.programme.presenters.wording import section_title, short_title
from khuevan.programme.task_criteria import TaskCriteria
from khuevan.programme.task_filter import TaskFilterForm

Crumb = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A request for a page of one plan that its person may read."""

    request: HttpRequest
    today: date
    sight: Sight
    plan: Plan

    def tasks(self) -> TaskQuerySet:
        """The plan's tasks that the person may read, dropped ones among them."""
        return self.sight.tasks().filter(plan=self.plan)

    def render(self, template: str, tab: str, context: dict[str, Any], *crumbs: Crumb) -> HttpResponse:
        """The page in the staff frame; `tab` is the code of the tab that is open, empty for none."""
        own = (reverse("programme:overview", args=[self.plan.pk]), plan_name(self.plan))
        frame = {
            "plan": self.plan,
            "plan_facts": plan_facts(self.plan),
            "tabs": tabs(self.plan, tab, whole=self.sight.whole),
            "today": self.today,
            "whole": self.sight.whole,
            # Asked once: reversing an address for each of hundreds of tasks takes longer than their query.
            "task_base": reverse("programme:task", args=[0]).removesuffix("0/"),
        }
        return staff_page(self.request, template, {**frame, **context}, own, *crumbs)


def person_of(request: HttpRequest) -> User:
    """The person signed in; the staff frame lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def plan_page(request: HttpRequest, plan: int) -> PlanPage:
    """The page of the plan; raises Http404 where there is none that the person may read."""
    today, sight = sight_at(request)
    found = sight.plans().filter(pk=plan).first()
    if found is None:
        raise no_such_plan()
    return PlanPage(request, today, sight, found)


def sight_at(request: HttpRequest) -> tuple[date, Sight]:
    """Today, and what the person signed in sees today."""
    today = clock.today()
    return today, sight_of(person_of(request), today)


def no_such_plan() -> Http404:
    """What is raised for a plan that is not there, or not for this person: both look the same."""
    return Http404(_("There is no such plan, or none of its tasks is your unit's."))


def staff_page(request: HttpRequest, template: str, context: dict[str, Any], *crumbs: Crumb) -> HttpResponse:
    """The template in the staff frame below the programme's breadcrumb."""
    first = [(reverse("wagtailadmin_home"), _("Home")), (reverse("programme:index"), _("Programme"))]
    items = [{"url": url, "label": label} for url, label in (*first, *crumbs)]
    return render(request, template, {"breadcrumbs_items": items, "header_icon": "tasks", **context})


def plan_name(plan: Plan) -> str:
    """The plan in a word or two: its symbol, else its year, else its first words."""
    kind = plan.type or _("Plan")
    if plan.symbol:
        return f"{kind} {plan.symbol}"
    if plan.period_first is not None and plan.period_last is not None:
        first, last = plan.period_first.year, plan.period_last.year
        return f"{kind} {first}" if first == last else f"{kind} {first}–{last}"
    return short_title(plan.title, 60)


def plan_facts(plan: Plan) -> list[str]:
    """What stands above a plan's title: type with its symbol, day, body; what the file lacks is left out."""
    name = plan.type or _("Plan")
    if plan.symbol:
        name = f"{name} {_('No. %s') % plan.symbol}"
    signed = _("signed on %s") % f"{plan.signed_date:%d/%m/%Y}" if plan.signed_date else ""
    return [fact for fact in (name, signed, plan.issuer_name) if fact]


def tabs(plan: Plan, chosen: str, *, whole: bool) -> list[dict[str, Any]]:
    """The pages of a plan as tabs; the signed text only for those who read the plan whole."""
    pages = [
        ("overview", _("Overview")),
        ("units", _("By unit")),
        ("timeline", _("Progress (Gantt)")),
        ("plan_calendar", _("Calendar")),
        ("plan_board", _("Board")),
        ("tasks", _("List")),
        *([("source", _("Signed text"))] if whole else []),
    ]
    return [
        {"url": reverse(f"programme:{code}", args=[plan.pk]), "label": label, "chosen": code == chosen}
        for code, label in pages
    ]


@dataclass(frozen=True, slots=True)
class TaskList:
    """The list that an address asks for: its form, criteria, lines, and the titles of the plan's sections."""

    form: TaskFilterForm
    criteria: TaskCriteria
    lines: list[TaskLine]
    section_titles: dict[int, str]


def task_list(page: PlanPage, wishes: QueryDict) -> TaskList:
    """The tasks of the plan that the wishes select, for the screen and the exports alike. Three queries."""
    visible = page.tasks()
    sections, used = section_lines_in_use(page.plan, visible)
    # Of the whole plan: the units to choose from are those that have a part in it.
    answers = answers_for_tasks(task__plan=page.plan)
    form = TaskFilterForm(
        wishes, sections=section_choices(sections, used), units=unit_choices(answers, page.sight)
    )
    criteria = form.criteria()
    below = sections_below(sections, criteria.section) if criteria.section is not None else ()
    titles = {section.pk: section_title(section.label, section.heading) for section in sections}
    lines = task_lines(filtered_tasks(visible, criteria, below), answers)
    return TaskList(form, criteria, lines, titles)


def unit_choices(answers: Answers, sight: Sight) -> list[tuple[int, str]]:
    """The units for a select field: indented as in the tree, the abbreviation in brackets."""
    seen = [(unit, path) for unit, path in answers.units.values() if sight.sees_unit(unit.pk)]
    paths = [path for _unit, path in seen]
    return [
        (
            unit.pk,
            "\u00a0\u00a0\u00a0" * depth_among(path, paths)
            + unit.name
            + (f" ({unit.short_name})" if unit.short_name else ""),
        )
        for unit, path in seen
    ]
