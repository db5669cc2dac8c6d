"""A schedule of the test's own, and rows of tasks and workers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from khuevan.background import schedule as schedule_module
from khuevan.background.models import Worker
from khuevan.background.schedule import periodic


class OwnSchedule:
    """Puts jobs into a schedule that lasts for one test. What the jobs do is written in `runs`."""

    def __init__(self) -> None:
        self.runs: list[str] = []

    def add(
        self,
        name: str = "count",
        *,
        every: timedelta | None = None,
        at: time | None = None,
        job: Callable[[], str] | None = None,
        title: str | None = None,
    ) -> None:
        """Adds a job; every minute and reporting "counted" unless the test says otherwise."""

        def count() -> str:
            self.runs.append(name)
            return "counted"

        if every is None and at is None:
            every = timedelta(minutes=1)
        periodic(name=name, title=title or name, every=every, at=at)(job or count)


@pytest.fixture
def own_schedule(monkeypatch: pytest.MonkeyPatch) -> OwnSchedule:
    """An empty schedule."""
    monkeypatch.setattr(schedule_module, "_schedule", {})
    return OwnSchedule()


@pytest.fixture
def worker(db: Any) -> Worker:
    """A worker that lives."""
    made: Worker = Worker.objects.create(host="here", pid=1)
    return made
