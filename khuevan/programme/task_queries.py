"""What the page of one task reads: its units with what they owe, its steps, its history. One query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Aggregate,
    Case,
    Exists,
    F,
    JSONField,
    OuterRef,
    PositiveBigIntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject

from khuevan.core.models import AuditEntry
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import OPEN_STATES, AssignmentRole, InstalmentState, ReplyState
from khuevan.programme.lines import UnitName
from khuevan.programme.models import (
    Assignment,
    Difficulty,
    DutyTask,
    Instalment,
    Reply,
    Step,
    Task,
    TaskPrecedence,
)

# Of the longest histories the newest are shown.
MOST_ENTRIES = 1000


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One instalment of a unit's part. `difficulty`: one was sent with it and nobody has answered yet."""

    pk: int
    due_date: date | None
    state: str
    percent: int
    cancel_reason: str
    difficulty: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class PartLine:
    """One unit's part in a task with its instalments, earliest first, those without a day last.

    `rule` is the deadline of its own as the database keeps it, None for the task's. `ended_at`, `ended_by` and
    `end_reason` are empty while it is in force. `origin` is the duty that it comes from, its ref and its words.
    """

    pk: int
    unit: UnitName
    kind: str
    role: str
    source: str
    origin: tuple[str, str] | None
    rule: dict[str, Any] | None
    dropped: bool
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    owed: tuple[OwedLine, ...] = ()

    @property
    def is_lead(self) -> bool:
        """Whether the unit leads the task, or led it."""
        return self.role == AssignmentRole.LEAD

    @property
    def current(self) -> OwedLine | None:
        """What is asked for now: the earliest open instalment, else the last one; None where there is none."""
        return next((line for line in self.owed if line.is_open), self.owed[-1] if self.owed else None)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step with the keys of the steps that come before it."""

    pk: int
    title: str
    unit: UnitName
    start_date: date | None
    due_date: date | None
    state: str
    done_at: datetime | None
    before: tuple[int, ...] = ()


def parts_of_task(task: Task) -> list[PartLine]:
    """Every unit's part, also ended and dropped ones: the lead first, then in tree order. One query."""
    asked = Difficulty.objects.filter(
        reply__instalment=OuterRef("instalments__pk"), answered_at__isnull=True
    ).exclude(reply__state=ReplyState.DRAFT)
    rows = (
        Assignment.objects.filter(task=task)
        .annotate(difficult=Exists(asked))
        .order_by("role", "unit__path", "pk", F("instalments__due_date").asc(nulls_last=True))
        .values_list(
            "pk", "unit", "unit__name", "unit__short_name", "unit__valid_to", "unit__kind", "role", "source",
            "origin__ref", "origin__text", "deadline_rule", "dropped_in", "ended_at", "ended_by__full_name",
            "end_reason", "instalments__pk", "instalments__due_date", "instalments__state",
            "instalments__percent", "instalments__cancel_reason", "difficult",
        )
    )  # fmt: skip
    parts: dict[int, PartLine] = {}
    owed: dict[int, list[OwedLine]] = defaultdict(list)
    for (
        pk, unit, name, short, until, kind, role, source, ref, text, rule, dropped, ended_at, ended_by, reason,
        instalment, due, state, percent, cancel_reason, difficult,
    ) in rows:  # fmt: skip
        if pk not in parts:
            parts[pk] = PartLine(
                pk, UnitName(unit, name, short, until), kind, role, source, (ref, text) if ref else None, rule,
                dropped is not None, ended_at, ended_by or "", reason,
            )  # fmt: skip
        if instalment is not None:
            owed[pk].append(OwedLine(instalment, due, state, percent, cancel_reason, difficult))
    return [replace(part, owed=tuple(owed[part.pk])) for part in parts.values()]


def steps_of_task(task: Task) -> list[StepLine]:
    """The task's steps in their order. One query."""
    rows = (
        Step.objects.filter(task=task)
        .order_by("order", "pk", "forerunners__before")
        .values_list(
            "pk", "title", "unit", "unit__name", "unit__short_name", "unit__valid_to", "start_date", "due_date",
            "state", "done_at", "forerunners__before",
        )
    )  # fmt: skip
    found: dict[int, StepLine] = {}
    for pk, title, unit, name, short, until, start, due, state, done_at, before in rows:
        line = found.setdefault(
            pk, StepLine(pk, title, UnitName(unit, name, short, until), start, due, state, done_at)
        )
        if before is not None:
            found[pk] = replace(line, before=(*line.before, before))
    return list(found.values())


