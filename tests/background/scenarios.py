"""Scenarios with real worker processes: python -m tests.background.scenarios NAME FOLDER

Django starts once; each worker is a fork of it, so that twenty can be killed in the time that two starts take.
A scenario prints what it found as JSON; the tests judge. Models are imported inside functions, because they can be
only once Django has started.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
import uuid
from collections import Counter
from pathlib import Path

import django
from django.db import connections


class Worker:
    """One forked worker."""

    def __init__(self, *, replaces: uuid.UUID | None = None) -> None:
        self.id = uuid.uuid4()
        self._has_ended = False
        # A connection must not be shared between processes.
        connections.close_all()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            _work(self.id, replaces, parent)

    def is_alive(self) -> bool:
        """Whether the process has not ended yet."""
        if not self._has_ended:
            self._has_ended = os.waitpid(self.pid, os.WNOHANG) != (0, 0)
        return not self._has_ended

    def end(self, number: signal.Signals) -> None:
        """Sends the signal, and waits for the end."""
        if self.is_alive():
            os.kill(self.pid, number)
            os.waitpid(self.pid, 0)
            self._has_ended = True


def _work(worker_id: uuid.UUID, replaces: uuid.UUID | None, parent: int) -> None:
    """What a forked worker does instead of going on with the scenario."""
    from khuevan.background.holding import HoldLost
    from khuevan.background.working import WorkingLoop

    code = 0
    try:
        WorkingLoop(worker_id, replaces=replaces, parent=parent).run()
    except HoldLost:
        code = 75
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stderr.flush()
    os._exit(code)


def unfinished() -> int:
    """How many tasks wait or are running."""
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.exclude(status__in=("SUCCESSFUL", "FAILED")).count()


def states() -> dict[str, int]:
    """How many single tasks of the scenario stand in which state."""
    from django_tasks_db.models import DBTaskResult

    single = DBTaskResult.objects.filter(task_path__startswith="tests.background.trial.tasks")
    return dict(Counter(single.values_list("status", flat=True)))


def killed_at_random(folder: Path) -> dict[str, object]:
    """200 short jobs, two workers, one of which is killed every now and then until all is done."""
    from tests.background.trial.tasks import write_mark

    chance = random.Random(20251126)
    for number in range(200):
        write_mark.enqueue(str(folder), number)
    workers = [Worker(), Worker()]
    kills = 0
    while unfinished():
        time.sleep(chance.uniform(0.02, 0.4))
        place = chance.randrange(2)
        if kills < 12:
            workers[place].end(signal.SIGKILL)
            kills += 1
        for index, worker in enumerate(workers):
            if not worker.is_alive():
                # Half of them as a supervisor would, half as systemd would, which says nothing of the dead.
                workers[index] = Worker(replaces=worker.id if chance.random() < 0.5 else None)
    for worker in workers:
        worker.end(signal.SIGTERM)
    done = sorted(int(path.stem) for path in folder.glob("*.done"))
    return {"kills": kills, "done": done, "states": states()}


def scheduled_by_three(folder: Path) -> dict[str, object]:
    """Three workers with one schedule of five jobs each second, for some seconds."""
    from django_tasks_db.models import DBTaskResult

    from khuevan.background.running import run_periodic_job
    from tests.background.trial.jobs import NAMES

    workers = [Worker() for _ in range(3)]
    until = time.monotonic() + 30
    runs = DBTaskResult.objects.filter(task_path=run_periodic_job.module_path)
    while time.monotonic() < until and runs.filter(status="SUCCESSFUL").count() < 4 * len(NAMES):
        time.sleep(0.1)
    for worker in workers:
        worker.end(signal.SIGTERM)
    moments = Counter(
        (run["kwargs"]["name"], run["kwargs"]["due_at"]) for run in runs.values_list("args_kwargs", flat=True)
    )
    logs = {name: (folder / f"{name}.log").read_text(encoding="ascii").split("\n") for name in NAMES}
    return {
        "moments": len(moments),
        "queued more than once": [key for key, count in moments.items() if count > 1],
        "overlapping": [
            name
            for name, lines in logs.items()
            for first, second in zip(lines[::2], lines[1::2], strict=False)
            if first.replace("begin", "end") != second
        ],
    }


def poisoned(folder: Path) -> dict[str, object]:
    """A job that kills each worker that takes it, and one after it that does its work."""
    from django_tasks_db.models import DBTaskResult

    from tests.background.trial.tasks import die, write_mark

    poison = die.enqueue(str(folder))
    write_mark.enqueue(str(folder), 1)
    worker = Worker()
    while unfinished():
        time.sleep(0.02)
        if not worker.is_alive():
            worker = Worker(replaces=worker.id)
    worker.end(signal.SIGTERM)
    row = DBTaskResult.objects.get(pk=poison.id)
    return {
        "attempts": len((folder / "attempts").read_text(encoding="ascii")),
        "status": row.status,
        "kind": row.exception_class_path,
        "marks": [path.name for path in folder.glob("*.done")],
    }


def _prepare(jobs: tuple[str, ...]) -> None:
    """Empties what the scenario before left in the same database, and the schedule but for these jobs."""
    from django_tasks_db.models import DBTaskResult

    from khuevan.background import schedule
    from khuevan.background.models import PeriodicJob, Worker

    schedule._schedule = {name: schedule._schedule[name] for name in jobs}

    for model in (DBTaskResult, PeriodicJob, Worker):
        model.objects.all().delete()


SCENARIOS = {scenario.__name__: scenario for scenario in (killed_at_random, scheduled_by_three, poisoned)}


if __name__ == "__main__":
    django.setup()
    # Found when Django started, and named here only after that.
    from tests.background.trial.jobs import NAMES

    scenario, folder = SCENARIOS[sys.argv[1]], Path(sys.argv[2])
    _prepare(NAMES if scenario is scheduled_by_three else ())
    os.environ["TRIAL_FOLDER"] = str(folder)
    sys.stdout.write(json.dumps(scenario(folder)))
