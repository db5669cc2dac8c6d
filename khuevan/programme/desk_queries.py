"""What a person has to do: the instalments and steps of the own units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from khuevan.people.models import User
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import InstalmentState, ReplyState, StepState
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Instalment, Reply, StepPrecedence
from khuevan.programme.permissions import answering_unit_ids, reads_all
from khuevan.programme.work_queries import owed_by, steps_of_units


class Block(StrEnum):
    """Where work stands on its unit's desk: TODAY to be done now, LATE, LATER, or without a day."""

    TODAY = "TODAY"
    LATE = "LATE"
    LATER = "LATER"
    UNDATED = "UNDATED"


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One instalment of a unit of the person, or one step (`step` is its title, then `role` is empty).

    `reason` says why the last report was returned; `held` that steps before this one are not done; `state` is a
    code of InstalmentState or StepState. `pk` is the instalment's or the step's key.
    """

    pk: int
    task: int
    task_text: str
    unit: UnitName
    due_date: date | None
    state: str
    role: str = ""
    step: str = ""
    has_draft: bool = False
    reason: str = ""
    held: bool = False


def desk_sight(user: User, day: date) -> Sight:
    """What `sight_of` finds, without asking for units again that the desk asks for anyway.

    Whoever does not read everything holds only posts that do a unit's work, so both are the same units.
    """
    return Sight(None if reads_all(user, day) else answering_unit_ids(user, day))


def own_instalments(user: User, day: date, soon: date) -> QuerySet[Any]:
    """What the person's units owe, with the `block` of each; in the order of the desk.

    TODAY holds what was returned, what has a draft, and of each part the next instalment due up to `soon`: of a
    weekly duty one at a time.
    """
    draft = Reply.objects.filter(instalment=OuterRef("pk"), state=ReplyState.DRAFT)
    nearer = Instalment.objects.owed().filter(
        assignment=OuterRef("assignment"), due_date__gte=day, due_date__lt=OuterRef("due_date")
    )
    returned = Reply.objects.filter(instalment=OuterRef("pk"), state=ReplyState.RETURNED).order_by(
        "-judged_at"
    )
    begun = Q(state=InstalmentState.RETURNED) | Q(has_draft=True)
    found: QuerySet[Any] = (
        owed_by(user, day)
        .annotate(has_draft=Exists(draft))
        .annotate(
            block=Case(
                When(due_date__lt=day, then=Value(Block.LATE)),
                When(begun, then=Value(Block.TODAY)),
                When(due_date__isnull=True, then=Value(Block.UNDATED)),
                When(Q(due_date__lte=soon) & ~Exists(nearer), then=Value(Block.TODAY)),
                default=Value(Block.LATER),
                output_field=CharField(),
            ),
            rank=Case(
                When(state=InstalmentState.RETURNED, due_date__gte=day, then=Value(0)),
                When(state=InstalmentState.RETURNED, due_date__isnull=True, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
            reason=Case(
                When(state=InstalmentState.RETURNED, then=Subquery(returned.values("verdict")[:1])),
                default=Value(""),
                output_field=CharField(),
            ),
        )
        .order_by("rank", F("due_date").asc(nulls_last=True), "pk")
    )
    return found


def own_steps(user: User, day: date, soon: date) -> QuerySet[Any]:
    """The unfinished steps of the person's units, with the `block` of each; earliest first.

    TODAY holds those that can be done now: nothing before them is unfinished, and they start by `soon`.
    """
    before = StepPrecedence.objects.filter(after=OuterRef("pk")).exclude(before__state=StepState.DONE)
    starts = Q(start_date__isnull=True) | Q(start_date__lte=soon)
    return (
        steps_of_units(answering_unit_ids(user, day))
        .annotate(held=Exists(before))
        .annotate(
            rank=Value(1),
            block=Case(
                When(due_date__lt=day, then=Value(Block.LATE)),
                When(starts & Q(held=False), then=Value(Block.TODAY)),
                default=Value(Block.LATER),
                output_field=CharField(),
            ),
        )
        .order_by(F("due_date").asc(nulls_last=True), "pk")
    )


def first_of_each_block(rows: QuerySet[Any], count: int, *, by: str = "block") -> QuerySet[Any]:
    """The first `count` rows of each block, in their order, each with the `total` of its block."""
    order: Any = rows.query.order_by
    found: QuerySet[Any] = rows.annotate(
        place=Window(RowNumber(), partition_by=F(by), order_by=list(order)),
        total=Window(Count("pk"), partition_by=F(by)),
    ).filter(place__lte=count)
    return found


def instalment_own_lines(rows: QuerySet[Any], *more: str) -> list[tuple[OwnLine, tuple[Any, ...]]]:
    """The rows of `own_instalments` as lines, each with the values of the annotations named. One query."""
    found = rows.values_list(
        "pk", "assignment__task", "assignment__task__text", "assignment__unit", "assignment__unit__name",
        "assignment__unit__short_name", "assignment__unit__valid_to", "due_date", "state", "assignment__role",
        "has_draft", "reason", *more,
    )  # fmt: skip
    return [
        (
            OwnLine(
                pk, task, text, UnitName(unit, name, short, ended), due, state, role,
                has_draft=has_draft, reason=reason or "",
            ),
            tuple(values),
        )
        for pk, task, text, unit, name, short, ended, due, state, role, has_draft, reason, *values in found
    ]  # fmt: skip


def step_own_lines(rows: QuerySet[Any], *more: str) -> list[tuple[OwnLine, tuple[Any, ...]]]:
    """The rows of `own_steps` as lines, each with the values of the annotations named. One query."""
    found = rows.select_related(None).values_list(
        "pk", "task", "task__text", "unit", "unit__name", "unit__short_name", "unit__valid_to", "due_date",
        "state", "title", "held", *more,
    )  # fmt: skip
    return [
        (
            OwnLine(pk, task, text, UnitName(unit, name, short, ended), due, state, step=title, held=held),
            tuple(values),
        )
        for pk, task, text, unit, name, short, ended, due, state, title, held, *values in found
    ]


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The first lines of each block in their order, and how many there are in all."""

    lines: dict[Block, list[OwnLine]]
    totals: dict[Block, int]


