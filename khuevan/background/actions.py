"""What people do to background work. Each leaves an `Intervention`, because no row here is in the audit trail.

`khuevan.core.actions.action` stands above this app; these are written as actions all the same: keywords only,
`by=` a person, one transaction. Each says whether it changed anything: two people may press one button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Intervention, PeriodicJob
from khuevan.background.permissions import check_can_manage_background_work
from khuevan.background.schedule import ScheduledJob
from khuevan.background.scheduling import bring_rows_in_step, queue_run
from khuevan.background.single_jobs import BACKEND

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: this app stands below people.


@transaction.atomic
def pause_job(*, by: User, job: ScheduledJob) -> bool:
    """Whether the job is paused by this; False where it was already. A run that waits or goes on is left alone."""
    check_can_manage_background_work(by)
    bring_rows_in_step()
    rows = PeriodicJob.objects.filter(name=job.name, paused_at=None)
    return _noted(by, Intervention.Kind.PAUSED, job.name, rows.update(paused_at=timezone.now(), paused_by=by))


@transaction.atomic
def resume_job(*, by: User, job: ScheduledJob) -> bool:
    """Whether the job is resumed by this, with its next run at the next moment of its rhythm."""
    check_can_manage_background_work(by)
    next_run_at = job.rhythm.following(timezone.now(), timezone.get_default_timezone())
    rows = PeriodicJob.objects.filter(name=job.name).exclude(paused_at=None)
    changed = rows.update(paused_at=None, paused_by=None, next_run_at=next_run_at)
    return _noted(by, Intervention.Kind.RESUMED, job.name, changed)


@transaction.atomic
def run_job_now(*, by: User, job: ScheduledJob) -> bool:
    """Whether a run was queued out of turn, paused or not; False where one waits or goes on already."""
    check_can_manage_background_work(by)
    bring_rows_in_step()
    return _noted(by, Intervention.Kind.RUN_NOW, job.name, queue_run(job, due_at=timezone.now()))


@transaction.atomic
def run_task_again(*, by: User, task_id: UUID) -> bool:
    """Whether the failed task waits again, with as many attempts as a new one; False where it has not failed."""
    check_can_manage_background_work(by)
    failed = DBTaskResult.objects.failed().filter(backend_name=BACKEND, pk=task_id)
    task = failed.select_for_update().first()
    if task is None:
        return False
    changed = failed.update(
        status=TaskResultStatus.READY,
        worker_ids=[],
        started_at=None,
        finished_at=None,
        exception_class_path="",
        traceback="",
    )
    return _noted(by, Intervention.Kind.RUN_AGAIN, task.task_path[:255], changed)


def _noted(by: User, kind: Intervention.Kind, subject: str, changed: int) -> bool:
    if changed:
        Intervention.objects.create(kind=kind, subject=subject, by=by)
    return bool(changed)
