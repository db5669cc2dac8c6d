"""What of others waits for a person: reports to accept or return, difficulties to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from khuevan.people.models import User
from khuevan.programme.choices import AssignmentRole, InstalmentState, Outcome, ReplyState
from khuevan.programme.desk_permissions import directs, heads_a_unit, plans_the_work
from khuevan.programme.desk_queries import first_of_each_block
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Assignment, Difficulty, Instalment, Reply
from khuevan.programme.permissions import answering_unit_ids, headed_unit_ids


class Matter(StrEnum):
    """What of others waits for the person: a report's verdict, a difficulty's answer."""

    VERDICT = "VERDICT"
    ANSWER = "ANSWER"


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A reply of another unit that waits for the person; `difficulty` is empty where it has no open one."""

    pk: int
    instalment: int
    task: int
    task_text: str
    unit: UnitName
    role: str
    due_date: date | None
    sent_at: datetime
    text: str
    difficulty: str
    asks_for: str


def matters(user: User, day: date) -> QuerySet[Any]:
    """The replies that wait for the person's word, with the `matter` of each, the longest waiting first.

    Reports of completion as `replies_to_judge` gives them, and replies with a difficulty that nobody answered, by
    the same rule: a head those of units that support the own unit's tasks, planning officers and directors those
    of leads. A report with a difficulty is one matter: its verdict.
    """
    own, mine = answering_unit_ids(user, day), Q(pk__in=[])
    unit, role = "instalment__assignment__unit", "instalment__assignment__role"
    if heads_a_unit(user, day):
        mine |= Q(**{role: AssignmentRole.SUPPORT, "lead_unit__in": headed_unit_ids(user, day)}) & ~Q(
            **{f"{unit}__in": own}
        )
    if plans_the_work(user, day):
        mine |= Q(**{role: AssignmentRole.LEAD}) & ~Q(**{f"{unit}__in": own})
    if directs(user, day):
        mine |= Q(**{role: AssignmentRole.LEAD})
    leads = Assignment.objects.current().filter(
        task=OuterRef("instalment__assignment__task"), role=AssignmentRole.LEAD
    )
    # A report whose instalment is not required any more waits for nobody.
    waits = Q(state=ReplyState.SENT, outcome=Outcome.DONE, instalment__state=InstalmentState.REPORTED)
    difficult = Difficulty.objects.filter(answered_at__isnull=True)
    return (
        Reply.objects.filter(
            Q(pk__in=Reply.objects.filter(waits).values("pk")) | Q(pk__in=difficult.values("reply")),
            Exists(Instalment.objects.in_force().filter(pk=OuterRef("instalment"))),
        )
        .exclude(state=ReplyState.DRAFT)
        .annotate(
            lead_unit=Subquery(leads.values("unit")[:1]),
            matter=Case(
                When(waits, then=Value(Matter.VERDICT)),
                default=Value(Matter.ANSWER),
                output_field=CharField(),
            ),
        )
        .filter(mine)
        .order_by("sent_at", "pk")
    )


def matter_lines(rows: QuerySet[Any], *more: str) -> list[tuple[MatterLine, tuple[Any, ...]]]:
    """The rows of `matters` as lines, each with the values of the annotations named. One query."""
    place = "instalment__assignment"
    found = rows.values_list(
        "pk", "instalment", f"{place}__task", f"{place}__task__text", f"{place}__unit", f"{place}__unit__name",
        f"{place}__unit__short_name", f"{place}__unit__valid_to", f"{place}__role", "instalment__due_date",
        "sent_at", "text", "difficulty__text", "difficulty__asks_for", "difficulty__answered_at", *more,
    )  # fmt: skip
    return [
        (
            MatterLine(
                pk, instalment, task, words, UnitName(unit, name, short, ended), role, due, sent_at, text,
                *((trouble or "", asks_for or "") if answered is None else ("", "")),
            ),
            tuple(values),
        )
        for (
            pk, instalment, task, words, unit, name, short, ended, role, due, sent_at, text, trouble, asks_for,
            answered, *values,
        ) in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matters:
    """The first lines of each matter, the longest waiting first, and how many there are in all."""

    lines: dict[Matter, list[MatterLine]]
    totals: dict[Matter, int]


def waiting_matters(user: User, day: date, count: int) -> Matters:
    """What waits for the person's word, at most `count` lines of each matter. One query."""
    found = Matters({matter: [] for matter in Matter}, dict.fromkeys(Matter, 0))
    rows = first_of_each_block(matters(user, day), count, by="matter")
    for line, (matter, total) in matter_lines(rows, "matter", "total"):
        found.lines[Matter(matter)].append(line)
        found.totals[Matter(matter)] = total
    return found
