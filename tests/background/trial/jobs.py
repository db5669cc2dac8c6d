"""Periodic jobs of the tests' own workers, each every second: they note when they begin and end."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from khuevan.background.schedule import Job, periodic

NAMES = tuple(f"tick_{number}" for number in range(5))


def _ticking(name: str) -> Job:
    def tick() -> str:
        log = Path(os.environ["TRIAL_FOLDER"]) / f"{name}.log"
        with log.open("a", encoding="ascii") as file:
            file.write(f"begin {os.getpid()}\n")
        time.sleep(0.05)
        with log.open("a", encoding="ascii") as file:
            file.write(f"end {os.getpid()}\n")
        return ""

    return tick


for name in NAMES:
    periodic(name=name, title=name, every=timedelta(seconds=1))(_ticking(name))
