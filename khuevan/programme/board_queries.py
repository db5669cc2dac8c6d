"""The board: of each unit's part the instalment that is asked for now, or the steps, a bounded column a state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from khuevan.programme.choices import (
    OPEN_STATES,
    AssignmentRole,
    InstalmentState,
    Outcome,
    ReplyState,
    StepState,
)
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Assignment, Difficulty, Instalment, Reply, Step
from khuevan.programme.planning_lines import plan_label
from khuevan.programme.planning_scope import Scope, instalments_in, steps_in

# The states that stand as columns, in the order of the work.
COLUMNS = (
    InstalmentState.WAITING,
    InstalmentState.IN_PROGRESS,
    InstalmentState.RETURNED,
    InstalmentState.REPORTED,
    InstalmentState.DONE,
)
STEP_COLUMNS = (StepState.TODO, StepState.DOING, StepState.DONE)
# What was done longer ago is history, and stands in the lists.
DONE_DAYS = 30
CARDS_A_COLUMN = 25


@dataclass(frozen=True, slots=True)
class BoardLine:
    """An instalment or a step (`step`; `text` is then its title) as a card shows it.

    `lead` is the unit that leads the task now, `number` the task's. `waits`: steps before it are not done;
    `followed`: one after it has begun. `done_date` is the day on which it was accepted or done.
    """

    pk: int
    step: bool
    task: int
    number: int
    text: str
    plan: int
    plan_name: str
    unit: UnitName
    role: str
    due_date: date | None
    state: str
    percent: int
    lead: int | None
    difficult: bool = False
    waits: bool = False
    followed: bool = False
    done_date: date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One state: how many there are, and the cards from `offset` on."""

    code: str
    count: int
    offset: int
    lines: tuple[BoardLine, ...]


def instalment_columns(scope: Scope, today: date, offsets: Mapping[str, int]) -> list[Column]:
    """The columns of instalments, the earliest deadline first, what was done last at the top. Three queries.

    Of each unit's part in a task the earliest instalment that is open stands on the board, as `current_of_each` has
    it: chosen here and not by the database, which would look through a unit's instalments once for each of them.
    """
    current: dict[int, tuple[date, int, int, str]] = {}
    rows = instalments_in(scope).filter(state__in=OPEN_STATES).order_by()
    for assignment, pk, state, due, order in rows.values_list(
        "assignment", "pk", "state", "due_date", "assignment__task__order"
    ):
        place = (due or date.max, order, pk, state)
        if assignment not in current or place < current[assignment]:
            current[assignment] = place
    keys: dict[str, list[int]] = {state: [] for state in COLUMNS}
    for _due, _order, pk, state in sorted(current.values()):
        keys[state].append(pk)
    done = instalments_in(scope).filter(state=InstalmentState.DONE, done_at__gte=_since(today))
    keys[InstalmentState.DONE] = list(done.order_by("-done_at", "-pk").values_list("pk", flat=True))
    return _columns(COLUMNS, keys, offsets, instalment_board_lines)


def step_columns(scope: Scope, today: date, offsets: Mapping[str, int]) -> list[Column]:
    """The columns of steps, the earliest deadline first, what was done last at the top. Two queries."""
    shown = steps_in(scope).filter(~Q(state=StepState.DONE) | Q(done_at__gte=_since(today)))
    keys: dict[str, list[int]] = {state: [] for state in STEP_COLUMNS}
    ordered = shown.order_by(
        F("done_at").desc(nulls_last=True), F("due_date").asc(nulls_last=True), "task__order", "order", "pk"
    )
    for state, pk in ordered.values_list("state", "pk"):
        keys[state].append(pk)
    return _columns(STEP_COLUMNS, keys, offsets, step_board_lines)


