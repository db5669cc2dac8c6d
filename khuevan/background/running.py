"""One run of a periodic job, as a task that a worker takes like any other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from khuevan.background.failures import JobFailed
from khuevan.background.models import PeriodicJob
from khuevan.background.schedule import schedule
from khuevan.background.single_jobs import BACKEND

# Runs of the schedule go before single jobs, so that ten thousand of these delay no reminder.
PRIORITY = 10


@task(backend=BACKEND, priority=PRIORITY, takes_context=True)
def run_periodic_job(context: Any, name: str, due_at: str) -> str:
    """The report of the job's run. `due_at` (ISO 8601) is when it was due; kept for whoever looks later."""
    task_id = UUID(context.task_result.id)
    # Only the latest run that was queued counts; the row names it.
    mine = PeriodicJob.objects.filter(name=name, task_id=task_id)
    if not mine.update(last_started_at=timezone.now()):
        return ""
    job = schedule().get(name)
    if job is None:
        raise JobFailed(_("This version of the software has no such job."))
    report = job.run()
    now = timezone.now()
    mine.update(
        last_finished_at=now, last_succeeded_at=now, last_report=report or "", last_error="", failures=0
    )
    return ""


def note_failure(task_id: UUID, sentence: str) -> None:
    """Writes down that a job's run failed; nothing where the task is not a job's latest run."""
    PeriodicJob.objects.filter(task_id=task_id).update(
        last_finished_at=timezone.now(), last_error=sentence, failures=F("failures") + 1
    )
