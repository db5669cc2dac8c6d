"""`khuevan serve` with its worker, and `khuevan worker`: real processes, real signals."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.background.processes import ROOT, environment
from tests.background.trial import tasks
from tests.database import copy_database

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="looks into /proc, and Linux alone ends children with their parent"
)


class Installation:
    """A database of its own, and the processes started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "khuevan.sqlite3"
        self.processes: list[subprocess.Popen[str]] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command of `khuevan`; what it prints goes to the file log."""
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "khuevan", *arguments],
                cwd=ROOT,
                # A lease longer than any test: nothing here may wait for one to run out.
                env=environment(
                    f"sqlite:///{self.database}", self.folder, PORT=str(self.port), TRIAL_LEASE="600"
                ),
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.processes.append(process)
        return process

    def queue(self, task: object, *arguments: object) -> None:
        """Queues the task without starting Django a second time."""
        row = {
            "id": uuid.uuid4().hex,
            "status": "READY",
            "enqueued_at": "2025-01-01 00:00:00",
            "args_kwargs": json.dumps({"args": arguments, "kwargs": {}}),
            "priority": 0,
            "task_path": task.module_path,
            "worker_ids": "[]",
            "queue_name": "default",
            "backend_name": "background",
            "run_after": "9999-01-01 00:00:00",
            "exception_class_path": "",
            "traceback": "",
        }
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            connection.execute(
                f"INSERT INTO django_tasks_database_dbtaskresult ({columns}) VALUES ({marks})",
                list(row.values()),
            )

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """What the database answers."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(statement).fetchall()

    def worker_pid(self) -> int | None:
        """The process of the worker that has not ended; None where there is none."""
        rows = self.ask("SELECT pid FROM background_worker WHERE ended_at IS NULL ORDER BY started_at DESC")
        return rows[0][0] if rows else None

    def long_task(self) -> list[str]:
        """What `take_long` noted."""
        path = self.folder / "long"
        return path.read_text(encoding="ascii").split() if path.exists() else []

    def answers(self) -> bool:
        """Whether the server answers."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/quan-tri/login/", timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            return False
        return True

    def wait_for(self, true: Callable[[], object], what: str) -> None:
        """Returns once it is so."""
        for _ in range(600):
            if true():
                return
            time.sleep(0.1)
        log = (self.folder / "log").read_text(encoding="utf-8")
        pytest.fail(f"never came: {what}\n{log[-3000:]}", pytrace=False)


@pytest.fixture
def installation(template_database: Path, tmp_path: Path) -> Iterator[Installation]:
    """An installation on a copy of the template; what is left of its processes is killed."""
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    made = Installation(tmp_path)
    yield made
    for process in made.processes:
        if process.poll() is None:
            for pid in descendants(process.pid):
                os.kill(pid, signal.SIGKILL)
            process.kill()
            process.wait()


def descendants(pid: int) -> list[int]:
    """The children of the process, and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    return [found for child in children for found in (int(child), *descendants(int(child)))]


def is_gone(pid: int) -> bool:
    """Whether the process has ended; one that only waits to be buried has."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in {"Z", "X"}


def test_worker_that_is_killed_is_started_again_and_does_what_was_in_hand(installation):
    installation.queue(tasks.take_long, str(installation.folder), 1.0)
    server = installation.start("serve")
    installation.wait_for(lambda: installation.long_task() == ["begun"], "the task's beginning")
    first = installation.worker_pid()
    os.kill(first, signal.SIGKILL)
    installation.wait_for(lambda: installation.long_task() == ["begun", "begun", "done"], "the task's end")
    assert installation.worker_pid() != first
    installation.wait_for(installation.answers, "the server's answer")
    family = descendants(server.pid)
    assert len(family) >= 3
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=30) == 0
    assert [pid for pid in family if not is_gone(pid)] == []
    # It ended as one that was asked to.
    assert installation.worker_pid() is None
    assert installation.ask(
        "SELECT status, json_array_length(worker_ids) FROM django_tasks_database_dbtaskresult"
        " WHERE task_path LIKE 'tests%'"
    ) == [("SUCCESSFUL", 2)]


def test_nothing_outlives_a_server_that_was_killed(installation):
    server = installation.start("serve")
    installation.wait_for(installation.answers, "the server's answer")
    installation.wait_for(installation.worker_pid, "the worker")
    family = descendants(server.pid)
    assert len(family) >= 3
    server.kill()
    server.wait()
    installation.wait_for(lambda: all(is_gone(pid) for pid in family), "the end of the children")


def test_server_that_cannot_start_ends_the_worker_and_says_so_by_its_code(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        server = installation.start("serve")
        assert server.wait(timeout=60) == 1
    assert descendants(server.pid) == []
    assert installation.worker_pid() is None


def test_serving_without_a_worker_leaves_the_work_to_others(installation):
    server = installation.start("serve", "--no-worker")
    installation.wait_for(installation.answers, "the server's answer")
    assert installation.ask("SELECT count(*) FROM background_worker") == [(0,)]
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in (server.pid, *descendants(server.pid))]
    assert not any(b"worker\0--id" in command or b"supervisor" in command for command in commands)
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=30) == 0


def test_worker_finishes_its_task_at_the_first_signal_and_ends_at_once_at_the_second(installation):
    installation.queue(tasks.take_long, str(installation.folder), 1.5)
    worker = installation.start("worker")
    installation.wait_for(lambda: installation.long_task() == ["begun"], "the task's beginning")
    # A terminal and a supervisor may both pass on one wish.
    worker.send_signal(signal.SIGTERM)
    worker.send_signal(signal.SIGINT)
    assert worker.wait(timeout=30) == 0
    assert installation.long_task() == ["begun", "done"]

    installation.queue(tasks.take_long, str(installation.folder), 600)
    worker = installation.start("worker")
    installation.wait_for(lambda: len(installation.long_task()) == 3, "the second task's beginning")
    worker.send_signal(signal.SIGTERM)
    time.sleep(1.2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 128 + signal.SIGTERM
    assert installation.long_task() == ["begun", "done", "begun"]


def test_worker_until_idle_does_what_waits_and_ends(installation):
    for number in range(3):
        installation.queue(tasks.write_mark, str(installation.folder), number)
    worker = installation.start("worker", "--until-idle")
    assert worker.wait(timeout=60) == 0
    marks = sorted(path.name for path in installation.folder.glob("*.done"))
    assert marks == ["0.done", "1.done", "2.done"]
    assert installation.worker_pid() is None
