"""A worker's loop: look at the schedule, look for the dead, take a task, do it.

django_tasks_db brings a worker of its own. Ours differs where it matters here: a task is held by a lease, and
finished only while it is held; what is stored of an error is one sentence instead of a traceback with whatever
its message quotes; the schedule and the reaper are looked after between tasks; and a signal never ends the
process between taking a task and doing it.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from django.utils import timezone, translation
from django_tasks import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from khuevan.background.failures import sentence_about
from khuevan.background.heartbeat import Heartbeat
from khuevan.background.holding import fail_task, finish_task, take_next_task
from khuevan.background.models import Worker
from khuevan.background.reaping import Reaper, give_up
from khuevan.background.running import note_failure
from khuevan.background.scheduling import bring_rows_in_step, queue_due_jobs

logger = logging.getLogger(__name__)

# How long an idle worker waits before it looks again, and how often it looks at the schedule; seconds.
IDLE = 1.0
# After an error of the database.
RECOVERY = 3.0
# A terminal and a supervisor may both deliver one wish to end; this long it counts as one. Seconds.
ONE_WISH = 1.0


class WorkingLoop:
    """One worker, from its row's making to its end. `run` belongs to the main thread, because of signals."""

    def __init__(
        self,
        worker_id: UUID,
        *,
        replaces: UUID | None = None,
        parent: int | None = None,
        until_idle: bool = False,
    ) -> None:
        self._id = worker_id
        self._replaces = replaces
        self._until_idle = until_idle
        self._heartbeat = Heartbeat(worker_id, parent=parent)
        self._reaper = Reaper()
        self._asked_to_end_at: float | None = None
        self._looked_at: dict[str, float] = {}
        self._wake_up, self._signalled = os.pipe()

    def run(self) -> None:
        """Works until a signal asks for the end or, with `until_idle`, until nothing waits.

        Raises HoldLost when another worker has given this one up, and the database's error when the end of a
        task cannot be stored: the process must end then, and its lease run out.
        """
        self._listen()
        # What jobs report and how they fail is read by the office's staff.
        with translation.override(settings.STAFF_LANGUAGE):
            worker = self._begin()
            try:
                self._work(worker)
            finally:
                self._heartbeat.stop()
                signal.set_wakeup_fd(-1)
                os.close(self._signalled)
                os.close(self._wake_up)
            Worker.objects.filter(pk=self._id, task_id=None).update(ended_at=timezone.now())
            logger.info("Worker %s has ended.", self._id)
        connection.close()

    def _begin(self) -> Worker:
        if self._replaces is not None:
            # Whoever starts us has seen that one's process end: no need to wait for its lease.
            give_up(self._replaces)
        bring_rows_in_step()
        worker: Worker = Worker.objects.create(pk=self._id, host=socket.gethostname()[:255], pid=os.getpid())
        self._heartbeat.start()
        logger.info("Worker %s works.", self._id)
        return worker

    def _work(self, worker: Worker) -> None:
        while self._asked_to_end_at is None:
            close_old_connections()
            try:
                if self._is_time("schedule", IDLE):
                    queue_due_jobs()
                if self._is_time("the dead", settings.BACKGROUND_HEARTBEAT.total_seconds()):
                    self._reaper.look()
                task = take_next_task(worker)
            except (DatabaseError, InterfaceError):
                logger.exception("The database does not answer as it should; trying again.")
                self._wait(RECOVERY)
                continue
            if task is not None:
                do_task(worker, task)
            elif self._until_idle:
                return
            else:
                self._wait(IDLE)

    def _is_time(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        if now - self._looked_at.get(what, -seconds) < seconds:
            return False
        self._looked_at[what] = now
        return True

    def _listen(self) -> None:
        # A signal that arrives just before the wait must end the wait: Python writes it into this pipe.
        os.set_blocking(self._signalled, False)
        signal.set_wakeup_fd(self._signalled, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._asked_to_end_at is None:
            self._asked_to_end_at = now
        elif now - self._asked_to_end_at > ONE_WISH:
            # The task in hand stays RUNNING; its lease runs out, and it begins anew elsewhere.
            os._exit(128 + number)

    def _wait(self, seconds: float) -> None:
        if self._asked_to_end_at is None and select.select([self._wake_up], [], [], seconds)[0]:
            os.read(self._wake_up, 512)


def do_task(worker: Worker, held: DBTaskResult) -> None:
    """Does a task that the worker holds, and gives it back done or failed. Raises HoldLost."""
    sender: Any = None
    try:
        # What the row names may be gone from the software.
        task, result = held.task, held.task_result
        sender = type(task.get_backend())
        task_started.send(sender=sender, task_result=result)
        context = (TaskContext(task_result=result),) if task.takes_context else ()
        value = normalize_json(task.call(*context, *result.args, **result.kwargs))
    except BaseException as error:
        sentence = sentence_about(error)
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        _surely(lambda: _fail(worker, held, kind=kind, sentence=sentence))
        if sender is None:
            logger.exception("Task %s (%s) cannot be done.", held.pk, held.task_path)
        else:
            # The library's own receiver of this signal writes the whole traceback into the log.
            task_finished.send(sender=sender, task_result=held.task_result)
    else:
        _surely(lambda: finish_task(worker, held, return_value=value))
        task_finished.send(sender=sender, task_result=held.task_result)


def _fail(worker: Worker, held: DBTaskResult, *, kind: str, sentence: str) -> None:
    with transaction.atomic():
        fail_task(worker, held, kind=kind, sentence=sentence)
        note_failure(held.pk, sentence)


def _surely(store: Callable[[], None]) -> None:
    """Stores how a task ended; the database gets a few chances, because the work itself is done."""
    for seconds in (RECOVERY, 2 * RECOVERY, 4 * RECOVERY):
        try:
            store()
        except (DatabaseError, InterfaceError):
            logger.exception("The end of a task could not be stored; trying again.")
            time.sleep(seconds)
            # A connection that broke is made anew.
            close_old_connections()
        else:
            return
    store()