def own_work(user: User, day: date, soon: date, count: int) -> OwnWork:
    """The person's work by block, at most `count` lines each. Two queries; none for who works in no unit."""
    found = OwnWork({block: [] for block in Block}, dict.fromkeys(Block, 0))
    if not answering_unit_ids(user, day):
        return found
    instalments = first_of_each_block(own_instalments(user, day, soon), count)
    steps = first_of_each_block(own_steps(user, day, soon), count)
    ranked: dict[Block, list[tuple[Any, OwnLine]]] = {block: [] for block in Block}
    for lines in (
        instalment_own_lines(instalments, "block", "total", "rank"),
        step_own_lines(steps, "block", "total", "rank"),
    ):
        counted: dict[Block, int] = {}
        for line, (block, total, rank) in lines:
            ranked[Block(block)].append(((rank, line.due_date or date.max), line))
            counted[Block(block)] = total
        for key, total in counted.items():
            found.totals[key] += total
    for block, rows in ranked.items():
        rows.sort(key=lambda row: row[0])
        found.lines[block][:] = [line for _rank, line in rows[:count]]
    return found


@dataclass(frozen=True, slots=True)
class OwnKey:
    """An instalment or a step by its key, sorted as the desk sorts."""

    rank: int
    due_date: date
    is_step: bool
    pk: int


def keys_of_block(user: User, day: date, soon: date, block: Block) -> list[OwnKey]:
    """All of the person's work in one block, in the order of the desk. Two queries, of keys only."""
    found = []
    for is_step, rows in ((False, own_instalments(user, day, soon)), (True, own_steps(user, day, soon))):
        values = rows.filter(block=block).values_list("rank", "due_date", "pk")
        found += [OwnKey(rank, due or date.max, is_step, pk) for rank, due, pk in values]
    return sorted(found, key=lambda key: (key.rank, key.due_date, key.is_step, key.pk))


def lines_of_keys(user: User, day: date, soon: date, keys: Sequence[OwnKey]) -> list[OwnLine]:
    """The lines of these keys in their order. Two queries."""
    parts = own_instalments(user, day, soon).filter(pk__in=[key.pk for key in keys if not key.is_step])
    steps = own_steps(user, day, soon).filter(pk__in=[key.pk for key in keys if key.is_step])
    lines = {(False, line.pk): line for line, _more in instalment_own_lines(parts)}
    lines |= {(True, line.pk): line for line, _more in step_own_lines(steps)}
    # What somebody finished between the two readings is gone.
    return [lines[key.is_step, key.pk] for key in keys if (key.is_step, key.pk) in lines]


def own_reported(user: User, day: date) -> QuerySet[Any]:
    """What the person's units reported done and nobody has judged yet, the longest waiting first."""
    found: QuerySet[Any] = (
        Instalment.objects.in_force()
        .filter(assignment__unit__in=answering_unit_ids(user, day), state=InstalmentState.REPORTED)
        .annotate(has_draft=Value(False), reason=Value(""))
        .order_by("reported_date", "pk")
    )
    return found
