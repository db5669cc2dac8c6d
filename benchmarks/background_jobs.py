"""How many jobs a second does a worker do? Empty jobs on a SQLite file, one worker and two.

The question: does taking a job under a lease, and giving it back only while it is held, cost too much? The
peer is what one would use instead: the worker that django_tasks_db brings, which has no lease, on the same
file. Workers are forked from one started Django, so that its start does not count. With DATABASE_URL set, that
database (already migrated, and emptied of jobs here) is used instead.

    .venv/bin/python -m benchmarks.background_jobs [jobs]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

ROUNDS = 3


def main(jobs: int) -> None:
    """Prints a line for each worker and number of processes."""
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as directory:
        os.environ["KHUEVAN_DATA_DIR"] = directory
        fresh = "DATABASE_URL" not in os.environ
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(directory) / 'benchmark.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
        os.environ["KHUEVAN_LOG_LEVEL"] = "WARNING"
        import django

        django.setup()
        # Django must have started before its commands can be called.
        from django.core.management import call_command

        if fresh:
            call_command("migrate", verbosity=0)
        for name, work in (("khuevan worker", ours), ("django_tasks_db's own", theirs)):
            for processes in (1, 2):
                rounds = [measure(work, jobs, processes) for _ in range(ROUNDS)]
                rates = sorted(rate for rate, _ in rounds)
                cost = statistics.median(cost for _, cost in rounds)
                print(
                    f"{name:<22} {processes} process{'es' if processes > 1 else '  '}"
                    f"  {rates[ROUNDS // 2]:6.0f} jobs a second ({rates[0]:.0f} to {rates[-1]:.0f})"
                    f"  {cost:5.1f} ms of processor a job"
                )


def measure(work: Callable[[], None], jobs: int, processes: int) -> tuple[float, float]:
    """Jobs a second, from the first fork until the last worker finds nothing more; and milliseconds a job.

    The second counts what the workers' processes used, so it holds on a machine with other work to do.
    """
    # Models can be imported only once Django has started.
    from django.db import connections
    from django_tasks_db.models import DBTaskResult

    from khuevan.background.models import Worker
    from tests.background.trial.tasks import do_nothing

    Worker.objects.all().delete()
    DBTaskResult.objects.all().delete()
    for _ in range(jobs):
        do_nothing.enqueue()
    connections.close_all()
    started = time.perf_counter()
    used = _used_by_children()
    children = []
    for _ in range(processes):
        pid = os.fork()
        if pid == 0:
            work()
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    seconds = time.perf_counter() - started
    done = DBTaskResult.objects.filter(status="SUCCESSFUL").count()
    assert done >= jobs, f"{done} of {jobs} jobs were done"
    return jobs / seconds, (_used_by_children() - used) * 1000 / jobs


def _used_by_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def ours() -> None:
    """Our worker, until nothing waits."""
    from khuevan.background import schedule
    from khuevan.background.working import WorkingLoop

    # The schedule's own jobs are not what is measured.
    schedule._schedule = {}
    WorkingLoop(uuid.uuid4(), until_idle=True).run()


def theirs() -> None:
    """The library's worker, until nothing waits."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"],
        interval=0.01,
        batch=True,
        backend_name="background",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    ).run()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
