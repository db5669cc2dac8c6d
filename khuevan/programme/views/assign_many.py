"""Lead and supporting units for many tasks at once: the tasks of a plan that nobody leads yet, a row each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from khuevan.people.models import Unit
from khuevan.programme.actions import assign_units
from khuevan.programme.browse_queries import answers_for_tasks
from khuevan.programme.order_choices import Groups, unit_groups
from khuevan.programme.permissions import check_can_order_work
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.views.access import says_why
from khuevan.programme.views.plan_pages import PlanPage, person_of, plan_page

# Each row offers every unit twice: more rows would make a page that no browser likes.
ROWS_A_PAGE = 20
SELECTED = SafeString(" selected")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one task, and what is wrong with it by field (`lead`, `supports`, empty for the whole)."""

    lead: str = ""
    supports: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not self.lead and not self.supports


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def assign_many(request: HttpRequest, plan: int) -> HttpResponse:
    """The tasks of the plan without a lead, with units to choose; on POST each row is assigned by itself."""
    page = plan_page(request, plan)
    check_can_order_work(person_of(request), page.today)
    groups = unit_groups(page.today)
    if request.method == "POST":
        wrong, saved = _carry_out(page, groups)
        if saved:
            messages.success(
                request,
                ngettext("%(count)s task has its units now.", "%(count)s tasks have their units now.", saved)
                % {"count": saved},
            )
        if not wrong:
            if not saved:
                messages.warning(request, _("Nothing was chosen, so nothing was assigned."))
            return redirect(request.get_full_path())
        return _render(page, groups, wrong)
    return _render(page, groups, {})


def _carry_out(page: PlanPage, groups: Groups) -> tuple[dict[int, Choice], int]:
    """The rows that could not be assigned, by the task's key, and how many could."""
    data = page.request.POST
    offered = {str(key) for _label, choices in groups for key, _name in choices}
    units = Unit.objects.in_bulk(_chosen_keys(page.request, offered))
    wrong: dict[int, Choice] = {}
    saved = 0
    keys = [int(key) for key in data.getlist("task") if key.isdecimal() and len(key) < 18]
    for task in page.tasks().current().filter(pk__in=keys):
        chosen = Choice(data.get(f"lead-{task.pk}", ""), tuple(data.getlist(f"supports-{task.pk}")))
        if chosen.is_empty:
            continue
        if not {*chosen.supports, chosen.lead} - {""} <= offered:
            wrong[task.pk] = Choice(chosen.lead, chosen.supports, {"": _("Choose a unit of the register.")})
            continue
        try:
            assign_units(
                by=person_of(page.request),
                task=task,
                lead=units[int(chosen.lead)] if chosen.lead else None,
                supports=[units[int(key)] for key in chosen.supports],
            )
        except ValidationError as error:
            wrong[task.pk] = Choice(chosen.lead, chosen.supports, _by_field(error))
        else:
            saved += 1
    return wrong, saved


def _chosen_keys(request: HttpRequest, offered: Collection[str]) -> set[int]:
    """The keys of all units chosen on the page."""
    chosen = {
        key
        for name, keys in request.POST.lists()
        if name.startswith(("lead-", "supports-"))
        for key in keys
        if isinstance(key, str)
    }
    return {int(key) for key in chosen if key in offered}


def _by_field(error: ValidationError) -> dict[str, str]:
    if not hasattr(error, "error_dict"):
        return {"": " ".join(error.messages)}
    known = ("lead", "supports")
    return {
        name if name in known else "": " ".join(found) for name, found in error.message_dict.items()
    }  # fmt: skip


def _render(page: PlanPage, groups: Groups, wrong: dict[int, Choice]) -> HttpResponse:
    """The page with its rows; those with errors keep what was chosen, and stand first."""
    waiting = page.tasks().current().without_lead().order_by("order")
    paginator = Paginator(waiting, ROWS_A_PAGE)
    sheet = paginator.get_page(page.request.GET.get("page"))
    tasks = [
        *page.tasks().filter(pk__in=wrong),
        *(task for task in sheet.object_list if task.pk not in wrong),
    ]
    answers = answers_for_tasks(task__in=[task.pk for task in tasks])
    plain = options(groups)
    rows: list[dict[str, Any]] = [
        {
            "task": task,
            "number": task.order + 1,
            "title": short_title(task.text, 130),
            "more": len(task.text) > 150,
            "named": "; ".join(task.lead_names or ()),
            "present": "; ".join(unit.name for unit in answers.supports.get(task.pk, ())),
            "errors": wrong[task.pk].errors if task.pk in wrong else {},
            "row_error": wrong[task.pk].errors.get("") if task.pk in wrong else "",
            "lead_options": options(groups, {wrong[task.pk].lead}) if task.pk in wrong else plain,
            "support_options": options(groups, wrong[task.pk].supports) if task.pk in wrong else plain,
            "chosen_supports": len(wrong[task.pk].supports) if task.pk in wrong else 0,
        }
        for task in tasks
    ]
    context = {
        "rows": rows,
        "sheet": sheet,
        "count": paginator.count,
        "has_errors": bool(wrong),
        "own_url": page.request.get_full_path(),
        "page_links": [
            {"number": number, "url": f"?page={number}"}
            for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1)
        ],
    }
    crumb = (reverse("programme:assign_many", args=[page.plan.pk]), _("Assign units"))
    return page.render("programme/orders/assign_many.html", "", context, crumb)


def options(groups: Groups, chosen: Collection[str] = ()) -> SafeString:
    """The options of a select field, made once for all rows: a template would take longer than the database."""
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (
                label,
                format_html_join(
                    "",
                    '<option value="{}"{}>{}</option>',
                    ((key, SELECTED if str(key) in chosen else "", name) for key, name in choices),
                ),
            )
            for label, choices in groups
        ),
    )
