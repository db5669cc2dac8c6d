"""Rows of the schedule, and what is queued when."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import PeriodicJob
from khuevan.background.schedule import schedule
from khuevan.background.scheduling import _queue_due_job, bring_rows_in_step, queue_due_jobs, queue_run
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def queued() -> list[str]:
    """Names of the jobs in the queue."""
    return [task.args_kwargs["kwargs"]["name"] for task in DBTaskResult.objects.order_by("enqueued_at")]


def row(name: str = "count") -> PeriodicJob:
    return PeriodicJob.objects.get(name=name)


def test_each_job_of_the_code_gets_one_row(own_schedule):
    own_schedule.add("first")
    own_schedule.add("second", at=time(7, 30))
    bring_rows_in_step()
    bring_rows_in_step()
    assert list(PeriodicJob.objects.values_list("name", flat=True)) == ["first", "second"]
    assert row("first").next_run_at <= timezone.now()
    assert timezone.now() < row("second").next_run_at <= timezone.now() + 24 * HOUR
    assert timezone.localtime(row("second").next_run_at).time() == time(7, 30)


def test_row_of_a_vanished_job_is_marked_kept_and_left_alone(own_schedule):
    own_schedule.add("here")
    PeriodicJob.objects.create(name="gone", next_run_at=timezone.now() - HOUR, last_report="as it was")
    bring_rows_in_step()
    assert row("gone").vanished_at is not None
    assert row("gone").last_report == "as it was"
    queue_due_jobs()
    assert queued() == ["here"]
    own_schedule.add("gone")
    bring_rows_in_step()
    assert row("gone").vanished_at is None


def test_rhythm_that_became_shorter_takes_effect_at_the_next_start(own_schedule):
    own_schedule.add("count", every=timedelta(minutes=1))
    PeriodicJob.objects.create(name="count", next_run_at=timezone.now() + 24 * HOUR)
    bring_rows_in_step()
    assert row().next_run_at <= timezone.now() + timedelta(minutes=1)


def test_due_job_is_queued_once_with_the_moment_it_was_due(own_schedule):
    own_schedule.add("count", every=HOUR)
    due_at = timezone.now() - timedelta(minutes=1)
    PeriodicJob.objects.create(name="count", next_run_at=due_at)
    assert queue_due_jobs() == 1
    assert queue_due_jobs() == 0
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [], "kwargs": {"name": "count", "due_at": due_at.isoformat()}}
    assert (task.backend_name, task.priority, task.status) == ("background", 10, "READY")
    assert row().task_id == task.pk
    assert timezone.now() < row().next_run_at <= timezone.now() + HOUR


def test_job_that_is_not_due_is_not_queued(own_schedule):
    own_schedule.add("count")
    PeriodicJob.objects.create(name="count", next_run_at=timezone.now() + HOUR)
    assert queue_due_jobs() == 0


def test_runs_missed_while_the_server_was_off_become_one(own_schedule):
    own_schedule.add("count", every=timedelta(minutes=1))
    PeriodicJob.objects.create(name="count", next_run_at=timezone.now() - 48 * HOUR)
    assert queue_due_jobs() == 1
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert queue_due_jobs() == 0


def test_daily_run_of_yesterday_is_dropped_when_that_of_today_is_to_come(own_schedule):
    # A time that is two hours ahead, today or tomorrow; missed by a day.
    ahead = timezone.localtime(timezone.now() + 2 * HOUR)
    missed = ahead - 24 * HOUR
    own_schedule.add("count", at=ahead.time())
    PeriodicJob.objects.create(name="count", next_run_at=missed)
    # Whether `ahead` lies behind midnight decides whether its time of day has passed today.
    has_passed = timezone.localtime().time() >= ahead.time()
    assert queue_due_jobs() == int(has_passed)
    assert row().next_run_at == ahead


def test_job_is_not_queued_while_its_run_waits_or_goes_on(own_schedule):
    own_schedule.add("count")
    for status, expected in (("READY", 1), ("RUNNING", 1), ("SUCCESSFUL", 2), ("FAILED", 3)):
        PeriodicJob.objects.update_or_create(name="count", defaults={"next_run_at": timezone.now()})
        if status == "READY":
            queue_due_jobs()
            PeriodicJob.objects.update(next_run_at=timezone.now())
        else:
            DBTaskResult.objects.update(status=status)
        queue_due_jobs()
        assert len(queued()) == expected, status


def test_second_worker_that_saw_the_same_row_queues_nothing(own_schedule):
    own_schedule.add("count")
    now = timezone.now()
    PeriodicJob.objects.create(name="count", next_run_at=now)
    seen_by_both = row()
    assert _queue_due_job(seen_by_both, now)
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert not _queue_due_job(seen_by_both, now)
    assert queued() == ["count"]


def test_paused_job_is_not_queued_and_keeps_its_time(own_schedule):
    own_schedule.add("count")
    due_at = timezone.now() - HOUR
    PeriodicJob.objects.create(
        name="count", next_run_at=due_at, paused_at=timezone.now(), paused_by=UserFactory()
    )
    assert queue_due_jobs() == 0
    assert row().next_run_at == due_at


def test_run_is_undone_with_the_transaction_that_queued_it(own_schedule):
    own_schedule.add("count")
    bring_rows_in_step()

    @transaction.atomic
    def queue_and_fail() -> None:
        assert queue_run(schedule()["count"], due_at=timezone.now())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        queue_and_fail()
    assert queued() == []
    assert row().task_id is None


@pytest.mark.parametrize("half", ["paused_at", "paused_by"])
def test_database_wants_to_know_both_when_a_job_was_paused_and_by_whom(half):
    value = {"paused_at": timezone.now(), "paused_by": UserFactory()}[half]
    with pytest.raises(IntegrityError, match="background_job_paused_by_someone"):
        PeriodicJob.objects.create(name="count", **{half: value})