class _Rows(Aggregate):
    """A JSON list with an object for each row; its order is the database's."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same by its name there."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def task_on_its_page(sight: Sight, pk: int) -> Task | None:
    """The task, if the person may read it, with plan, section and version. One query.

    It carries the paragraphs of its text (`paragraphs`); the tasks in force before and after it in the plan, as
    far as the person reads them, key and text (`before`, `after`; None at the ends); the tasks that it waits for
    and that wait for it, as far as the person reads them (`waits_for`, `awaited_by`), and the duties tied to it
    (`tied_duties`), each a list of dictionaries or None.
    """
    there = sight.tasks().current().filter(plan=OuterRef("plan"))
    item = JSONObject(pk="pk", text="text")
    before = there.filter(order__lt=OuterRef("order")).order_by("-order").values(item=item)[:1]
    after = there.filter(order__gt=OuterRef("order")).order_by("order").values(item=item)[:1]
    links = DutyTask.objects.filter(task=OuterRef("pk"))
    found: Task | None = (
        sight.tasks()
        .filter(pk=pk)
        .select_related("plan", "section", "read_in", "dropped_in")
        .annotate(
            paragraphs=F("read_in__reading__paragraphs"),
            before=Subquery(before),
            after=Subquery(after),
            waits_for=_precedences(sight, there="before", here="after"),
            awaited_by=_precedences(sight, there="after", here="before"),
            tied_duties=_rows(
                links, "task", pk="pk", duty="duty", ref="duty__ref", text="duty__text", role="duty__role",
                unit="duty__unit__name", order="duty__order", dropped="duty__dropped_in",
            ),
        )
        .defer("read_in__reading", "dropped_in__reading")
        .first()
    )  # fmt: skip
    return found


def _precedences(sight: Sight, *, there: str, here: str) -> Subquery:
    """The tasks at one side of the precedences of a task, with the unit that leads them and how far it is."""
    leads = Assignment.objects.current().filter(role=AssignmentRole.LEAD, task=OuterRef(there))
    of_lead = Instalment.objects.in_force().filter(
        assignment__role=AssignmentRole.LEAD, assignment__task=OuterRef(there)
    )
    rows = TaskPrecedence.objects.filter(**{here: OuterRef("pk")})
    if not sight.whole:
        rows = rows.filter(**{f"{there}__in": sight.tasks().order_by().values("pk")})
    done = Case(
        When(Exists(of_lead.filter(state__in=OPEN_STATES)), then=Value(0)),
        When(Exists(of_lead.filter(state=InstalmentState.DONE)), then=Value(1)),
        default=Value(0),
    )
    return _rows(
        rows, here, precedence="pk", pk=there, text=f"{there}__text", order=f"{there}__order",
        plan=f"{there}__plan", plan_symbol=f"{there}__plan__symbol", plan_title=f"{there}__plan__title",
        lead=Subquery(leads.values("unit__name")[:1]), done=done, dropped=f"{there}__dropped_in",
    )  # fmt: skip


def _rows(rows: QuerySet[Any], group: str, **fields: Any) -> Subquery:
    """A list of the rows as dictionaries; `group` is the field that ties them to the outer row."""
    listed = rows.order_by().values(group).annotate(listed=_Rows(JSONObject(**fields)))
    return Subquery(listed.values("listed"))


# What of these kinds of record everybody who reads the task may read; drafts are the unit's own.
_TOLD = {
    "reply": ("send_reply", "accept_reply", "return_reply"),
    "instalment": ("waive_instalment",),
    "difficulty": ("answer_difficulty",),
}


def history_of_work(task: Task, assignments: Iterable[int], links: Iterable[int]) -> list[AuditEntry]:
    """The entries about the task and what belongs to it, oldest first, the newest thousand. One query.

    Those about replies carry `reply`: its instalment, outcome and percent; those about difficulties `instalment`.
    """
    kinds = ContentType.objects.get_for_models(
        Task, Assignment, DutyTask, Step, TaskPrecedence, Reply, Instalment, Difficulty
    )
    own = Q(instalment__assignment__task=task)
    replies = Reply.objects.filter(own).order_by()
    about = (
        Q(target_type=kinds[Task], target_id=task.pk)
        | Q(target_type=kinds[Assignment], target_id__in=list(assignments))
        | Q(target_type=kinds[DutyTask], target_id__in=list(links))
        | Q(target_type=kinds[Step], target_id__in=Step.objects.filter(task=task).order_by().values("pk"))
        # What is gone is known by what its first and last entries held.
        | Q(target_type=kinds[Step], changes__task__1=task.pk)
        | Q(target_type=kinds[Step], changes__task__0=task.pk)
        | Q(target_type=kinds[TaskPrecedence], changes__after__1=task.pk)
        | Q(target_type=kinds[TaskPrecedence], changes__after__0=task.pk)
        | Q(target_type=kinds[Reply], verb__in=_TOLD["reply"], target_id__in=replies.values("pk"))
        | Q(
            target_type=kinds[Instalment],
            verb__in=_TOLD["instalment"],
            target_id__in=Instalment.objects.filter(assignment__task=task).order_by().values("pk"),
        )
        | Q(
            target_type=kinds[Difficulty],
            verb__in=_TOLD["difficulty"],
            target_id__in=Difficulty.objects.filter(reply__in=replies.values("pk")).order_by().values("pk"),
        )
    )
    reply = Reply.objects.filter(pk=OuterRef("target_id")).values(
        told=JSONObject(instalment="instalment", outcome="outcome", percent="percent")
    )
    difficulty = Difficulty.objects.filter(pk=OuterRef("target_id")).values("reply__instalment")
    rows = (
        AuditEntry.objects.filter(about)
        .annotate(
            reply=Case(When(target_type=kinds[Reply], then=Subquery(reply))),
            instalment=Case(
                When(target_type=kinds[Difficulty], then=Subquery(difficulty)),
                When(target_type=kinds[Instalment], then=F("target_id")),
                output_field=PositiveBigIntegerField(),
            ),
        )
        .select_related("by", "target_type")
        .order_by("-at", "-pk")[:MOST_ENTRIES]
    )
    return list(rows)[::-1]
