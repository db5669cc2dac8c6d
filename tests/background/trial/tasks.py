"""Single jobs of the tests. What they do lies in files, so that a killed process can be looked at afterwards."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from khuevan.background.failures import JobFailed
from khuevan.background.single_jobs import single_job


@single_job(title="Write a mark")
def write_mark(folder: str, number: int) -> int:
    """Leaves a file named by the number; a second run leaves the same."""
    time.sleep(0.01)
    (Path(folder) / f"{number}.done").write_text("done", encoding="ascii")
    return number


@single_job(title="Die")
def die(folder: str) -> None:
    """Notes the attempt, and kills the worker."""
    _append(Path(folder) / "attempts", "x")
    os.kill(os.getpid(), signal.SIGKILL)


@single_job(title="Fail")
def fail(address: str) -> None:
    """Fails with an address in the message."""
    raise ValueError(f"cannot write to {address}")


@single_job(title="Fail in a sentence")
def fail_in_a_sentence() -> None:
    """Fails with an account of its own."""
    raise JobFailed("Nothing to read.")


@single_job(title="End the process")
def leave() -> None:
    """Asks the process to end, as a library may."""
    raise SystemExit(3)


@single_job(title="Return what JSON has no word for")
def return_a_set() -> set[int]:
    """Returns what cannot be stored."""
    return {1}


@single_job(title="Take long")
def take_long(folder: str, seconds: float) -> None:
    """Notes its beginning and its end."""
    _append(Path(folder) / "long", "begun\n")
    time.sleep(seconds)
    _append(Path(folder) / "long", "done\n")


@single_job(title="Do nothing")
def do_nothing() -> None:
    """What the benchmark counts."""


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="ascii") as file:
        file.write(text)
