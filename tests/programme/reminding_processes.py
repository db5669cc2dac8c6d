"""Processes that remind a department: see tests/outbox/processes.py."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

from tests.outbox import processes

DAY = date(2025, 11, 14)


def work() -> None:
    """A department with hundreds of people at work, some of it late."""
    from tests.factories.large_work import large_work
    from tests.factories.people import UserFactory

    large_work(UserFactory(), plans=1, tasks=120, units=40, replies=400, today=DAY)


def remind(wait: float = 0) -> int:
    """Writes the day's mails, pausing a little after each, so that a kill finds it in the middle."""
    from khuevan.core import clock
    from khuevan.programme.actions import reminding
    from tests.factories.work import at

    told = reminding._remind

    def slowly(digest: Any) -> Any:
        time.sleep(wait)
        return told(digest)

    reminding._remind = slowly
    with clock.stopped_at(at(DAY, 7, 30)):
        return reminding.remind_everyone().mails


def send() -> None:
    """Sends what waits; nobody else sends, so a claim that is found is a dead one's."""
    from khuevan.outbox.sending import send_waiting

    send_waiting(500, claim_lasts=timedelta())


def mails() -> list[list[Any]]:
    """Each mail's person, Message-ID and state."""
    from khuevan.outbox.models import OutgoingMail

    rows = OutgoingMail.objects.order_by("id").values_list("person", "message_id", "state")
    return [list(row) for row in rows]


def told() -> list[list[Any]]:
    """Each reminder's person, thing and mail."""
    from khuevan.programme.models import Reminder

    rows = Reminder.objects.order_by("id").values_list(
        "person", "instalment", "step", "target", "offset", "mail"
    )
    return [list(row) for row in rows]


if __name__ == "__main__":
    processes.main(
        {deed.__name__: deed for deed in (work, remind, send, mails, told)},
        modules=(*processes.MODULES, "khuevan.programme.actions.reminding", "tests.factories.large_work"),
    )
