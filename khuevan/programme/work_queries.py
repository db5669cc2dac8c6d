"""Reads of instalments, replies, steps and what waits for whom: what desks, boards and calendars are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import (
    OWED_STATES,
    AssignmentRole,
    InstalmentState,
    Outcome,
    ReplyState,
)
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Assignment, Difficulty, Instalment, InstalmentQuerySet, Reply, Step
from khuevan.programme.permissions import answering_unit_ids, headed_unit_ids


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One unit's instalment as lists show it: the task, the unit and its role, the day, the state.

    `number` counts the plan's tasks from 1. `has_difficulty`: a difficulty was sent with it and nobody has
    answered yet. `section` is the key of the heading under which the task stands, None for none.
    """

    pk: int
    task: int
    task_text: str
    number: int
    plan: int
    section: int | None
    assignment: int
    unit: UnitName
    role: str
    due_date: date | None
    state: str
    percent: int
    has_difficulty: bool = False

    @property
    def is_owed(self) -> bool:
        """Whether it is the unit's turn."""
        return self.state in OWED_STATES

    def is_late_on(self, day: date) -> bool:
        """Whether the unit still owes it after its day."""
        return self.due_date is not None and self.due_date < day and self.is_owed


def instalments_seen(sight: Sight) -> InstalmentQuerySet:
    """The instalments in force of the tasks that a person reads."""
    rows: InstalmentQuerySet = Instalment.objects.in_force()
    if sight.units is None:
        return rows
    return rows.filter(assignment__task__in=sight.tasks().order_by().values("pk"))


def instalment_lines(instalments: QuerySet[Any]) -> list[InstalmentLine]:
    """The instalments in the order of the queryset. One query."""
    open_difficulty = Difficulty.objects.filter(
        reply__instalment=OuterRef("pk"), answered_at__isnull=True
    ).exclude(reply__state=ReplyState.DRAFT)
    rows = instalments.annotate(difficult=Exists(open_difficulty)).values_list(
        "pk", "assignment__task", "assignment__task__text", "assignment__task__order", "assignment__task__plan",
        "assignment__task__section", "assignment", "assignment__unit", "assignment__unit__name",
        "assignment__unit__short_name", "assignment__unit__valid_to", "assignment__role", "due_date", "state",
        "percent", "difficult",
    )  # fmt: skip
    return [
        InstalmentLine(
            pk, task, text, order + 1, plan, section, assignment, UnitName(unit, name, short, ended), role, due,
            state, percent, difficult,
        )
        for (
            pk, task, text, order, plan, section, assignment, unit, name, short, ended, role, due, state, percent,
            difficult,
        ) in rows
    ]  # fmt: skip


def owed_by(user: User, day: date) -> InstalmentQuerySet:
    """The instalments for which the person may report and whose turn it is, earliest first, those without a
    day last."""
    rows: InstalmentQuerySet = Instalment.objects.owed().filter(
        assignment__unit__in=answering_unit_ids(user, day)
    )
    return rows.order_by(F("due_date").asc(nulls_last=True), "assignment__task__order", "pk")


def current_of_each(instalments: InstalmentQuerySet) -> InstalmentQuerySet:
    """Of each assignment the earliest instalment that is open: what stands on a board or in a short list.

    A unit that owes a check each month has twelve in a year, of which one at a time is asked for.
    """
    first = (
        Instalment.objects.open()
        .filter(assignment=OuterRef("assignment"))
        .order_by(F("due_date").asc(nulls_last=True), "pk")
        .values("pk")[:1]
    )
    return instalments.filter(pk=Subquery(first))


def _lead_unit() -> Subquery:
    leads = Assignment.objects.current().filter(
        task=OuterRef("instalment__assignment__task"), role=AssignmentRole.LEAD
    )
    return Subquery(leads.values("unit")[:1])


def replies_to_judge(user: User, day: date) -> QuerySet[Reply]:
    """The reports of completion that wait for this person, the longest waiting first.

    The rule of `permissions.can_judge`, narrowed to those whose turn it is first: a head gets the reports of the
    units that support the own unit's tasks, a planning officer those of the leads, a director those of leads too.
    """
    waiting = (
        Reply.objects.filter(
            state=ReplyState.SENT,
            outcome=Outcome.DONE,
            # One whose instalment was waived meanwhile waits for nobody.
            instalment__state=InstalmentState.REPORTED,
            instalment__assignment__dropped_in__isnull=True,
            instalment__assignment__ended_at__isnull=True,
            instalment__assignment__task__dropped_in__isnull=True,
        )
        .annotate(lead_unit=_lead_unit())
        .select_related("instalment__assignment__task", "instalment__assignment__unit", "sent_by")
        .order_by("sent_at", "pk")
    )
    roles = roles_once(user, day)
    own = answering_unit_ids(user, day)
    mine = Q(pk__in=[])
    headed = headed_unit_ids(user, day)
    if headed:
        mine |= Q(instalment__assignment__role=AssignmentRole.SUPPORT, lead_unit__in=headed) & ~Q(
            instalment__assignment__unit__in=own
        )
    if Role.PLANNING_OFFICER in roles:
        mine |= Q(instalment__assignment__role=AssignmentRole.LEAD) & ~Q(instalment__assignment__unit__in=own)
    if roles & DIRECTORS:
        mine |= Q(instalment__assignment__role=AssignmentRole.LEAD)
    return waiting.filter(mine)


def open_difficulties(sight: Sight) -> QuerySet[Difficulty]:
    """The difficulties of tasks that a person reads which nobody has answered, the oldest first."""
    rows = (
        Difficulty.objects.filter(
            answered_at__isnull=True,
            reply__instalment__assignment__ended_at__isnull=True,
            reply__instalment__assignment__dropped_in__isnull=True,
        )
        .exclude(reply__state=ReplyState.DRAFT)
        .select_related(
            "reply__instalment__assignment__task", "reply__instalment__assignment__unit", "reply__sent_by"
        )
        .order_by("reply__sent_at", "pk")
    )
    if sight.units is None:
        return rows
    return rows.filter(reply__instalment__assignment__task__in=sight.tasks().order_by().values("pk"))


def steps_of_units(unit_ids: Iterable[int]) -> QuerySet[Step]:
    """The unfinished steps of tasks in force that these units have to take, earliest first."""
    return (
        Step.objects.filter(unit__in=list(unit_ids), task__dropped_in__isnull=True)
        .exclude(state="DONE")
        .select_related("task", "unit")
        .order_by(F("due_date").asc(nulls_last=True), "task__order", "order")
    )
