"""Ends what is owed, and lets it be owed again. Only `actions` calls this."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.choices import (
    OPEN_STATES,
    AssignmentRole,
    InstalmentState,
    Outcome,
    ReplyState,
    StepState,
)
from khuevan.programme.models import Assignment, Difficulty, Evidence, Instalment, Reply, Step


def end(by: User, row: Assignment, reason: str) -> None:
    """Ends the assignment with what its unit still owed."""
    row.ended_at, row.ended_by, row.end_reason = clock.now(), by, reason
    row.save()
    cancel(list(Instalment.objects.filter(assignment=row, state__in=OPEN_STATES)), reason)


def cancel(rows: Sequence[Instalment], reason: str) -> None:
    """Ends what is owed. A report that waited for a verdict stays readable, and waits for nobody."""
    for row in rows:
        row.state, row.cancel_reason, row.reported_date = InstalmentState.CANCELLED, reason, None
        row.save()
    # A draft that nobody can send any more would stand in its unit's way when the work comes back.
    for draft in Reply.objects.filter(instalment__in=[row.pk for row in rows], state=ReplyState.DRAFT):
        _drop_draft(draft)


def let_be_owed_again(row: Assignment, since: datetime.date | None) -> None:
    """Opens what the end of the assignment cancelled: what has no day, and what falls due from the day on.

    It stands as its last report left it. What an officer waived for a reason of its own stays waived.
    """
    cancelled = Instalment.objects.filter(
        assignment=row, state=InstalmentState.CANCELLED, cancel_reason=row.end_reason
    )
    for item in cancelled:
        if item.nominal_date is not None and since is not None and item.nominal_date < since:
            continue
        item.state, item.cancel_reason = InstalmentState.WAITING, ""
        last = Reply.objects.filter(instalment=item).exclude(state=ReplyState.DRAFT).order_by("-sent_at")
        reply = last.first()
        if reply is not None and reply.state == ReplyState.RETURNED:
            item.state = InstalmentState.RETURNED
        elif reply is not None and reply.outcome == Outcome.DONE and reply.sent_at is not None:
            item.state = InstalmentState.REPORTED
            item.reported_date = timezone.localdate(reply.sent_at)
        elif reply is not None:
            item.state = InstalmentState.IN_PROGRESS
        item.save()


def hand_over_steps(former: Assignment, unit_id: int | None) -> None:
    """Gives the unfinished steps of the former unit to another one; None: to the unit that leads the task."""
    if unit_id is None:
        leads = Assignment.objects.current().filter(task=former.task_id, role=AssignmentRole.LEAD)
        unit_id = leads.values_list("unit", flat=True).first()
    if unit_id is None:
        return
    for step in Step.objects.filter(task=former.task_id, unit=former.unit_id).exclude(state=StepState.DONE):
        step.unit_id = unit_id
        step.save()


def _drop_draft(draft: Reply) -> None:
    for item in Evidence.objects.filter(reply=draft):
        storage, name = item.file.storage, str(item.file.name or "")
        item.delete()
        if name and not Evidence.objects.filter(file=name).exists():
            # As when the unit itself takes it out: only once no row names the file.
            transaction.on_commit(partial(storage.delete, name))
    Difficulty.objects.filter(reply=draft).delete()
    draft.delete()
