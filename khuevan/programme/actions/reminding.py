"""Writes of the machine: each working day one mail a person, with the reminders that it carries.

Not actions in the sense of `khuevan.core.actions`: nobody orders them, and what they write is a log itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from khuevan.core import clock
from khuevan.outbox.actions import queue_mail
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.programme.models import Reminder
from khuevan.programme.presenters.digest import digest_mail
from khuevan.programme.reminder_queries import DIGEST, Digest, digests_of


@dataclass(frozen=True, slots=True)
class ReminderReport:
    """What a day's reminding did: mails written, things told, people who have no address."""

    mails: int = 0
    reminders: int = 0
    without_address: int = 0
    is_day_off: bool = False


def remind_everyone() -> ReminderReport:
    """Writes today's mails into the outbox; on a day off nothing is written.

    Each person's mail and its reminders are kept together or not at all. Ended at any moment and run again, it goes
    on with those who have no mail of the day yet: the mail's key is the day and the person.
    """
    day, calendar = clock.today(), vietnamese_working_calendar()
    if not calendar.is_working_day(day):
        return ReminderReport(is_day_off=True)
    mails = reminders = without_address = 0
    for digest in digests_of(day, calendar):
        told, has_address = _remind(digest)
        mails += has_address
        without_address += not has_address
        reminders += told
    return ReminderReport(mails, reminders, without_address)


@transaction.atomic
def _remind(digest: Digest) -> tuple[int, bool]:
    """How many reminders were kept, and whether the person has an address to send the mail to."""
    with translation.override(digest.person.language):
        mail = digest_mail(digest)
    kept = queue_mail(
        key=f"digest:{digest.day.isoformat()}:{digest.person.pk}",
        kind=DIGEST,
        person=digest.person,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        reason=mail.reason,
    )
    rows = [
        Reminder(
            day=digest.day,
            due_date=item.due,
            person=digest.person,
            instalment_id=item.thing.pk if item.thing.kind == "INSTALMENT" else None,
            step_id=item.thing.pk if item.thing.kind == "STEP" else None,
            rung_id=item.call.rung.key,
            target=item.target,
            offset=item.call.offset,
            mail=kept,
        )
        for item in digest.called
    ]
    # Where a head stands in for missing officers, two calls may say the same of one thing to one person.
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows), kept is not None
