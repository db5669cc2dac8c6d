"""Reads for the page about background work, named by what they return."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Intervention, PeriodicJob, Worker
from khuevan.background.running import run_periodic_job
from khuevan.background.schedule import ScheduledJob, schedule
from khuevan.background.scheduling import unfinished_tasks
from khuevan.background.single_jobs import BACKEND


@dataclass(frozen=True, slots=True)
class JobNow:
    """One job of the schedule with its row; `job` is None where the code has lost it, `row` where no worker ever ran.

    `run` is how its latest run stands while it has not ended: TaskResultStatus READY or RUNNING.
    """

    job: ScheduledJob | None
    row: PeriodicJob | None
    run: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How many tasks wait, are running and have failed, runs of the schedule included but for failed ones."""

    waiting: int
    running: int
    failed: int


def jobs_of_the_schedule() -> list[JobNow]:
    """Every job of the code in the order of declaration, then the rows whose job has vanished."""
    rows = {row.name: row for row in PeriodicJob.objects.select_related("paused_by")}
    task_ids = {row.task_id for row in rows.values() if row.task_id}
    runs: dict[UUID, str] = dict(unfinished_tasks(task_ids).values_list("pk", "status"))

    def now(job: ScheduledJob | None, row: PeriodicJob | None) -> JobNow:
        return JobNow(job=job, row=row, run=runs.get(row.task_id) if row and row.task_id else None)

    jobs = schedule()
    vanished = [row for name, row in rows.items() if name not in jobs]
    return [
        *(now(job, rows.get(name)) for name, job in jobs.items()),
        *(now(None, row) for row in vanished),
    ]


def living_workers() -> list[tuple[Worker, str | None]]:
    """Workers that live, each with the path of the task that it holds."""
    workers = list(Worker.objects.alive())
    held = {worker.task_id for worker in workers if worker.task_id}
    paths = dict(DBTaskResult.objects.filter(pk__in=held).values_list("pk", "task_path"))
    return [(worker, paths.get(worker.task_id) if worker.task_id else None) for worker in workers]


def someone_works() -> bool:
    """Whether at least one worker lives."""
    return Worker.objects.alive().exists()


def figures() -> Figures:
    """How many tasks stand in which state."""
    single = ~Q(task_path=run_periodic_job.module_path)
    found = DBTaskResult.objects.filter(backend_name=BACKEND).aggregate(
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED) & single),
    )
    return Figures(**found)


def failed_tasks() -> QuerySet[DBTaskResult]:
    """Single jobs that have failed, the latest first. A job of the schedule tells of its failures in its row."""
    failed: QuerySet[DBTaskResult] = (
        DBTaskResult.objects.failed()
        .filter(backend_name=BACKEND)
        .exclude(task_path=run_periodic_job.module_path)
        .order_by("-finished_at", "pk")
    )
    return failed


def latest_interventions(count: int) -> list[Intervention]:
    """The latest things that people did to background work, the latest first."""
    return list(Intervention.objects.select_related("by")[:count])
