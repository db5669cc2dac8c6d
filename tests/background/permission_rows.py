"""Rows of the view × role table for the pages of background work."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from khuevan.people.choices import Role
from tests.permission_rows import Row

LOOKS = frozenset({Role.ADMINISTRATOR, Role.PLANNING_OFFICER, Role.AUDITOR})
ACTS = frozenset({Role.ADMINISTRATOR})


def _of_job(view: str) -> Callable[[], str]:
    # A job that every installation has.
    return lambda: reverse(f"background:{view}", args=["clear_background_work"])


def _of_failed_task() -> str:
    failed = DBTaskResult.objects.create(
        task_path="khuevan.some.task",
        backend_name="background",
        status="FAILED",
        args_kwargs={"args": [], "kwargs": {}},
        finished_at=timezone.now(),
        run_after=None,
    )
    return reverse("background:run_again", args=[failed.pk])


def rows() -> list[Row]:
    """The page for who looks, the questions for who acts."""
    return [
        Row("background:index", lambda: reverse("background:index"), LOOKS),
        Row("background:run_now", _of_job("run_now"), ACTS),
        Row("background:pause", _of_job("pause"), ACTS),
        Row("background:resume", _of_job("resume"), ACTS),
        Row("background:run_again", _of_failed_task, ACTS),
    ]
