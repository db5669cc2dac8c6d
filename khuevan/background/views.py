"""The page about background work, and the pages that ask before something is done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.background import actions, presenters, queries
from khuevan.background.permissions import (
    can_manage_background_work,
    check_can_manage_background_work,
    check_can_see_background_work,
)
from khuevan.background.schedule import ScheduledJob, schedule

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: this app stands below people.

# More failed tasks than this nobody reads; the page says how many there are.
FAILED_SHOWN = 50
INTERVENTIONS_SHOWN = 10

asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The schedule, the workers, and what failed."""
    check_can_see_background_work(request.user)
    workers = [presenters.worker_line(worker, path) for worker, path in queries.living_workers()]
    context = {
        "jobs": [presenters.job_line(now) for now in queries.jobs_of_the_schedule()],
        "workers": workers,
        "figures": queries.figures(),
        "failed": [presenters.failed_line(task) for task in queries.failed_tasks()[:FAILED_SHOWN]],
        "failed_shown": FAILED_SHOWN,
        "interventions": [
            presenters.intervention_line(done) for done in queries.latest_interventions(INTERVENTIONS_SHOWN)
        ],
        "can_manage": can_manage_background_work(request.user),
        "breadcrumbs_items": _crumbs(),
    }
    return render(request, "background/index.html", context)


@asks
def run_now(request: HttpRequest, name: str) -> HttpResponse:
    """Asks, and then queues a run of the job out of turn."""
    job = _job(request, name)
    return _asked(
        request,
        title=_("Run now: %(job)s") % {"job": job.title},
        explanation=_("The job runs once, as soon as a worker is free. Its next run as planned stays."),
        button=_("Run now"),
        do=lambda by: actions.run_job_now(by=by, job=job),
        done=_("“%(job)s” runs as soon as a worker is free.") % {"job": job.title},
        not_done=_("“%(job)s” is running or waits for a worker already.") % {"job": job.title},
    )


@asks
def pause(request: HttpRequest, name: str) -> HttpResponse:
    """Asks, and then pauses the job."""
    job = _job(request, name)
    return _asked(
        request,
        title=_("Pause: %(job)s") % {"job": job.title},
        explanation=_(
            "The job no longer runs by itself until somebody resumes it. A run that has begun goes on to its end."
        ),
        button=_("Pause"),
        do=lambda by: actions.pause_job(by=by, job=job),
        done=_("“%(job)s” is paused.") % {"job": job.title},
        not_done=_("“%(job)s” was paused already.") % {"job": job.title},
    )


@asks
def resume(request: HttpRequest, name: str) -> HttpResponse:
    """Asks, and then resumes the job."""
    job = _job(request, name)
    following = job.rhythm.following(timezone.now(), timezone.get_default_timezone())
    return _asked(
        request,
        title=_("Resume: %(job)s") % {"job": job.title},
        explanation=_("The job runs by itself again, next at %(moment)s. What it missed is not made up for.")
        % {"moment": presenters.moment_in_words(following)},
        button=_("Resume"),
        do=lambda by: actions.resume_job(by=by, job=job),
        done=_("“%(job)s” runs by itself again.") % {"job": job.title},
        not_done=_("“%(job)s” was not paused.") % {"job": job.title},
    )


@asks
def run_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, and then lets a failed task wait for a worker again."""
    check_can_manage_background_work(request.user)
    task = queries.failed_tasks().filter(pk=pk).first()
    if task is None:
        if request.method != "POST":
            raise Http404
        messages.warning(request, _("This task no longer stands failed; somebody else may have acted on it."))
        return redirect("background:index")
    title = presenters.title_of(task.task_path)
    return _asked(
        request,
        title=_("Run again: %(task)s") % {"task": title},
        explanation=_("The task failed: %(error)s It is tried again from its beginning.")
        % {"error": task.traceback},
        button=_("Run again"),
        do=lambda by: actions.run_task_again(by=by, task_id=pk),
        done=_("“%(task)s” runs again as soon as a worker is free.") % {"task": title},
        not_done=_("“%(task)s” waits for a worker already.") % {"task": title},
    )


def _asked(
    request: HttpRequest,
    *,
    title: str,
    explanation: str,
    button: str,
    do: Callable[[User], bool],
    done: str,
    not_done: str,
) -> HttpResponse:
    """The page that asks; or, once the button was pressed, the deed and the way back to the list."""
    if request.method == "POST":
        changed = do(cast("User", request.user))
        (messages.success if changed else messages.warning)(request, done if changed else not_done)
        if not queries.someone_works():
            messages.warning(request, _("No worker is running, so nothing is done until one is."))
        return redirect("background:index")
    context = {
        "title": title,
        "explanation": explanation,
        "button": button,
        "breadcrumbs_items": _crumbs(button),
    }
    return render(request, "background/ask.html", context)


def _job(request: HttpRequest, name: str) -> ScheduledJob:
    """The job of that name, for a person who may act on it."""
    check_can_manage_background_work(request.user)
    job = schedule().get(name)
    if job is None:
        raise Http404
    return job


def _crumbs(*last: str) -> list[dict[str, str]]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("background:index"), "label": _("Background work")},
        *({"url": "", "label": label} for label in last),
    ]
    crumbs[-1]["url"] = ""
    return crumbs
