"""What the pages at which work is ordered share: the task that a person sees, the frame, the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.people.models import User
from khuevan.programme.browse_queries import Sight
from khuevan.programme.models import Assignment, Task
from khuevan.programme.order_forms import take_errors
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.views.plan_pages import Crumb, person_of, plan_name, sight_at, staff_page


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A request for a page at which something of one task is ordered; its person reads the task."""

    request: HttpRequest
    person: User
    today: date
    sight: Sight
    task: Task

    @property
    def task_name(self) -> str:
        """The task by its number in the plan."""
        return _("Task %s") % (self.task.ref if self.task.dropped_in_id is not None else self.task.order + 1)

    def render(self, template: str, heading: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The page in the staff frame, below plan and task."""
        crumbs: list[Crumb] = [
            (reverse("programme:overview", args=[self.task.plan_id]), plan_name(self.task.plan)),
            (self.task.get_absolute_url(), self.task_name),
            ("", heading),
        ]
        frame = {
            "task": self.task,
            "task_name": self.task_name,
            "plan_name": plan_name(self.task.plan),
            "title": short_title(self.task.text),
            "heading": heading,
            "today": self.today,
        }
        response = staff_page(self.request, template, {**frame, **context}, *crumbs)
        response.status_code = status
        return response

    def done(self, message: str, part: str = "") -> HttpResponse:
        """Back to the task's page, which says what was done; `part` is the place on it."""
        messages.success(self.request, message)
        return redirect(f"{self.task.get_absolute_url()}{part}")

    def refused(self, error: ValidationError, part: str = "") -> HttpResponse:
        """Back to the task's page, which says why it was not done."""
        messages.error(self.request, " ".join(error.messages))
        return redirect(f"{self.task.get_absolute_url()}{part}")


def order_page(request: HttpRequest, task: int) -> OrderPage:
    """The page about the task; raises Http404 where there is none that the person reads."""
    today, sight = sight_at(request)
    found = sight.tasks().select_related("plan").filter(pk=task).first()
    if found is None:
        raise nothing_here()
    return OrderPage(request, person_of(request), today, sight, found)


def page_of_part(request: HttpRequest, assignment: int) -> tuple[OrderPage, Assignment]:
    """The page about one unit's part, and the part; raises Http404 where there is none that the person reads."""
    found = (
        Assignment.objects.filter(pk=assignment).select_related("unit", "task__plan").first()
    )  # fmt: skip
    if found is None:
        raise nothing_here()
    return order_page(request, found.task_id), found


def nothing_here() -> Http404:
    """What is raised for a number that is not there, or not for this person: both look the same."""
    return Http404(_("There is no such task, or it is not your unit's."))


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Whether the form is right and the deed was done; what it refuses stands beside the form's fields."""
    if not form.is_valid():
        return False
    try:
        deed()
    except ValidationError as error:
        take_errors(form, error)
        return False
    except ObjectDoesNotExist as error:
        # Taken away by somebody else while the form was open.
        raise nothing_here() from error
    return True
