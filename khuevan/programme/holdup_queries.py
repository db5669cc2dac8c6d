"""What holds work up: tasks that others wait for, and what is late the longest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject

from khuevan.people.choices import Role
from khuevan.people.models import Post
from khuevan.programme.choices import (
    AssignmentRole,
    ReplyState,
    StepState,
)
from khuevan.programme.lines import UnitName
from khuevan.programme.models import (
    Assignment,
    Instalment,
    Reply,
    Step,
    TaskPrecedence,
)
from khuevan.programme.standing_queries import Field
from khuevan.programme.work_queries import InstalmentLine


@dataclass(frozen=True, slots=True)
class Waits:
    """Which unfinished tasks wait for which: pairs of keys, each task's words, its unfinished steps."""

    pairs: list[tuple[int, int]]
    texts: dict[int, str]
    steps: dict[int, int]


def waits() -> Waits:
    """What waits for what in all plans, as far as neither is done. One query."""
    steps = (
        Step.objects.filter(task=OuterRef("after"))
        .exclude(state=StepState.DONE)
        .order_by()
        .values("task")
        .annotate(found=Count("pk"))
        .values("found")
    )
    rows = (
        TaskPrecedence.objects.filter(_unfinished("before"), _unfinished("after"))
        .order_by("before__plan", "before__order", "after__order")
        .annotate(unfinished_steps=Coalesce(Subquery(steps, output_field=IntegerField()), 0))
        .values_list("before", "before__text", "after", "unfinished_steps")
    )
    found = Waits([], {}, {})
    for before, text, after, count in rows:
        found.pairs.append((before, after))
        found.texts[before] = text
        found.steps[after] = count
    return found


def _unfinished(end: str) -> Q:
    """That the task at this end is in force and not done: the rule of `light_of`, as the database reads it."""
    answers = Assignment.objects.current().filter(task=OuterRef(end))
    owing = Instalment.objects.open().filter(assignment__task=OuterRef(end))
    led = answers.filter(role=AssignmentRole.LEAD, instalments__isnull=False)
    return Q(**{f"{end}__dropped_in__isnull": True}) & (Exists(owing) | ~Exists(led))


@dataclass(frozen=True, slots=True)
class LateLine:
    """A late instalment with who heads its unit (empty: nobody) and what was replied last (None: nothing).

    `reply` has `text`, `verdict`, `state` and `sent_at` in ISO form.
    """

    line: InstalmentLine
    head: str
    reply: dict[str, Any] | None


def longest_late(field: Field, today: date, count: int) -> list[LateLine]:
    """The `count` instalments that are late the longest. One query.

    On a unit's desk also those of the units that support a task which one of the units leads.
    """
    late = Field(None, field.plan).instalments().late_on(today)
    if field.units is not None:
        led = Assignment.objects.current().filter(unit__in=field.units, role=AssignmentRole.LEAD)
        late = late.filter(Q(assignment__unit__in=field.units) | Q(assignment__task__in=led.values("task")))
    # Chosen first: the words around each are looked up for these few only.
    chosen = late.order_by("due_date", "pk").values("pk")[:count]
    rows = (
        Instalment.objects.filter(pk__in=chosen)
        .order_by("due_date", "pk")
        .values_list(
            "pk", "assignment__task", "assignment__task__text", "assignment__task__order",
            "assignment__task__plan", "assignment__task__section", "assignment", "assignment__unit",
            "assignment__unit__name", "assignment__unit__short_name", "assignment__unit__valid_to",
            "assignment__role", "due_date", "state", "percent", _head(today), _last_reply(),
        )
    )  # fmt: skip
    return [
        LateLine(
            InstalmentLine(
                pk, task, text, order + 1, plan, section, assignment, UnitName(unit, name, short, ended), role,
                due, state, percent,
            ),
            head or "",
            reply,
        )
        for (
            pk, task, text, order, plan, section, assignment, unit, name, short, ended, role, due, state, percent,
            head, reply,
        ) in rows
    ]  # fmt: skip


def _head(today: date) -> Subquery:
    """The name of the head of the instalment's unit, or of the nearest unit above that has one."""
    path = ExpressionWrapper(OuterRef("assignment__unit__path"), output_field=CharField())
    heads = (
        Post.objects.on(today)
        .filter(role=Role.UNIT_HEAD, person__is_active=True)
        .alias(below=path)
        .filter(below__startswith=F("unit__path"))
        .order_by("-unit__path", "pk")
    )
    return Subquery(heads.values("person__full_name")[:1])


def _last_reply() -> Subquery:
    """The newest reply that was sent: a draft is its unit's own."""
    sent = (
        Reply.objects.filter(instalment=OuterRef("pk"))
        .exclude(state=ReplyState.DRAFT)
        .order_by("-sent_at", "-pk")
    )
    said = JSONObject(text="text", verdict="verdict", state="state", sent_at="sent_at")
    return Subquery(sent.values(said=said)[:1])
