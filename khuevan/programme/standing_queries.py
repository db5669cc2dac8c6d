"""How work stands: tasks or parts of them with their lights, open difficulties, and what the trend counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    Exists,
    FilteredRelation,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from khuevan.core import clock
from khuevan.plain.work_lights import Light, Standing, light_of
from khuevan.plain.work_trend import History
from khuevan.programme.choices import (
    OPEN_STATES,
    OWED_STATES,
    AssignmentRole,
    InstalmentState,
    ReplyState,
)
from khuevan.programme.lines import UnitName
from khuevan.programme.models import (
    Assignment,
    AssignmentQuerySet,
    Difficulty,
    Instalment,
    InstalmentQuerySet,
    Task,
)


@dataclass(frozen=True, slots=True)
class Field:
    """Whose work is looked at. `units` None: every unit's, by whole tasks; else the parts of these units.

    `plan` None: of all plans.
    """

    units: frozenset[int] | None = None
    plan: int | None = None

    def instalments(self) -> InstalmentQuerySet:
        """The instalments in force of the field."""
        rows: InstalmentQuerySet = Instalment.objects.in_force()
        if self.units is not None:
            rows = rows.filter(assignment__unit__in=self.units)
        return rows if self.plan is None else rows.filter(assignment__task__plan=self.plan)


def parts_of(units: Collection[int]) -> AssignmentQuerySet:
    """The units' parts in tasks in force, in no order."""
    rows: AssignmentQuerySet = Assignment.objects.current().filter(
        unit__in=units, task__dropped_in__isnull=True
    )
    return rows.order_by()


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A task with all its units' parts, or (on a unit's desk) one unit's part in a task.

    `key` is the task's, or the assignment's. `unit` leads the task, None where none does; or has the part.
    `due` instalments have come to their day, `done` of them were accepted; `waiting` wait for a verdict.
    `next_due` is the earliest day of what is owed. `leads`: it is a whole task, or the lead's part.
    """

    key: int
    task: int
    plan: int
    section: int | None
    unit: int | None
    standing: Standing
    light: Light
    due: int = 0
    done: int = 0
    waiting: int = 0
    next_due: date | None = None
    leads: bool = True


def work_items(field: Field, today: date, soon: date, difficulties: Counter[int]) -> list[WorkItem]:
    """The tasks in force, or the units' parts in them, in no order. One query.

    `difficulties` counts the unanswered ones by item, as `difficulties_by_item` gives them.
    """
    rows: QuerySet[Any]
    if field.units is None:
        # Joined with its condition, so that none of the counts has to ask again what is in force.
        in_force = Q(assignments__dropped_in__isnull=True, assignments__ended_at__isnull=True)
        answers = FilteredRelation("assignments", condition=in_force)
        rows = Task.objects.current().annotate(answers=answers)
        rows = rows if field.plan is None else rows.filter(plan=field.plan)
        place: tuple[str, ...] = ("pk", "plan", "section")
        prefix = "answers__instalments"
        lead: dict[str, Aggregate] = {
            "lead": Max("answers__unit", filter=Q(answers__role=AssignmentRole.LEAD))
        }
    else:
        rows = parts_of(field.units)
        rows = rows if field.plan is None else rows.filter(task__plan=field.plan)
        place, prefix = ("pk", "task__plan", "task__section", "task", "role", "unit"), "instalments"
        lead = {}
    # First what to group by, and only that: else the database groups by every column, long texts among them.
    counts = lead | _counts(prefix, today, soon)
    found = rows.order_by().values(*place).annotate(**counts).values_list(*place, *counts)
    items = []
    for key, plan, section, *more in found:
        task, role, unit = (key, AssignmentRole.LEAD, more.pop(0)) if field.units is None else more[:3]
        total, open_, late, near, returned, due, done, waiting, next_due = more[-9:]
        standing = Standing(total, open_, late, near, returned, difficulties[key], unit is not None)
        light, leads = light_of(standing), role == AssignmentRole.LEAD
        items.append(
            WorkItem(key, task, plan, section, unit, standing, light, due, done, waiting, next_due, leads)
        )
    return items


def _counts(prefix: str, today: date, soon: date) -> dict[str, Aggregate]:
    """How many of the instalments at the end of the path stand how, in the order of `Standing`, then the rest."""
    state, day = f"{prefix}__state", f"{prefix}__due_date"
    owed = Q(**{f"{state}__in": OWED_STATES})
    asked = Q(**{f"{day}__lte": today}) & ~Q(**{state: InstalmentState.CANCELLED})
    conditions = {
        "n_open": Q(**{f"{state}__in": OPEN_STATES}),
        "n_late": owed & Q(**{f"{day}__lt": today}),
        "n_soon": owed & Q(**{f"{day}__gte": today, f"{day}__lte": soon}),
        "n_returned": Q(**{state: InstalmentState.RETURNED}),
        "n_due": asked,
        "n_done": asked & Q(**{state: InstalmentState.DONE}),
        "n_waiting": Q(**{state: InstalmentState.REPORTED}),
    }
    return {
        "n_total": Count(prefix),
        **{name: Count(prefix, filter=condition) for name, condition in conditions.items()},
        "next_due": Min(day, filter=owed),
    }


@dataclass(frozen=True, slots=True)
class DifficultyLine:
    """A difficulty that nobody has answered: whose, in which task, since when, what is asked for."""

    pk: int
    text: str
    asks_for: str
    sent_at: datetime
    instalment: int
    assignment: int
    task: int
    task_text: str
    unit: UnitName
    role: str


def unanswered(field: Field) -> QuerySet[Difficulty]:
    """The difficulties of the field that nobody has answered, the oldest first."""
    # Asked of each, because there are few: joined, a database without statistics begins with all assignments.
    there = field.instalments().filter(pk=OuterRef("reply__instalment"))
    return (
        Difficulty.objects.filter(Exists(there), answered_at__isnull=True)
        .exclude(reply__state=ReplyState.DRAFT)
        .order_by("reply__sent_at", "pk")
    )


def difficulty_lines(difficulties: QuerySet[Difficulty]) -> list[DifficultyLine]:
    """The difficulties in the order of the queryset. One query."""
    place = "reply__instalment__assignment"
    rows = difficulties.values_list(
        "pk", "text", "asks_for", "reply__sent_at", "reply__instalment", place, f"{place}__task",
        f"{place}__task__text", f"{place}__role", f"{place}__unit", f"{place}__unit__name",
        f"{place}__unit__short_name", f"{place}__unit__valid_to",
    )  # fmt: skip
    return [
        DifficultyLine(
            pk, text, asks_for, sent_at, instalment, assignment, task, words, UnitName(*unit), role
        )
        for pk, text, asks_for, sent_at, instalment, assignment, task, words, role, *unit in rows
    ]


def difficulties_by_item(field: Field, difficulties: Iterable[DifficultyLine]) -> Counter[int]:
    """How many of the difficulties each item of `work_items` has, by its key."""
    return Counter(line.task if field.units is None else line.assignment for line in difficulties)


def histories(field: Field, days: Sequence[date]) -> list[History]:
    """The instalments of the field that were required, for `weekly_trend` on these days. One query.

    Days that make no difference to it are one: each row comes with how many instalments it stands for.
    """
    last = len(days) - 1

    def first_with(lookup: str, bounds: Iterable[Any]) -> Case:
        whens = (When(**{lookup: bound}, then=Value(place)) for place, bound in enumerate(bounds))
        return Case(*whens, default=None, output_field=IntegerField())

    midnights = [clock.end_of(day) for day in days]
    rows = (
        field.instalments()
        .exclude(state=InstalmentState.CANCELLED)
        .order_by()
        .annotate(
            behind=first_with("due_date__lt", days),
            reported=first_with("reported_date__lte", days),
            accepted=first_with("done_at__lt", midnights),
        )
        .values_list("assignment__task__plan__signed_date", "behind", "reported", "accepted")
        .annotate(found=Count("pk"))
    )

    def at(place: int | None) -> date | None:
        return None if place is None or place > last else days[place]

    return [
        History(
            since,
            # The day before: late from that day on.
            None if behind is None else days[behind] - timedelta(days=1),
            at(reported),
            at(accepted),
            found,
        )
        for since, behind, reported, accepted, found in rows
    ]
