"""Dead workers: when one counts as dead, and what becomes of its task."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from khuevan.background.holding import take_next_task
from khuevan.background.models import PeriodicJob, Worker
from khuevan.background.reaping import Reaper, free_orphaned_tasks, give_up
from khuevan.background.scheduling import bring_rows_in_step, queue_due_jobs
from tests.background.trial import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(worker: Worker) -> DBTaskResult:
    """A task that the worker holds."""
    tasks.take_long.enqueue("nowhere", 60)
    task = take_next_task(worker)
    assert task is not None
    return task


def be_silent(worker: Worker, seconds: int) -> None:
    Worker.objects.filter(pk=worker.pk).update(seen_at=timezone.now() - timedelta(seconds=seconds))


def status() -> str:
    return DBTaskResult.objects.get().status


def test_living_worker_keeps_its_task(worker, held):
    reaper = Reaper()
    be_silent(worker, 20)
    reaper.look()
    reaper.look()
    assert status() == "RUNNING"


def test_silent_worker_is_given_up_at_the_second_look_and_its_task_waits_again(worker, held):
    reaper = Reaper()
    be_silent(worker, 40)
    reaper.look()
    assert status() == "RUNNING"
    reaper.look()
    worker.refresh_from_db()
    assert worker.ended_at is not None
    assert (status(), worker.task_id) == ("READY", None)
    again = take_next_task(Worker.objects.create(host="there", pid=2))
    assert again is not None
    assert (again.pk, len(again.worker_ids)) == (held.pk, 2)


def test_worker_that_speaks_between_two_looks_is_not_dead_whatever_its_clock_says(worker, held):
    reaper = Reaper()
    # Its machine's clock is ten minutes behind: always silent for too long, and yet not silent.
    for seconds in (620, 615, 610, 605):
        be_silent(worker, seconds)
        reaper.look()
    assert status() == "RUNNING"


def test_task_of_a_worker_that_said_it_has_ended_waits_again_at_once(worker, held):
    give_up(worker.pk)
    assert free_orphaned_tasks() == 1
    assert status() == "READY"


def test_task_of_a_worker_whose_row_is_gone_waits_again(worker, held):
    Worker.objects.all().delete()
    assert free_orphaned_tasks() == 1
    assert status() == "READY"


def test_tasks_of_other_backends_are_not_ours_to_free():
    DBTaskResult.objects.create(
        task_path="x", backend_name="another", status="RUNNING", args_kwargs={}, run_after=None
    )
    assert free_orphaned_tasks() == 0
    assert status() == "RUNNING"


def test_task_that_killed_five_workers_has_failed(worker, held):
    DBTaskResult.objects.update(worker_ids=["1", "2", "3", "4", "5"])
    give_up(worker.pk)
    free_orphaned_tasks()
    task = DBTaskResult.objects.get()
    assert (task.status, task.exception_class_path) == ("FAILED", "khuevan.background.reaping.WorkerDied")
    assert task.traceback == ("The worker died 5 times in the middle of this work, so it is not tried again.")
    assert task.finished_at is not None


def test_job_of_the_schedule_that_killed_five_workers_tells_of_it(worker, own_schedule):
    own_schedule.add("count")
    bring_rows_in_step()
    queue_due_jobs()
    take_next_task(worker)
    DBTaskResult.objects.update(worker_ids=["1", "2", "3", "4", "5"])
    give_up(worker.pk)
    free_orphaned_tasks()
    row = PeriodicJob.objects.get()
    assert row.failures == 1
    assert row.last_error.startswith("The worker died 5 times")
