"""Giving a dead worker's work to the living: the lease, and the bound on how often a task may kill."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Worker
from khuevan.background.running import note_failure
from khuevan.background.single_jobs import BACKEND

logger = logging.getLogger(__name__)


class Reaper:
    """Looks for dead workers every now and then, and remembers whom it suspects."""

    def __init__(self) -> None:
        self._suspects: dict[UUID, datetime] = {}

    def look(self) -> None:
        """Gives up workers that have been silent for longer than the lease, and frees what nobody holds.

        A worker is given up only when two looks, a heartbeat or more apart, find the same last sign of life.
        So neither a clock that differs from the worker's nor a long transaction that kept it from writing is
        taken for its death.
        """
        limit = timezone.now() - settings.BACKGROUND_LEASE
        silent = dict(Worker.objects.not_ended().filter(seen_at__lt=limit).values_list("pk", "seen_at"))
        for pk, seen_at in silent.items():
            if self._suspects.get(pk) == seen_at:
                give_up(pk, seen_at=seen_at)
        self._suspects = silent
        free_orphaned_tasks()


def give_up(worker_id: UUID, **condition: Any) -> None:
    """Marks the worker as ended, so that it can neither take nor finish anything from now on."""
    given_up = (
        Worker.objects.not_ended()
        .filter(pk=worker_id, **condition)
        .update(ended_at=timezone.now(), task_id=None)
    )
    if given_up:
        logger.warning("Worker %s has died; its work is given to others.", worker_id)


def free_orphaned_tasks() -> int:
    """How many tasks RUNNING were held by no living worker, and now wait again or have failed for good."""
    running = DBTaskResult.objects.running().filter(backend_name=BACKEND)
    orphans = set(running.values_list("pk", flat=True)) - _held()
    if not orphans:
        return 0
    freed = 0
    with transaction.atomic():
        tasks = list(running.filter(pk__in=orphans).select_for_update(skip_locked=True))
        # Asked again now that the rows are locked: another worker may have freed and taken one meanwhile.
        held = _held()
        for task in tasks:
            if task.pk not in held:
                _free(task)
                freed += 1
    return freed


def _held() -> set[UUID]:
    held = Worker.objects.not_ended().values_list("task_id", flat=True)
    return {task_id for task_id in held if task_id is not None}


def _free(task: DBTaskResult) -> None:
    attempts = len(task.worker_ids)
    if attempts < settings.BACKGROUND_ATTEMPTS:
        DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.READY)
        logger.warning("Task %s (%s) waits again after attempt %d.", task.pk, task.task_path, attempts)
        return
    sentence = _("The worker died %(count)d times in the middle of this work, so it is not tried again.") % {
        "count": attempts
    }
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=f"{WorkerDied.__module__}.{WorkerDied.__qualname__}",
        traceback=sentence,
    )
    note_failure(task.pk, sentence)
    logger.error("Task %s (%s) has failed: its worker died %d times.", task.pk, task.task_path, attempts)


class WorkerDied(Exception):
    """The kind of failure of a task whose workers died, as often as the settings allow."""
