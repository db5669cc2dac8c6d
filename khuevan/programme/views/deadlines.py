"""Pages at which deadlines are set, of a task and of one unit's part, and the days that a rule would yield."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.plain.calendar.deadline_rules import DeadlineRule, rule_from_plain
from khuevan.plain.calendar.deadline_sentences import sentence
from khuevan.programme.actions import set_task_deadline, set_unit_deadline
from khuevan.programme.deadline_form import NONE, DeadlineForm
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
    form = DeadlineForm(
        sent(request),
        present=_rule(page.task.deadline_rule),
        initial={"start_date": page.task.start_date},
    )

    def deed() -> None:
        start = form.cleaned_data["start_date"]
        set_task_deadline(by=page.person, task=page.task, rule=form.rule, start_date=start)

    if _is_to_save(request) and carried_out(form, deed):
        return page.done(_("The deadline is set: %(rule)s.") % {"rule": _said(form)})
    days_url = reverse("programme:deadline_days", args=[pk])
    context = {"form": form, "plan_words": page.task.due_text, "days_url": days_url}
    return _render(page, form, _("Deadline of the task"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def unit_deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks by when one unit's part is due; on POST sets its own deadline, or gives it the task's again."""
    page, part = page_of_part(request, pk)
    check_can_order_work(page.person, page.today)
    if not is_in_force(part):
        return page.refused(
            ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": part.unit})
        )
    form = DeadlineForm(sent(request), present=_rule(part.deadline_rule), for_unit=True)

    def deed() -> None:
        set_unit_deadline(by=page.person, assignment=part, rule=form.rule)

    if _is_to_save(request) and carried_out(form, deed):
        return page.done(_("The unit's deadline is set."))
    context = {
        "form": form,
        "about": part,
        "task_rule": rule_in_words(page.task.deadline_rule) or _("none"),
        "days_url": reverse("programme:unit_deadline_days", args=[pk]),
    }
    return _render(page, form, _("Own deadline of a unit"), context)


@require_safe
@says_why
def days(request: HttpRequest, pk: int) -> JsonResponse:
    """The days of the rule that the form's fields make, as JSON: `sentence`, `days`, `remark`, or `errors`."""
    page = order_page(request, pk)
    check_can_order_work(page.person, page.today)
    form = DeadlineForm(request.GET, present=_rule(page.task.deadline_rule))
    return _days(page, form)


@require_safe
@says_why
def unit_days(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for one unit's part, which without a rule of its own has the task's."""
    page, part = page_of_part(request, pk)
    check_can_order_work(page.person, page.today)
    form = DeadlineForm(request.GET, present=_rule(part.deadline_rule), for_unit=True)
    return _days(page, form)


def _days(page: OrderPage, form: DeadlineForm) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"errors": {name: found[0] for name, found in form.errors.items()}})
    return JsonResponse(dataclasses.asdict(_preview(page, form)))


def _rule(plain: dict[str, Any] | None) -> DeadlineRule | None:
    return None if plain is None else rule_from_plain(plain)


def _is_to_save(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") != "preview"


def _render(page: OrderPage, form: DeadlineForm, heading: str, context: dict[str, object]) -> HttpResponse:
    shown = _preview(page, form) if form.is_bound and form.is_valid() else None
    if not form.is_bound and form.present is not None:
        shown = preview(form.present, *_time(page, page.task.start_date))
    return page.render("programme/orders/deadline.html", heading, {**context, "shown": shown})


def _preview(page: OrderPage, form: DeadlineForm) -> Preview:
    """The days of the rule that was picked; those of the task's where a part has none of its own."""
    of_unit = "start_date" not in form.fields
    start = page.task.start_date if of_unit else form.cleaned_data["start_date"]
    rule = form.rule or (_rule(page.task.deadline_rule) if of_unit else None)
    return preview(rule, *_time(page, start))


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
