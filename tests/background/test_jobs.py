"""Clearing away old results."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from khuevan.background.jobs import clear_background_work
from khuevan.background.models import Intervention, Worker
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

SCHEDULED = "khuevan.background.running.run_periodic_job"


def result(path: str, status: str, days: int, *, backend: str = "background") -> None:
    """A task that ended so many days ago, named by its path, state and age."""
    ended = None if status in {"READY", "RUNNING"} else timezone.now() - timedelta(days=days)
    DBTaskResult.objects.create(
        task_path=path,
        status=status,
        backend_name=backend,
        finished_at=ended,
        args_kwargs={"args": [f"{path.rpartition('.')[2]} {status} {days} {backend}"], "kwargs": {}},
        exception_class_path="builtins.ValueError" if status == "FAILED" else "",
        run_after=None,
    )


def test_results_are_kept_for_a_month_and_successes_of_the_schedule_for_a_day():
    for path in ("app.jobs.single", SCHEDULED):
        for status in ("SUCCESSFUL", "FAILED"):
            for days in (0, 2, 29, 31):
                result(path, status, days)
    result("app.jobs.single", "SUCCESSFUL", 31, backend="another")
    result("app.jobs.single", "READY", 31)
    result("app.jobs.single", "RUNNING", 31)
    assert clear_background_work() == "6 old results deleted"
    left = {task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()}
    assert left == {
        *(f"single {status} {days} background" for status in ("SUCCESSFUL", "FAILED") for days in (0, 2, 29)),
        "run_periodic_job SUCCESSFUL 0 background",
        *(f"run_periodic_job FAILED {days} background" for days in (0, 2, 29)),
        "single SUCCESSFUL 31 another",
        "single READY 31 background",
        "single RUNNING 31 background",
    }


def test_nothing_to_clear_is_nothing_to_say():
    assert clear_background_work() == ""


def test_workers_of_former_days_and_interventions_of_former_years_go_too():
    long_ago = timezone.now() - timedelta(days=2)
    Worker.objects.create(host="ended", pid=1, ended_at=long_ago, seen_at=long_ago)
    Worker.objects.create(host="died", pid=2, seen_at=long_ago)
    Worker.objects.create(host="lives", pid=3)
    by = UserFactory()
    for days in (364, 366):
        at = timezone.now() - timedelta(days=days)
        Intervention.objects.create(kind="PAUSED", subject=str(days), by=by, at=at)
    clear_background_work()
    assert [worker.host for worker in Worker.objects.all()] == ["lives"]
    assert [done.subject for done in Intervention.objects.all()] == ["364"]
