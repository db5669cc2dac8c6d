"""Taking tasks, doing them, giving them back; and the worker that was given up meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from khuevan.background.holding import HoldLost, finish_task, take_next_task
from khuevan.background.models import PeriodicJob, Worker
from khuevan.background.reaping import give_up
from khuevan.background.scheduling import bring_rows_in_step, queue_due_jobs
from khuevan.background.working import do_task
from tests.background.trial import tasks

pytestmark = pytest.mark.django_db


def do_next(worker: Worker) -> DBTaskResult:
    """The next task, done, as the database has it."""
    task = take_next_task(worker)
    assert task is not None
    do_task(worker, task)
    return DBTaskResult.objects.get(pk=task.pk)


def test_task_is_held_by_the_worker_that_takes_it(worker, tmp_path):
    queued = tasks.write_mark.enqueue(str(tmp_path), 1)
    assert take_next_task(worker) is not None
    worker.refresh_from_db()
    task = DBTaskResult.objects.get()
    assert (str(task.pk), task.status, task.worker_ids) == (queued.id, "RUNNING", [str(worker.pk)])
    assert worker.task_id == task.pk
    assert take_next_task(Worker.objects.create(host="there", pid=2)) is None


def test_task_that_is_done_keeps_what_it_returned_and_frees_its_worker(worker, tmp_path):
    tasks.write_mark.enqueue(str(tmp_path), 7)
    done = do_next(worker)
    worker.refresh_from_db()
    assert (done.status, done.return_value, done.traceback, worker.task_id) == ("SUCCESSFUL", 7, "", None)
    assert done.finished_at is not None
    assert [path.name for path in tmp_path.iterdir()] == ["7.done"]


def test_failure_leaves_one_sentence_without_its_message_and_the_traceback_in_the_log(worker, caplog):
    tasks.fail.enqueue("nguyen.van.a@example.vn")
    with translation.override("vi"):
        failed = do_next(worker)
    assert (failed.status, failed.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert failed.traceback.startswith("Lỗi ValueError tại background/working.py:")
    assert failed.traceback.endswith("; chi tiết nằm trong nhật ký của máy chủ.")
    assert "ValueError: cannot write to nguyen.van.a@example.vn" in caplog.text
    assert caplog.text.count("Traceback (most recent call last)") == 1


def test_job_may_say_itself_why_it_failed(worker):
    tasks.fail_in_a_sentence.enqueue()
    assert do_next(worker).traceback == "Nothing to read."


@pytest.mark.parametrize("task", [tasks.leave, tasks.return_a_set], ids=lambda task: task.name)
def test_job_that_ends_the_process_or_returns_nonsense_has_failed_and_the_worker_goes_on(worker, task):
    task.enqueue()
    assert do_next(worker).status == "FAILED"
    worker.refresh_from_db()
    assert worker.task_id is None


def test_task_whose_function_is_gone_has_failed(worker, caplog):
    DBTaskResult.objects.create(
        task_path="khuevan.background.jobs.no_longer_here",
        backend_name="background",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=None,
    )
    failed = do_next(worker)
    assert (failed.status, failed.exception_class_path) == ("FAILED", "builtins.ImportError")
    assert "no_longer_here) cannot be done" in caplog.text


def test_tasks_of_other_backends_and_of_later_are_left_alone(worker, tmp_path):
    later = timezone.now() + timedelta(hours=1)
    tasks.write_mark.using(run_after=later).enqueue(str(tmp_path), 1)
    DBTaskResult.objects.create(
        task_path="tests.background.trial.tasks.write_mark",
        backend_name="another",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=None,
    )
    assert take_next_task(worker) is None


def test_worker_that_was_given_up_can_neither_take_nor_finish(worker, tmp_path):
    tasks.write_mark.enqueue(str(tmp_path), 1)
    tasks.write_mark.enqueue(str(tmp_path), 2)
    task = take_next_task(worker)
    assert task is not None
    give_up(worker.pk)
    with pytest.raises(HoldLost):
        finish_task(worker, task, return_value="too late")
    with pytest.raises(HoldLost):
        take_next_task(worker)
    assert sorted(DBTaskResult.objects.values_list("status", "return_value")) == [
        ("READY", None),
        ("RUNNING", None),
    ]


def run_the_schedule(worker: Worker) -> PeriodicJob:
    """The job's row after its due run."""
    PeriodicJob.objects.update(next_run_at=timezone.now())
    queue_due_jobs()
    do_next(worker)
    return PeriodicJob.objects.get()


def test_run_of_the_schedule_leaves_its_report(worker, own_schedule):
    own_schedule.add("count")
    bring_rows_in_step()
    row = run_the_schedule(worker)
    assert own_schedule.runs == ["count"]
    assert (row.last_report, row.last_error, row.failures) == ("counted", "", 0)
    assert row.last_started_at <= row.last_finished_at == row.last_succeeded_at


def test_failures_of_the_schedule_are_counted_until_one_run_succeeds(worker, own_schedule):
    results = [ValueError("secret"), KeyError("secret"), "well again"]

    def moody() -> str:
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    own_schedule.add("moody", job=moody)
    bring_rows_in_step()
    for failures, kind in ((1, "ValueError"), (2, "KeyError")):
        row = run_the_schedule(worker)
        assert (row.failures, row.last_succeeded_at) == (failures, None)
        assert row.last_error.startswith(kind)
        assert "secret" not in row.last_error
    row = run_the_schedule(worker)
    assert (row.failures, row.last_error, row.last_report) == (0, "", "well again")


def test_run_that_a_crash_interrupted_begins_anew_and_one_that_was_replaced_does_not(worker, own_schedule):
    own_schedule.add("count")
    bring_rows_in_step()
    queue_due_jobs()
    task = take_next_task(worker)
    assert task is not None
    # As after a crash: another run has been queued since, and the row names that one.
    PeriodicJob.objects.update(task_id=worker.pk)
    do_task(worker, task)
    assert own_schedule.runs == []
    PeriodicJob.objects.update(task_id=task.pk)
    DBTaskResult.objects.update(status="READY")
    do_next(worker)
    assert own_schedule.runs == ["count"]


def test_run_of_a_job_that_this_version_lacks_has_failed(worker, own_schedule, monkeypatch):
    own_schedule.add("count")
    bring_rows_in_step()
    queue_due_jobs()
    monkeypatch.setattr("khuevan.background.schedule._schedule", {})
    failed = do_next(worker)
    assert (failed.status, PeriodicJob.objects.get().failures) == ("FAILED", 1)
    assert failed.traceback == "This version of the software has no such job."
