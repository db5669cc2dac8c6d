"""Who has a mail in hand: taking it, letting go of it with what became of it, and finding what was dropped.

A mail may be handed over only between `claim` and `settle`, and the claim is on the disk before the first byte
leaves. A sender that dies in between leaves a claim without an end; `find_abandoned` makes that UNCERTAIN, from
where only a person leads back.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from khuevan.core import clock
from khuevan.outbox.choices import MailState, Trouble
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.transport import Outcome, Result

# Longer than any one mail takes: five answers of the server at EMAIL_TIMEOUT each.
CLAIM_LASTS = datetime.timedelta(minutes=10)
# What is waited after each attempt that the server put off, or that never reached it; then it is given up.
# Within a day, because the next day's mail says everything anew.
PAUSES: tuple[datetime.timedelta, ...] = tuple(
    datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)
)

_TROUBLE_OF: dict[Result, Trouble] = {
    Result.DEFERRED: Trouble.DEFERRED,
    Result.LOST_BEFORE: Trouble.LOST_BEFORE,
    Result.REJECTED: Trouble.REJECTED,
    Result.LOST_AFTER: Trouble.LOST_AFTER,
    Result.UNCLEAR: Trouble.UNCLEAR,
}


@contextmanager
def commits_reach_the_disk() -> Iterator[None]:
    """Lets each commit inside the block wait for the disk, so that not even a power failure undoes a claim.

    Our SQLite settings let the last commits of a machine that loses power be lost; a lost claim would send a
    mail twice. PostgreSQL waits anyway.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={int(before)}")


def find_abandoned(lasts: datetime.timedelta = CLAIM_LASTS) -> int:
    """How many mails became UNCERTAIN because their sender did not come back to them in time."""
    with transaction.atomic(durable=True):
        # The claim stays: if that sender is alive after all, it may still say what became of the mail.
        return OutgoingMail.objects.claimed_before(timezone.now() - lasts).update(
            state=MailState.UNCERTAIN, trouble=Trouble.ABANDONED, last_error=""
        )


def claim(mail: OutgoingMail) -> uuid.UUID | None:
    """The claim under which the mail is ours from now on; None where another sender was quicker."""
    token = uuid.uuid4()
    # `durable`, because a claim inside a transaction that is undone later would be no claim.
    with transaction.atomic(durable=True):
        taken = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
            state=MailState.SENDING,
            claim=token,
            claimed_at=timezone.now(),
            attempts=F("attempts") + 1,
            next_attempt_at=None,
        )
    return token if taken else None


def is_held(mail: OutgoingMail, token: uuid.UUID) -> bool:
    """Whether the mail is still in hand under this claim."""
    return OutgoingMail.objects.filter(pk=mail.pk, claim=token, state=MailState.SENDING).exists()


def settle(mail: OutgoingMail, token: uuid.UUID, outcome: Outcome) -> MailState | None:
    """The state that the outcome leads to; None where a person has decided meanwhile, and that holds.

    Also for a mail that was taken for abandoned meanwhile: its sender knows better.
    """
    held = OutgoingMail.objects.filter(
        pk=mail.pk, claim=token, state__in=[MailState.SENDING, MailState.UNCERTAIN]
    )
    if outcome.result is Result.NOT_OURS:
        return None
    with transaction.atomic(durable=True):
        attempts = held.values_list("attempts", flat=True).first()
        if attempts is None:
            return None
        course = _course(outcome, attempts)
        return course["state"] if held.update(**course) else None


def refuse_unfit(mail: OutgoingMail, words: str) -> bool:
    """Whether the waiting mail, which no program can read, is out of the way of the others now."""
    course = _ended(MailState.REFUSED, Trouble.UNFIT, words)
    return bool(OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(**course))


def _course(outcome: Outcome, attempts: int) -> dict[str, Any]:
    """The fields after an attempt that ended so, the attempt counted."""
    match outcome.result:
        case Result.ACCEPTED:
            return _ended(MailState.SENT) | {"sent_at": clock.now()}
        case Result.REJECTED:
            return _ended(MailState.REFUSED, Trouble.REJECTED, outcome.words)
        case Result.DEFERRED | Result.LOST_BEFORE if attempts <= len(PAUSES):
            waiting = _ended(MailState.WAITING, _TROUBLE_OF[outcome.result], outcome.words)
            return waiting | {"next_attempt_at": timezone.now() + PAUSES[attempts - 1]}
        case Result.DEFERRED | Result.LOST_BEFORE:
            return _ended(MailState.REFUSED, Trouble.GIVEN_UP, outcome.words)
        case _:
            return _ended(MailState.UNCERTAIN, _TROUBLE_OF[outcome.result], outcome.words)


def _ended(state: MailState, trouble: Trouble | str = "", words: str = "") -> dict[str, Any]:
    return {
        "state": state,
        "next_attempt_at": None,
        "claim": None,
        "claimed_at": None,
        "trouble": trouble,
        "last_error": words,
    }
