"""A worker's sign of life, given by a thread of its own so that a long job does not look like a death."""

from __future__ import annotations

import logging
import os
import signal
import threading
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from khuevan.background.models import Worker

logger = logging.getLogger(__name__)

# sysexits.h: a temporary failure; whoever started the worker should start it again.
EX_TEMPFAIL = 75


class Heartbeat(threading.Thread):
    """Renews the worker's lease until it is stopped, and watches the process that started the worker.

    Where the worker has been given up meanwhile (its machine slept), its work may be another's by now: the
    process ends in the middle of it. Where the parent is gone, the worker is asked to end as by SIGTERM.
    """

    def __init__(self, worker_id: UUID, *, parent: int | None) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._worker_id = worker_id
        self._parent = parent
        self._ended = threading.Event()

    def run(self) -> None:
        """One beat each BACKGROUND_HEARTBEAT; what goes wrong is logged and tried again at the next."""
        while not self._ended.wait(settings.BACKGROUND_HEARTBEAT.total_seconds()):
            if self._parent is not None and os.getppid() != self._parent:
                logger.warning("The process that started this worker is gone.")
                self._parent = None
                os.kill(os.getpid(), signal.SIGTERM)
            try:
                close_old_connections()
                self._beat()
            except Exception:
                logger.exception("A heartbeat could not be written.")
        connection.close()

    def stop(self) -> None:
        """Ends the thread, and waits until it has let the database go."""
        self._ended.set()
        self.join(timeout=5)

    def _beat(self) -> None:
        if not Worker.objects.not_ended().filter(pk=self._worker_id).update(seen_at=timezone.now()):
            logger.critical("Worker %s was given up while it was away; it ends now.", self._worker_id)
            os._exit(EX_TEMPFAIL)
