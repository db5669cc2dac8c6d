"""Pages at which a task is split into steps, and its steps are moved."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.programme.actions import add_step, edit_step, move_step, remove_step
from khuevan.programme.choices import StepState
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Assignment, Step
from khuevan.programme.order_forms import StepForm
from khuevan.programme.order_permissions import check_can_move_step
from khuevan.programme.permissions import check_can_split, lead_unit_id
from khuevan.programme.presenters.task_steps import StepRights, step_items
from khuevan.programme.task_queries import steps_of_task
from khuevan.programme.views.access import says_why
from khuevan.programme.views.order_pages import OrderPage, carried_out, nothing_here, order_page, sent

# Where the steps stand on the task's page.
STEPS = "#buoc"


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a new step of the task; on POST adds it."""
    page = _page(request, pk)
    steps = steps_of_task(page.task)
    # Most steps follow the one before; who adds several does not choose it again each time.
    last = [str(steps[-1].pk)] if steps else []
    form = StepForm(sent(request), units=_units(page), steps=steps, initial={"after": last})

    def deed() -> None:
        add_step(by=page.person, task=page.task, after=_chosen(form), **form.step_values())

    if request.method == "POST" and carried_out(form, deed):
        message = _("The step “%(step)s” is added.") % {"step": form.cleaned_data["title"]}
        if request.POST.get("do") == "more":
            page.done(message)
            return redirect("programme:step_add", pk)
        return page.done(message, STEPS)
    context = {
        "form": form,
        "steps": steps,
        "explanation": _("A step can start only when the steps before it are done."),
        "button": _("Add the step"),
        "more": True,
    }
    return page.render("programme/orders/step.html", _("Add a step"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the step's words, days and order; on POST keeps them."""
    step = _step(pk)
    page = _page(request, step.task_id)
    steps = steps_of_task(page.task)
    line = next((one for one in steps if one.pk == pk), None)
    if line is None:
        raise nothing_here()
    if line.state == StepState.DONE:
        return page.refused(
            ValidationError(_("A step that is done stays: it is part of what happened.")), STEPS
        )
    initial = {
        "title": line.title,
        "unit": line.unit.pk,
        "start_date": line.start_date,
        "due_date": line.due_date,
        "after": [str(key) for key in line.before],
    }
    others = [one for one in steps if one.pk != pk]
    form = StepForm(sent(request), units=_units(page), steps=others, initial=initial)

    def deed() -> None:
        edit_step(by=page.person, step=step, after=_chosen(form), **form.step_values())

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The step is changed."), STEPS)
    context = {
        "form": form,
        "steps": others,
        "explanation": _("A step can start only when the steps before it are done."),
        "button": _("Keep the changes"),
        "remove_url": reverse("programme:step_remove", args=[pk]),
    }
    return page.render("programme/orders/step.html", _("Edit the step"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether the step shall go; on POST removes it."""
    step = _step(pk)
    page = _page(request, step.task_id)
    if request.method == "POST":
        try:
            remove_step(by=page.person, step=step)
        except ValidationError as error:
            return page.refused(error, STEPS)
        return page.done(_("The step “%(step)s” is removed.") % {"step": step.title}, STEPS)
    context: dict[str, Any] = {
        "explanation": _(
            "What came after it comes after what came before it. The history keeps that it was there."
        ),
        "quoted": step.title,
        "button": _("Remove the step"),
        "destroys": True,
        "cancel_url": f"{page.task.get_absolute_url()}{STEPS}",
    }
    return page.render("programme/orders/form.html", _("Remove the step"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows where the step may go from here; on POST moves it."""
    step = _step(pk)
    page = order_page(request, step.task_id)
    check_can_move_step(page.person, step, page.today)
    state = request.POST.get("state", "")
    if request.method == "POST" and state in StepState.values:
        try:
            move_step(by=page.person, step=step, state=state)
        except ValidationError as error:
            return page.refused(error, STEPS)
        return page.done(_moved(step, state), STEPS)
    lead = lead_unit_id(page.task)
    answering = frozenset(Assignment.objects.current().filter(task=page.task).values_list("unit", flat=True))
    # The person may move this step, which was asked above.
    rights = StepRights(split=True, own=frozenset(), answering=answering, has_lead=lead is not None)
    items = step_items(steps_of_task(page.task), rights, page.today)
    item = next((one for one in items if one.pk == pk), None)
    if item is None:
        raise nothing_here()
    return page.render("programme/orders/move.html", _("Move the step"), {"step": item})


def _moved(step: Step, state: str) -> str:
    said = {
        StepState.TODO: _("The step “%(step)s” is put back."),
        StepState.DOING: _("The step “%(step)s” has begun."),
        StepState.DONE: _("The step “%(step)s” is done."),
    }
    return said[StepState(state)] % {"step": step.title}


def _page(request: HttpRequest, task: int) -> OrderPage:
    """The page of a task that the person may split; raises Http404 or PermissionDenied."""
    page = order_page(request, task)
    check_can_split(page.person, lead_unit_id(page.task), page.today)
    return page


def _step(pk: int) -> Step:
    found = Step.objects.select_related("task").filter(pk=pk).first()
    if found is None:
        raise nothing_here()
    return found


def _units(page: OrderPage) -> list[UnitName]:
    """The units that answer for the task, the lead first."""
    rows = Assignment.objects.current().filter(task=page.task).order_by("role", "unit__path")
    return [
        UnitName(*row) for row in rows.values_list("unit", "unit__name", "unit__short_name", "unit__valid_to")
    ]


def _chosen(form: StepForm) -> list[Step]:
    return list(Step.objects.filter(pk__in=form.cleaned_data["after"]))
