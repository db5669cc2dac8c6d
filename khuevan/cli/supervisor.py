"""The process above a server and a worker: passes signals on, starts a worker that died again, ends both.

Runs as a program of its own (`python -m khuevan.cli.supervisor SERVER…`) in place of `khuevan serve`, so that
neither Django nor the server takes memory a third time. Knows nothing of either but how to start it.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from types import FrameType

# The longest time between two looks at the children, seconds; a signal or a child's end comes sooner.
PAUSE = 1.0
# How long a worker may take to finish its task once the server has ended, seconds.
GRACE = 10.0
# How long to wait before a worker that died is started again: doubled each time, until one lives for a minute.
FIRST_DELAY, LONGEST_DELAY, LIVED = 0.5, 30.0, 60.0

PR_SET_PDEATHSIG = 1


class Supervisor:
    """One server and one worker, for as long as the server lives."""

    def __init__(self, server: list[str], worker: list[str]) -> None:
        self._server_command, self._worker_command = server, worker
        self._signals: list[int] = []
        self._ending = False
        self._worker: subprocess.Popen[bytes] | None = None
        self._worker_id: uuid.UUID | None = None
        self._worker_is_asked = False
        self._started_at, self._delay, self._start_at = 0.0, FIRST_DELAY, 0.0
        self._wake_up, self._signalled = os.pipe()

    def run(self) -> int:
        """The server's exit code, once both have ended."""
        # A signal that arrives just before a wait must end the wait: Python writes it into this pipe.
        os.set_blocking(self._signalled, False)
        signal.set_wakeup_fd(self._signalled, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGCHLD, _wake)
        server = _start(self._server_command, signal.SIGTERM)
        while (code := server.poll()) is None:
            self._pass_on(server)
            self._mend_worker()
            self._wait()
        self._ending = True
        self._end_worker()
        # A shell's way of saying which signal ended a process.
        return code if code >= 0 else 128 - code

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals.append(number)

    def _wait(self, longest: float = PAUSE) -> None:
        if self._worker is None and not self._ending:
            longest = min(longest, max(0.0, self._start_at - time.monotonic()))
        if select.select([self._wake_up], [], [], longest)[0]:
            os.read(self._wake_up, 512)

    def _pass_on(self, server: subprocess.Popen[bytes]) -> None:
        while self._signals:
            number = self._signals.pop(0)
            self._ending = True
            # The terminal has gone; the server would take that signal for a wish to load itself anew.
            wish = signal.SIGTERM if number == signal.SIGHUP else signal.Signals(number)
            for child in (server, self._worker):
                if child is not None and child.poll() is None:
                    child.send_signal(wish)
            self._worker_is_asked = self._worker is not None

    def _mend_worker(self) -> None:
        now = time.monotonic()
        if self._worker is not None and self._worker.poll() is not None:
            code, self._worker = self._worker.returncode, None
            self._delay = (
                FIRST_DELAY if now - self._started_at > LIVED else min(self._delay * 2, LONGEST_DELAY)
            )
            self._start_at = now + self._delay
            if not self._ending:
                sys.stderr.write(f"The worker has ended ({code}); it starts again in {self._delay:g} s.\n")
                sys.stderr.flush()
        if self._worker is None and not self._ending and now >= self._start_at:
            # The one before has surely ended: its successor takes over without waiting for the lease.
            replaced = ["--replaces", str(self._worker_id)] if self._worker_id else []
            self._worker_id = uuid.uuid4()
            named = ["--id", str(self._worker_id), "--parent", str(os.getpid())]
            self._worker = _start([*self._worker_command, *named, *replaced], signal.SIGTERM)
            self._started_at = now

    def _end_worker(self) -> None:
        """Lets the worker finish its task within the grace, or until we are asked once more; then ends it.

        What it had in hand is freed by its lease.
        """
        if self._worker is None:
            return
        if not self._worker_is_asked:
            self._worker.send_signal(signal.SIGTERM)
        for seconds, number in ((GRACE, signal.SIGTERM), (1.0, signal.SIGKILL)):
            until = time.monotonic() + seconds
            while self._worker.poll() is None and not self._signals and time.monotonic() < until:
                self._wait(0.2)
            self._signals.clear()
            if self._worker.poll() is None:
                self._worker.send_signal(number)
        self._worker.wait()


def _wake(number: int, frame: FrameType | None) -> None:
    """Nothing: that a child has ended only has to end the wait."""


def _start(command: list[str], when_we_die: signal.Signals) -> subprocess.Popen[bytes]:
    """The command as a child in a process group of its own, so that a terminal's Ctrl-C reaches us alone."""
    return subprocess.Popen(
        command,
        process_group=0,
        # Safe here: this process has one thread.
        preexec_fn=_signal_at_death_of_parent(when_we_die),  # noqa: PLW1509
    )


def _signal_at_death_of_parent(number: signal.Signals) -> Callable[[], None]:
    """What a child does before its program starts: asks Linux for a signal should we be killed."""
    parent = os.getpid()
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask() -> None:
        if library is not None:
            library.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return ask


def main() -> None:
    """Supervises the server of the command line, and a worker of this installation."""
    supervisor = Supervisor(sys.argv[1:], [sys.executable, "-m", "khuevan", "worker"])
    sys.exit(supervisor.run())


if __name__ == "__main__":
    main()
