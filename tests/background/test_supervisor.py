"""The process above server and worker, with two small programs in their places."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.background.processes import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc")

# Ends with code 7, some time after it was asked to.
SERVER = """
import os, signal, sys, time
asked = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, frame: asked.append(number))
print("server", flush=True)
while not asked:
    time.sleep(0.02)
time.sleep(float(sys.argv[1]))
os._exit(7)
"""

# Writes each signal down as it comes, and ends some time after the first.
WORKER = """
import signal, sys, time
asked = []
def note(number, frame):
    asked.append(number)
    print("worker", signal.Signals(number).name, flush=True)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, note)
print("worker begins", *sys.argv[2::2], flush=True)
while not asked:
    time.sleep(0.02)
until = time.monotonic() + float(sys.argv[1])
while time.monotonic() < until:
    time.sleep(0.02)
print("worker ends", flush=True)
"""

SUPERVISE = """
import sys
from khuevan.cli.supervisor import Supervisor
server, worker = sys.argv[1:3]
python = [sys.executable, "-c"]
sys.exit(Supervisor([*python, server, sys.argv[3]], [*python, worker, sys.argv[4]]).run())
"""


class Supervised:
    """A running supervisor, and what its children have said."""

    def __init__(
        self, folder: Path, *, server: str = SERVER, server_takes: float, worker_takes: float
    ) -> None:
        self.log = folder / "log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SUPERVISE, server, WORKER, str(server_takes), str(worker_takes)],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.DEVNULL,
            )

    def end(self) -> None:
        """Kills what is left of it."""
        if self.process.poll() is None:
            for pid in (*self.children(), self.process.pid):
                os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def lines(self) -> list[str]:
        """What the children have said so far."""
        return self.log.read_text(encoding="utf-8").splitlines()

    def said(self, by: str) -> list[str]:
        """What the one child has said so far."""
        return [line for line in self.lines() if line.startswith(by)]

    def children(self) -> list[int]:
        """The server and the worker, in the order in which they were started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text(encoding="ascii").split()]

    def wait_for(self, true: Callable[[], object]) -> None:
        """Returns once it is so."""
        for _ in range(500):
            if true():
                return
            time.sleep(0.02)
        raise AssertionError(self.lines())


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    """Starts a supervisor; what is left of it is killed."""
    started: list[Supervised] = []

    def start(**values: Any) -> Supervised:
        started.append(Supervised(tmp_path, **values))
        return started[-1]

    yield start
    for supervised in started:
        supervised.end()


def begun(supervised: Supervised) -> None:
    supervised.wait_for(lambda: supervised.said("server") and supervised.said("worker"))


def test_one_wish_reaches_the_worker_once_however_long_the_server_takes(supervise):
    supervised = supervise(server_takes=1.5, worker_takes=2.5)
    begun(supervised)
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.process.wait(timeout=30) == 7
    assert supervised.said("worker") == ["worker begins --id --parent", "worker SIGINT", "worker ends"]


def test_worker_is_asked_to_end_when_the_server_ends_by_itself(supervise):
    supervised = supervise(server="import time; time.sleep(1)", server_takes=0, worker_takes=0.1)
    assert supervised.process.wait(timeout=30) == 0
    assert supervised.said("worker")[-2:] == ["worker SIGTERM", "worker ends"]


def test_second_wish_is_passed_on_while_the_worker_finishes(supervise):
    supervised = supervise(server_takes=0, worker_takes=600)
    begun(supervised)
    supervised.process.send_signal(signal.SIGINT)
    supervised.wait_for(lambda: len(supervised.children()) == 1)
    supervised.process.send_signal(signal.SIGINT)
    # This worker does not end at its second signal either: it is killed a second later.
    assert supervised.process.wait(timeout=30) == 7
    assert supervised.said("worker")[1] == "worker SIGINT"
    assert len(supervised.said("worker")) == 3


def test_terminal_that_closes_asks_both_to_end(supervise):
    supervised = supervise(server_takes=0, worker_takes=0)
    begun(supervised)
    supervised.process.send_signal(signal.SIGHUP)
    assert supervised.process.wait(timeout=30) == 7
    assert supervised.said("worker")[1:] == ["worker SIGTERM", "worker ends"]


def test_worker_that_ends_unasked_is_replaced_by_one_that_knows_of_it(supervise):
    supervised = supervise(server_takes=0, worker_takes=0)
    begun(supervised)
    os.kill(supervised.children()[1], signal.SIGKILL)
    supervised.wait_for(lambda: len(supervised.said("worker begins")) == 2)
    assert supervised.said("worker begins")[1] == "worker begins --id --parent --replaces"
    supervised.process.send_signal(signal.SIGTERM)
    assert supervised.process.wait(timeout=30) == 7
