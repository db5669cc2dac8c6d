"""Pages at which deadlines are set, of a task and of one unit's part, and the days that a rule would yield."""

from __future__ import annotations

import dataclasses
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.plain.calendar.deadline_rules import rule_from_plain
from khuevan.plain.calendar.deadline_sentences import sentence
from khuevan.programme.actions import set_task_deadline, set_unit_deadline
from khuevan.programme.deadline_form import NONE, DeadlineForm
from khuevan.programme.models import Task
from khuevan.programme.order_queries import is_in_force
from khuevan.programme.permissions import check_can_order_work
from khuevan.programme.presenters.deadline_preview import Preview, preview
from khuevan.programme.presenters.task_work import rule_in_words
from khuevan.programme.views.access import says_why
from khuevan.programme.views.order_pages import OrderPage, carried_out, order_page, page_of_part, sent


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def task_deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks by when the task is due; on POST sets the deadline, or shows its days."""
    page = order_page(request, pk)
    check_can_order_work(page.person, page.today)
    present = page.task.deadline_rule
    form = DeadlineForm(
        sent(request),
        present=None if present is None else rule_from_plain(present),
        initial={"start_date": page.task.start_date},
    )

    def deed() -> None:
        start = form.cleaned_data["start_date"]
        set_task_deadline(by=page.person, task=page.task, rule=form.rule, start_date=start)

    if _is_to_save(request) and carried_out(form, deed):
        return page.done(_("The deadline is set: %(rule)s.") % {"rule": _said(form)})
    context = {"form": form, "plan_words": page.task.due_text}
    return _render(page, form, _("Deadline of the task"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def unit_deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks by when one unit's part is due; on POST sets its own deadline, or gives it the task's again."""
    page, part = page_of_part(request, pk)
    check_can_order_work(page.person, page.today)
    if not is_in_force(part):
        return page.done(_("%(unit)s no longer answers for this task.") % {"unit": part.unit})
    form = DeadlineForm(
        sent(request),
        present=None if part.deadline_rule is None else rule_from_plain(part.deadline_rule),
        for_unit=True,
    )

    def deed() -> None:
        set_unit_deadline(by=page.person, assignment=part, rule=form.rule)

    if _is_to_save(request) and carried_out(form, deed):
        return page.done(_("The unit's deadline is set."))
    context = {
        "form": form,
        "about": part,
        "task_rule": rule_in_words(page.task.deadline_rule) or _("none"),
    }
    return _render(page, form, _("Own deadline of a unit"), context)


@require_safe
@says_why
def days(request: HttpRequest, pk: int) -> JsonResponse:
    """The days of the rule that the form's fields make, as JSON: `sentence`, `days`, `remark`, or `errors`."""
    page = order_page(request, pk)
    check_can_order_work(page.person, page.today)
    form = _picked(request, page.task)
    if not form.is_valid():
        return JsonResponse({"errors": {name: found[0] for name, found in form.errors.items()}})
    return JsonResponse(dataclasses.asdict(_preview(page, form)))


def _picked(request: HttpRequest, task: Task) -> DeadlineForm:
    """The form as it stands in the address."""
    present = None if task.deadline_rule is None else rule_from_plain(task.deadline_rule)
    return DeadlineForm(request.GET, present=present, for_unit="start_date" not in request.GET)


def _is_to_save(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") != "preview"


def _render(page: OrderPage, form: DeadlineForm, heading: str, context: dict[str, object]) -> HttpResponse:
    shown = _preview(page, form) if form.is_bound and form.is_valid() else None
    if not form.is_bound and form.present is not None:
        shown = preview(form.present, *_time(page, page.task.start_date))
    context |= {"shown": shown, "days_url": reverse("programme:deadline_days", args=[page.task.pk])}
    return page.render("programme/orders/deadline.html", heading, context)


def _preview(page: OrderPage, form: DeadlineForm) -> Preview:
    start = form.cleaned_data.get("start_date") or (
        None if "start_date" in form.fields else page.task.start_date
    )
    return preview(form.rule, *_time(page, start))


def _time(page: OrderPage, start: date | None) -> tuple[date, date | None]:
    """From which day the next days are asked for, and the last day of the plan's time."""
    plan = page.task.plan
    over = plan.period_last is not None and plan.period_last < page.today
    begin = plan.period_first if over and plan.period_first is not None else page.today
    return max(begin, start or begin), plan.period_last


def _said(form: DeadlineForm) -> str:
    if form.cleaned_data["kind"] == NONE or form.rule is None:
        return _("none")
    return sentence(form.rule)
