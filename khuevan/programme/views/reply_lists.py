"""Two lists across all plans: reports that wait to be accepted, and difficulties."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.programme.permissions import can_answer_difficulty
from khuevan.programme.presenters.replies import difficulty_item
from khuevan.programme.presenters.states import due_in_words
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.reply_forms import DifficultyFilterForm
from khuevan.programme.reply_permissions import check_can_judge_anything
from khuevan.programme.reply_queries import difficulties_seen, units_and_plans_with_difficulties, waiting_for
from khuevan.programme.views.access import says_why
from khuevan.programme.views.plan_pages import person_of, plan_name, staff_page
from khuevan.programme.views.reply_pages import sheet_of, sight_at, task_name

TITLE = 120


@require_safe
@says_why
def to_judge(request: HttpRequest) -> HttpResponse:
    """The reports of completion that wait for this person, the longest waiting first."""
    person, (today, _sight) = person_of(request), sight_at(request)
    check_can_judge_anything(person, today)
    context = sheet_of(request, waiting_for(person, today))
    context["rows"] = [
        {
            "reply": reply,
            "assignment": (assignment := reply.instalment.assignment),
            "title": short_title(assignment.task.text, TITLE),
            "task_name": task_name(assignment.task),
            "plan_name": plan_name(assignment.task.plan),
            "due": due_in_words(reply.instalment.due_date, today),
        }
        for reply in context["found"]
    ]
    context |= {"here": request.get_full_path(), **_bases()}
    return staff_page(
        request, "programme/replies/to_judge.html", context, (request.path, _("To be accepted"))
    )


@require_safe
@says_why
def difficulties(request: HttpRequest) -> HttpResponse:
    """The difficulties of tasks that the person reads: those not answered yet, or on demand the answered."""
    person, (today, sight) = person_of(request), sight_at(request)
    units, plans = units_and_plans_with_difficulties(sight)
    form = DifficultyFilterForm(
        request.GET,
        units=units,
        plans=[
            (pk, f"{symbol} – {short_title(title, 50)}" if symbol else short_title(title, 60))
            for pk, symbol, title in plans
        ],
    )
    answered, unit, plan = form.wishes()
    context = sheet_of(request, difficulties_seen(sight, answered=answered, unit=unit, plan=plan))

    def row(found: Any) -> dict[str, Any]:
        assignment = found.reply.instalment.assignment
        found.reply.difficulty = found
        return {
            "item": difficulty_item(found.reply),
            "reply": found.reply,
            "assignment": assignment,
            "title": short_title(assignment.task.text, TITLE),
            "task_name": task_name(assignment.task),
            "plan_name": plan_name(assignment.task.plan),
            "days": (today - timezone.localdate(found.reply.sent_at)).days,
            "may_answer": not answered
            and can_answer_difficulty(person, assignment, (found.lead or {}).get("pk"), today),
        }

    context |= {
        "rows": [row(found) for found in context["found"]],
        "form": form,
        "answered": answered,
        "narrows": bool(answered or unit or plan),
        "list_url": request.path,
        "here": request.get_full_path(),
        **_bases(),
    }
    return staff_page(
        request, "programme/replies/difficulties.html", context, (request.path, _("Difficulties"))
    )


def _bases() -> dict[str, str]:
    """What stands before a key in the addresses that each row links to."""
    return {
        "part_base": reverse("programme:instalment", args=[0]).removesuffix("0/"),
        "reply_base": reverse("programme:accept_reply", args=[0]).removesuffix("0/nghiem-thu/"),
        "difficulty_base": reverse("programme:difficulties"),
    }