def instalment_board_lines(keys: Iterable[int]) -> dict[int, BoardLine]:
    """The instalments by key, each with its task's lead. One query."""
    open_difficulty = Difficulty.objects.filter(
        reply__instalment=OuterRef("pk"), answered_at__isnull=True
    ).exclude(reply__state=ReplyState.DRAFT)
    rows = (
        Instalment.objects.filter(pk__in=list(keys))
        .annotate(difficult=Exists(open_difficulty), lead=_lead("assignment__task"))
        .values_list(
            "pk", "assignment__task", "assignment__task__order", "assignment__task__text",
            "assignment__task__plan", "assignment__task__plan__symbol", "assignment__task__plan__period_first",
            "assignment__task__plan__title", "assignment__unit",
            "assignment__unit__name", "assignment__unit__short_name", "assignment__role", "due_date", "state",
            "percent", "lead", "difficult", "done_at",
        )
    )  # fmt: skip
    return {
        pk: BoardLine(
            pk, False, task, order + 1, text, plan, plan_label(symbol, first, title),
            UnitName(unit, name, short), role, due, state, percent, lead, difficult, done_date=_day_of(done_at),
        )
        for (
            pk, task, order, text, plan, symbol, first, title, unit, name, short, role, due, state, percent, lead,
            difficult, done_at,
        ) in rows
    }  # fmt: skip


def step_board_lines(keys: Iterable[int]) -> dict[int, BoardLine]:
    """The steps by key, each with its task's lead. One query."""
    unfinished = Step.objects.filter(followers__after=OuterRef("pk")).exclude(state=StepState.DONE)
    begun = Step.objects.filter(forerunners__before=OuterRef("pk")).exclude(state=StepState.TODO)
    rows = (
        Step.objects.filter(pk__in=list(keys))
        .annotate(waits=Exists(unfinished), followed=Exists(begun), lead=_lead("task"))
        .values_list(
            "pk", "task", "task__order", "title", "task__plan", "task__plan__symbol", "task__plan__period_first",
            "task__plan__title", "unit", "unit__name", "unit__short_name", "due_date", "state", "lead",
            "waits", "followed", "done_at",
        )
    )  # fmt: skip
    return {
        pk: BoardLine(
            pk, True, task, order + 1, text, plan, plan_label(symbol, first, title),
            UnitName(unit, name, short), "", due, state, 0, lead, waits=waits, followed=followed,
            done_date=_day_of(done_at),
        )
        for (
            pk, task, order, text, plan, symbol, first, title, unit, name, short, due, state, lead, waits,
            followed, done_at,
        ) in rows
    }  # fmt: skip


def waiting_report(instalment: Instalment) -> Reply | None:
    """The report of completion of the instalment that waits for a verdict, with who sent it. One query."""
    return (
        Reply.objects.filter(instalment=instalment, state=ReplyState.SENT, outcome=Outcome.DONE)
        .select_related("sent_by")
        .prefetch_related("evidence")
        .order_by("-sent_at", "-pk")
        .first()
    )


def _columns(
    states: Sequence[str],
    keys: Mapping[str, Sequence[int]],
    offsets: Mapping[str, int],
    lines_of: Callable[[Iterable[int]], dict[int, BoardLine]],
) -> list[Column]:
    """The columns with the lines of the cards that are shown. One query."""
    starts = {state: offsets.get(state, 0) for state in states}
    shown = {state: keys[state][starts[state] : starts[state] + CARDS_A_COLUMN] for state in states}
    lines = lines_of([pk for found in shown.values() for pk in found])
    return [
        Column(
            str(state),
            len(keys[state]),
            starts[state],
            tuple(lines[pk] for pk in shown[state] if pk in lines),
        )
        for state in states
    ]


def _lead(task: str) -> Subquery:
    leads = Assignment.objects.current().filter(task=OuterRef(task), role=AssignmentRole.LEAD)
    return Subquery(leads.values("unit")[:1])


def _day_of(moment: datetime | None) -> date | None:
    return None if moment is None else timezone.localdate(moment)


def _since(today: date) -> datetime:
    """The moment from which what was done is still shown."""
    day = today - timedelta(days=DONE_DAYS)
    return datetime.combine(day, time.min, timezone.get_default_timezone())
