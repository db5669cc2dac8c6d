"""Pages at which work is assigned, given to another unit, ended, split among a group, and put in order."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from khuevan.core.search import search_folded
from khuevan.people.choices import UnitKind
from khuevan.programme.actions import (
    assign_unit,
    end_assignment,
    put_after,
    reassign,
    release,
    split_group,
)
from khuevan.programme.choices import AssignmentRole
from khuevan.programme.models import Assignment, Task, TaskPrecedence
from khuevan.programme.order_choices import unit_groups
from khuevan.programme.order_forms import AssignForm, EndForm, PrecedenceForm, ReassignForm
from khuevan.programme.order_queries import is_in_force, units_of_group
from khuevan.programme.permissions import check_can_order_work
from khuevan.programme.presenters.task_work import other_tasks
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.task_queries import task_on_its_page
from khuevan.programme.views.access import says_why
from khuevan.programme.views.order_pages import (
    OrderPage,
    carried_out,
    nothing_here,
    order_page,
    page_of_part,
    sent,
)
from khuevan.programme.views.plan_pages import plan_name

# As many tasks as one looks through; words find the rest.
MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks which unit answers for the task, and as what; on POST assigns it."""
    page = order_page(request, pk)
    check_can_order_work(page.person, page.today)
    rows = dict(Assignment.objects.current().filter(task=page.task).values_list("unit", "role"))
    has_lead = AssignmentRole.LEAD in rows.values()
    # Where nobody leads, a unit that supports may come to lead.
    groups = unit_groups(page.today, without=rows if has_lead else ())
    form = AssignForm(
        sent(request),
        groups=groups,
        has_lead=has_lead,
        initial={"role": request.GET.get("role") or AssignmentRole.LEAD, "unit": request.GET.get("unit")},
    )

    def deed() -> None:
        unit = form.cleaned_data["unit"]
        assign_unit(by=page.person, task=page.task, unit=unit, role=form.role_chosen())

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("%(unit)s answers for the task now.") % {"unit": form.cleaned_data["unit"]})
    explanation = (
        _(
            "The unit supports the lead with a part of its own, and reports for it. It owes reports from today."
        )
        if has_lead
        else _(
            "The lead answers for the whole task; a supporting unit reports for its own part. Both from today."
        )
    )
    context = {"form": form, "explanation": explanation, "button": _("Assign")}
    return page.render("programme/orders/form.html", _("Assign a unit"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def give_to_another(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks which unit takes the work over, and why; on POST gives it."""
    page, part = page_of_part(request, pk)
    check_can_order_work(page.person, page.today)
    if not is_in_force(part):
        return page.refused(_gone(part))
    leads = part.role == AssignmentRole.LEAD
    present = Assignment.objects.current().filter(task=page.task).values_list("unit", flat=True)
    # A unit that supports may take the lead over; nobody can support twice.
    without = [part.unit_id] if leads else list(present)
    form = ReassignForm(sent(request), day=page.today, without=without)

    def deed() -> None:
        values = form.cleaned_data
        reassign(by=page.person, assignment=part, unit=values["unit"], reason=values["reason"])

    if request.method == "POST" and carried_out(form, deed):
        said = {"unit": form.cleaned_data["unit"], "former": part.unit}
        return page.done(_("%(unit)s has the work of %(former)s now.") % said)
    context = {
        "form": form,
        "about": part,
        "explanation": _(
            "What the unit still owes, the other one owes from now on, by the same deadlines; its unfinished steps "
            "go along. What it has reported as done stays where it is. A draft that it has not sent is removed."
        ),
        "button": _("Give the work"),
    }
    return page.render("programme/orders/form.html", _("Give to another unit"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why a supporting unit no longer answers; on POST ends its part."""
    page, part = page_of_part(request, pk)
    check_can_order_work(page.person, page.today)
    if not is_in_force(part):
        return page.refused(_gone(part))
    if part.role == AssignmentRole.LEAD:
        return redirect("programme:reassign", pk)
    form = EndForm(sent(request))

    def deed() -> None:
        end_assignment(by=page.person, assignment=part, reason=form.cleaned_data["reason"])

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("%(unit)s no longer answers for the task.") % {"unit": part.unit})
    context = {
        "form": form,
        "about": part,
        "explanation": _(
            "Nothing more is asked of the unit here. What it has reported stays readable; its unfinished steps go "
            "to the lead, and a draft that it has not sent is removed."
        ),
        "button": _("End its part"),
        "destroys": True,
    }
    return page.render("programme/orders/form.html", _("End a unit's part"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows which units a group stands for; on POST gives each of them its part."""
    page, part = page_of_part(request, pk)
    check_can_order_work(page.person, page.today)
    if not is_in_force(part):
        return page.refused(_gone(part))
    if part.unit.kind != UnitKind.GROUP or part.role != AssignmentRole.SUPPORT:
        raise nothing_here()
    if request.method == "POST":
        try:
            made = split_group(by=page.person, assignment=part)
        except ValidationError as error:
            return page.refused(error)
        said = ngettext(
            "%(count)s unit answers for its own part now.",
            "%(count)s units answer for their own part now.",
            len(made),
        )
        return page.done(said % {"count": len(made)})
    answering = set(
        Assignment.objects.current().filter(task=page.task).values_list("unit", flat=True)
    )  # fmt: skip
    units = [
        {"unit": unit, "answers": unit.pk in answering} for unit in units_of_group(part.unit, page.today)
    ]
    context = {
        "about": part,
        "units": units,
        "new": sum(not unit["answers"] for unit in units),
        "button": _("Split"),
    }
    return page.render("programme/orders/split.html", _("Split among its units"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """What the task waits for, and other tasks to find by their words; on POST it waits for one more."""
    page = order_page(request, pk)
    check_can_order_work(page.person, page.today)
    words = (request.POST.get("q") or request.GET.get("q") or "").strip()[:200]
    found = _tasks_to_wait_for(page, words)
    chosen = request.method == "POST" and "before" in request.POST
    form = PrecedenceForm(request.POST if chosen else None, tasks=[(task.pk, task.text) for task in found])

    def deed() -> None:
        before = page.sight.tasks().filter(pk=form.cleaned_data["before"]).first()
        if before is None:
            raise nothing_here()
        put_after(by=page.person, before=before, after=page.task)

    if chosen and carried_out(form, deed):
        return page.done(_("The task waits for the other one now."))
    if request.method == "POST" and not chosen:
        # The button was pressed with no task chosen.
        form = PrecedenceForm({}, tasks=[])
    there = task_on_its_page(page.sight, pk)
    context = {
        "form": form,
        "words": words,
        "found": [_found(page, task) for task in found],
        "more": len(found) == MOST_FOUND,
        "waits_for": other_tasks(there.waits_for if there else (), page.task.plan_id),
    }
    return page.render("programme/orders/order.html", _("What the task waits for"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether the task shall no longer wait for the other; on POST takes the order away."""
    row = TaskPrecedence.objects.select_related("before").filter(pk=pk).first()
    if row is None:
        raise nothing_here()
    page = order_page(request, row.after_id)
    check_can_order_work(page.person, page.today)
    if request.method == "POST":
        release(by=page.person, precedence=row)
        return page.done(_("The task no longer waits for the other one."))
    context = {
        "explanation": _("The task no longer waits for this one:"),
        "quoted": short_title(row.before.text),
        "button": _("Take it away"),
        "cancel_url": reverse("programme:task_order", args=[row.after_id]),
    }
    return page.render("programme/orders/form.html", _("No longer wait"), context)


def _gone(part: Assignment) -> ValidationError:
    return ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": part.unit})


def _tasks_to_wait_for(page: OrderPage, words: str) -> list[Task]:
    """Tasks in force that the words find in all plans; without words those around this one in its own."""
    tasks: QuerySet[Task] = page.sight.tasks().current().exclude(pk=page.task.pk)
    tasks = tasks.exclude(followers__after=page.task)
    if words:
        tasks = search_folded(tasks, words)
    else:
        tasks = tasks.filter(plan=page.task.plan_id, order__gte=page.task.order - MOST_FOUND // 2)
    return list(tasks.select_related("plan").order_by("-plan__period_first", "plan", "order")[:MOST_FOUND])


def _found(page: OrderPage, task: Task) -> dict[str, Any]:
    return {
        "pk": task.pk,
        "number": task.order + 1,
        "title": short_title(task.text),
        "plan": "" if task.plan_id == page.task.plan_id else plan_name(task.plan),
    }
