"""Whose calendar an address is, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Greatest

from khuevan.people.models import User
from khuevan.people.queries import posts_of
from khuevan.programme.actions.subscriptions import feed_digest
from khuevan.programme.choices import InstalmentState
from khuevan.programme.lines import UnitName
from khuevan.programme.models import DeadlineFeed, Instalment, Step
from khuevan.programme.permissions import answering_unit_ids
from khuevan.programme.work_queries import replies_to_judge

BACK, AHEAD = timedelta(days=30), timedelta(days=365)
# A calendar program reads the whole file each time; a head of three hundred units would get forty thousand.
MOST_DEADLINES = 2000


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """What one owes, or is to judge (`verdict`), on a day. `text` is the task's, or a step's title (`step`)."""

    pk: int
    step: bool
    verdict: bool
    task: int
    number: int
    text: str
    plan_name: str
    unit: UnitName
    role: str
    day: date
    state: str
    made: datetime
    changed: datetime


def feed_of(secret: str, day: date) -> DeadlineFeed | None:
    """The address in force with this secret part, its person loaded; None where it is no longer anybody's.

    An account that is closed or holds no post on the day has no calendar. Two queries.
    """
    found: DeadlineFeed | None = (
        DeadlineFeed.objects.filter(
            digest=feed_digest(secret), revoked_at__isnull=True, person__is_active=True
        )
        .select_related("person")
        .first()
    )
    if found is None or not posts_of(found.person, day).exists():
        return None
    return found


def feed_in_force(person: User) -> DeadlineFeed | None:
    """The person's own address in force. One query."""
    found: DeadlineFeed | None = DeadlineFeed.objects.filter(person=person, revoked_at__isnull=True).first()
    return found


def deadlines_of(person: User, day: date) -> list[DeadlineLine]:
    """What the person's units owe or did, and what waits for the person's verdict, from 30 days before to a
    year after the day, by day; at most MOST_DEADLINES of them, the earliest.

    A report that waits stands on its instalment's day, or where that lies before on the day it was made.
    """
    units = list(answering_unit_ids(person, day))
    found = _owed(units, day) + _steps(units, day)
    known = {line.pk for line in found if not line.step}
    found += [line for line in _to_judge(person, day) if line.pk not in known]
    return sorted(found, key=lambda line: (line.day, line.number, line.step, line.pk))[:MOST_DEADLINES]


def _owed(units: list[int], day: date) -> list[DeadlineLine]:
    rows = (
        Instalment.objects.in_force()
        .filter(assignment__unit__in=units, due_date__range=(day - BACK, day + AHEAD))
        .exclude(state=InstalmentState.CANCELLED)
        .annotate(changed=Greatest("updated_at", "assignment__updated_at", "assignment__task__updated_at"))
        .order_by("due_date", "pk")
        .values_list(
            "pk", "assignment__task", "assignment__task__order", "assignment__task__text",
            "assignment__task__plan__symbol", "assignment__task__plan__title", "assignment__unit",
            "assignment__unit__name", "assignment__unit__short_name", "assignment__role", "due_date", "state",
            "created_at", "changed",
        )[:MOST_DEADLINES]
    )  # fmt: skip
    return [
        DeadlineLine(
            pk, False, False, task, order + 1, text, symbol or title, UnitName(unit, name, short), role, due,
            state, made, changed,
        )
        for (
            pk, task, order, text, symbol, title, unit, name, short, role, due, state, made, changed
        ) in rows
        if due is not None
    ]  # fmt: skip


def _steps(units: list[int], day: date) -> list[DeadlineLine]:
    rows = (
        Step.objects.filter(
            unit__in=units, task__dropped_in__isnull=True, due_date__range=(day - BACK, day + AHEAD)
        )
        .annotate(changed=Greatest("updated_at", "task__updated_at"))
        .order_by("due_date", "pk")
        .values_list(
            "pk", "task", "task__order", "title", "task__plan__symbol", "task__plan__title", "unit",
            "unit__name", "unit__short_name", "due_date", "state", "created_at", "changed",
        )[:MOST_DEADLINES]
    )  # fmt: skip
    return [
        DeadlineLine(
            pk, True, False, task, order + 1, text, symbol or title, UnitName(unit, name, short), "", due, state,
            made, changed,
        )
        for pk, task, order, text, symbol, title, unit, name, short, due, state, made, changed in rows
        if due is not None
    ]  # fmt: skip


def _to_judge(person: User, day: date) -> list[DeadlineLine]:
    first, last = day - BACK, day + AHEAD
    rows = (
        replies_to_judge(person, day)
        .filter(
            Q(instalment__due_date__range=(first, last)) | Q(instalment__reported_date__range=(first, last))
        )
        .annotate(changed=Greatest("updated_at", "instalment__updated_at"), made=F("instalment__created_at"))
        .values_list(
            "instalment", "instalment__assignment__task", "instalment__assignment__task__order",
            "instalment__assignment__task__text", "instalment__assignment__task__plan__symbol",
            "instalment__assignment__task__plan__title", "instalment__assignment__unit",
            "instalment__assignment__unit__name", "instalment__assignment__unit__short_name",
            "instalment__assignment__role", "instalment__due_date", "instalment__reported_date",
            "instalment__state", "made", "changed",
        )[:MOST_DEADLINES]
    )  # fmt: skip
    return [
        DeadlineLine(
            pk, False, True, task, order + 1, text, symbol or title, UnitName(unit, name, short), role, when, state,
            made, changed,
        )
        for (
            pk, task, order, text, symbol, title, unit, name, short, role, due, reported, state, made, changed
        ) in rows
        if (when := due if due is not None and first <= due <= last else reported) is not None
    ]  # fmt: skip
