"""Which records a single job is on its way for already, so that many who ask for it queue it once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def keys_on_their_way(job: Any, failed_since: datetime) -> set[int]:
    """The first arguments of the job's tasks that wait or run, and of those that failed after the moment.

    Of a task that succeeded nothing is said: what it did may be wanted again. One query.
    """
    unfinished = Q(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    failed = Q(status=TaskResultStatus.FAILED, finished_at__gt=failed_since)
    tasks = DBTaskResult.objects.filter(unfinished | failed, task_path=job.module_path).order_by()
    return {int(given["args"][0]) for given in tasks.values_list("args_kwargs", flat=True) if given["args"]}
