"""Taking a task, and giving it back done or failed: each in one transaction with the worker's own row.

A worker that was given up while it was away (a machine asleep) can neither take nor finish anything.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Worker
from khuevan.background.single_jobs import BACKEND


class HoldLost(Exception):
    """This worker was given up by another, which may be doing its task by now: it must end at once."""


def take_next_task(worker: Worker) -> DBTaskResult | None:
    """The first task that waits, now held by this worker; None where none waits. Raises HoldLost."""
    waiting = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    # Looking needs no lock; on SQLite taking needs the only one there is.
    if not waiting.exists():
        return None
    with transaction.atomic():
        task: DBTaskResult | None = waiting.get_locked()
        if task is not None:
            task.claim(str(worker.pk))
            _hold(worker, before=None, after=task.pk)
    return task


def finish_task(worker: Worker, task: DBTaskResult, *, return_value: Any = None) -> None:
    """Gives the task back as done; raises HoldLost, and changes nothing, where it was given to another."""
    _give_back(worker, task, status=TaskResultStatus.SUCCESSFUL, return_value=return_value)


def fail_task(worker: Worker, task: DBTaskResult, *, kind: str, sentence: str) -> None:
    """Gives the task back as failed, with the path of the error's class and one sentence; raises HoldLost."""
    _give_back(worker, task, status=TaskResultStatus.FAILED, exception_class_path=kind, traceback=sentence)


def _give_back(worker: Worker, task: DBTaskResult, **values: Any) -> None:
    values = {
        "return_value": None,
        "exception_class_path": "",
        "traceback": "",
        "finished_at": timezone.now(),
        **values,
    }
    with transaction.atomic():
        _hold(worker, before=task.pk, after=None)
        DBTaskResult.objects.filter(pk=task.pk).update(**values)
    for name, value in values.items():
        setattr(task, name, value)


def _hold(worker: Worker, *, before: Any, after: Any) -> None:
    """Changes what the worker holds; raises HoldLost where it was given up or holds something else."""
    changed = (
        Worker.objects.not_ended()
        .filter(pk=worker.pk, task_id=before)
        .update(task_id=after, seen_at=timezone.now())
    )
    if not changed:
        raise HoldLost
