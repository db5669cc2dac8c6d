"""Keeping the schedule's rows in step with the code, and queueing what is due: once, however many workers look."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import PeriodicJob
from khuevan.background.running import run_periodic_job
from khuevan.background.schedule import ScheduledJob, schedule

UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def bring_rows_in_step() -> None:
    """Gives each job of the code its row, and marks rows whose job has vanished from it.

    A rhythm that became shorter takes effect at once.
    """
    now, zone = timezone.now(), timezone.get_default_timezone()
    jobs = schedule()
    PeriodicJob.objects.bulk_create(
        [PeriodicJob(name=job.name, next_run_at=job.rhythm.first(now, zone)) for job in jobs.values()],
        ignore_conflicts=True,
    )
    PeriodicJob.objects.exclude(name__in=jobs).filter(vanished_at=None).update(vanished_at=now)
    PeriodicJob.objects.filter(name__in=jobs).exclude(vanished_at=None).update(vanished_at=None)
    for job in jobs.values():
        latest = job.rhythm.following(now, zone)
        PeriodicJob.objects.filter(name=job.name, next_run_at__gt=latest).update(next_run_at=latest)


def queue_due_jobs() -> int:
    """How many jobs were due and are queued now by this call; what others queued meanwhile does not count."""
    now = timezone.now()
    due = PeriodicJob.objects.filter(name__in=schedule(), paused_at=None, next_run_at__lte=now)
    return sum(_queue_due_job(row, now) for row in due)


def _queue_due_job(row: PeriodicJob, now: datetime) -> bool:
    job, zone = schedule()[row.name], timezone.get_default_timezone()
    assert row.next_run_at is not None  # `queue_due_jobs` asked for rows with a time
    with transaction.atomic():
        # The row's old time is the condition: of several workers one changes it, and that one queues the run.
        first = PeriodicJob.objects.filter(pk=row.pk, next_run_at=row.next_run_at, paused_at=None)
        if not first.update(next_run_at=job.rhythm.following(now, zone)):
            return False
        if not job.rhythm.is_worth_running(row.next_run_at, now, zone):
            return False
        return queue_run(job, due_at=row.next_run_at)


def queue_run(job: ScheduledJob, *, due_at: datetime) -> bool:
    """Whether a run was queued; False where the latest one still waits or is running.

    Must stand in a transaction: the job's row stays locked until its end.
    """
    row = PeriodicJob.objects.select_for_update().get(name=job.name)
    if unfinished_tasks({row.task_id} if row.task_id else set()).exists():
        return False
    queued = run_periodic_job.enqueue(name=job.name, due_at=due_at.isoformat())
    PeriodicJob.objects.filter(pk=row.pk).update(task_id=UUID(queued.id))
    return True


def unfinished_tasks(task_ids: set[UUID]) -> QuerySet[DBTaskResult]:
    """Those of the tasks that wait or are running."""
    found: QuerySet[DBTaskResult] = DBTaskResult.objects.filter(pk__in=task_ids, status__in=UNFINISHED)
    return found
