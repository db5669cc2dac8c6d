"""What became of the instalments of a large programme by a day, what was replied, and what waits for what."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from khuevan.people.models import User
from khuevan.programme.choices import (
    OWED_STATES,
    AssignmentRole,
    InstalmentState,
    Outcome,
    ReplyState,
    StepState,
)
from khuevan.programme.models import (
    Assignment,
    Difficulty,
    Instalment,
    Reply,
    Step,
    StepPrecedence,
    Task,
    TaskPrecedence,
)
from tests.factories import large_work_words as words


def fate(
    due: date | None, signed: date, today: date, reliable: float, chance: random.Random
) -> dict[str, Any]:
    """The fields of an instalment that say how far it is in the morning of `today`; never after that day."""
    if due is None:
        return _open(chance, started=0.6) if chance.random() < 0.9 else _reported(today, today, chance)
    if due < today and chance.random() < 0.02:
        return {"state": InstalmentState.CANCELLED, "cancel_reason": "Sự kiện không tổ chức trong kỳ này."}
    if chance.random() < reliable:
        day = due - timedelta(days=int(chance.expovariate(1 / 5)))
    else:
        slow = 90 if chance.random() < 0.06 else 14
        day = due + timedelta(days=1 + int(chance.expovariate(1 / slow)))
    day = max(day, signed + timedelta(days=3))
    if day < today:
        return _reported(day, today, chance)
    near = due < today + timedelta(days=21)
    return _open(chance, started=0.65 if near else 0.08)


def _open(chance: random.Random, started: float) -> dict[str, Any]:
    if chance.random() >= started:
        return {}
    percent = chance.randrange(10, 95, 5)
    state = InstalmentState.RETURNED if chance.random() < 0.08 else InstalmentState.IN_PROGRESS
    return {"state": state, "percent": percent}


def _reported(day: date, today: date, chance: random.Random) -> dict[str, Any]:
    accepted = day + timedelta(days=1 + int(chance.expovariate(1 / 4)))
    if accepted >= today:
        return {"state": InstalmentState.REPORTED, "percent": 100, "reported_date": min(day, today)}
    return {
        "state": InstalmentState.DONE, "percent": 100, "reported_date": day, "done_at": moment(accepted, 15),
    }  # fmt: skip


def moment(day: date, hour: int) -> datetime:
    """The hour of the day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def keep_replies(
    instalments: Sequence[Instalment],
    officers: Mapping[int, User],
    heads: Mapping[int, User],
    judge: User,
    most: int,
    today: date,
    chance: random.Random,
) -> None:
    """Writes at most `most` replies, drafts among them, and the difficulties of some."""
    # A group has no people of its own.
    with_people = [row for row in instalments if row.assignment.unit_id in officers]
    owed = [row for row in with_people if row.state in OWED_STATES]
    rows = [
        Reply(
            instalment=row,
            percent=row.percent,
            text=chance.choice(words.PROGRESS),
            written_by=officers[row.assignment.unit_id],
        )
        for row in owed
        if chance.random() < 0.03
    ][: most // 20]
    asked = [
        row for row in with_people if row.state not in {InstalmentState.WAITING, InstalmentState.CANCELLED}
    ]
    # What is open first, then what was done from the newest.
    asked.sort(key=lambda row: (row.done_at is not None, -row.done_at.timestamp() if row.done_at else 0.0))
    for row in asked[: most - len(rows)]:
        by = heads if chance.random() < 0.2 else officers
        rows.append(_sent(row, by[row.assignment.unit_id], judge, today, chance))
    made = Reply.objects.bulk_create(rows, batch_size=500)
    Difficulty.objects.bulk_create(
        _difficulty(row, judge, today, chance)
        for row in made
        if row.outcome == Outcome.IN_PROGRESS and chance.random() < 1 / 12
    )


def _sent(row: Instalment, by: User, judge: User, today: date, chance: random.Random) -> Reply:
    reply = Reply(instalment=row, percent=row.percent, written_by=by, sent_by=by)
    if row.state == InstalmentState.IN_PROGRESS:
        reply.state, reply.text = ReplyState.SENT, chance.choice(words.PROGRESS)
        reply.sent_at = moment(today - timedelta(days=chance.randint(1, 30)), 10)
        return reply
    reply.outcome, reply.percent, reply.text = Outcome.DONE, 100, chance.choice(words.DONE)
    reply.no_evidence_reason = "Tài liệu lưu tại đơn vị."
    if row.state == InstalmentState.RETURNED:
        judged = today - timedelta(days=chance.randint(1, 6))
        reply.state, reply.verdict = ReplyState.RETURNED, chance.choice(words.RETURNS)
        reply.sent_at = moment(judged - timedelta(days=2), 10)
        reply.judged_at, reply.judged_by = moment(judged, 9), judge
        return reply
    assert row.reported_date is not None
    reply.sent_at = moment(row.reported_date, 10)
    reply.state = ReplyState.SENT
    if row.done_at is not None:
        reply.state, reply.judged_at, reply.judged_by = ReplyState.ACCEPTED, row.done_at, judge
    return reply


def _difficulty(row: Reply, judge: User, today: date, chance: random.Random) -> Difficulty:
    text, asks_for = chance.choice(words.DIFFICULTIES)
    made = Difficulty(reply=row, text=text, asks_for=asks_for)
    if row.sent_at is not None and chance.random() < 0.6:
        made.answered_at, made.answered_by = moment(today - timedelta(days=1), 8), judge
        made.answer = "Đã giao đơn vị liên quan xử lý trong tuần."
    return made


def keep_order(
    tasks: Sequence[Task], assignments: Iterable[Assignment], today: date, chance: random.Random
) -> None:
    """Writes the steps of every eighth task, and which tasks wait for which."""
    units: dict[int, list[int]] = defaultdict(list)
    led = set()
    for row in assignments:
        units[row.task_id].append(row.unit_id)
        if row.role == AssignmentRole.LEAD:
            led.add(row.task_id)
    steps: list[Step] = []
    chains: list[list[Step]] = []
    for number, task in enumerate(tasks):
        if number % 8 or task.pk not in led:
            continue
        chain = _chain(task, units[task.pk], today, chance)
        steps += chain
        chains.append(chain)
    Step.objects.bulk_create(steps, batch_size=500)
    StepPrecedence.objects.bulk_create(
        StepPrecedence(before=first, after=second) for chain in chains for first, second in pairwise(chain)
    )
    TaskPrecedence.objects.bulk_create(
        TaskPrecedence(before_id=before, after_id=after) for before, after in _waits(tasks)
    )


def _chain(task: Task, units: Sequence[int], today: date, chance: random.Random) -> list[Step]:
    """Five steps a fortnight or two apart, somewhere around `today`; what is past is mostly done, in order."""
    begin = today - timedelta(days=chance.randint(0, 120))
    apart = chance.choice((14, 21, 28))
    chain: list[Step] = []
    held_up = False
    for place, title in enumerate(words.STEPS):
        start, due = begin + timedelta(days=place * apart), begin + timedelta(days=(place + 1) * apart - 3)
        step = Step(
            task=task,
            unit_id=units[place % len(units)],
            title=title,
            order=place,
            start_date=start,
            due_date=due,
        )
        if not held_up and due < today and chance.random() < 0.85:
            step.state, step.done_at = StepState.DONE, moment(due, 16)
            step.done_by = task.read_in.imported_by
        else:
            step.state = StepState.DOING if not held_up and start <= today else StepState.TODO
            held_up = True
        chain.append(step)
    return chain


def _waits(tasks: Sequence[Task]) -> list[tuple[int, int]]:
    """Pairs of keys (before, after): a later task of the plan waits for an earlier one."""
    by_plan: dict[int, list[Task]] = defaultdict(list)
    for task in tasks:
        by_plan[task.plan_id].append(task)
    pairs: set[tuple[int, int]] = set()
    for held in by_plan.values():
        for place in range(0, len(held) - 3, 7):
            pairs.add((held[place].pk, held[place + 3].pk))
        for hub, reach in ((1, 6), (len(held) // 3, 9), (len(held) // 2, 4)):
            pairs |= {
                (held[hub].pk, later.pk) for later in held[hub + 1 : hub + 1 + reach] if hub < len(held)
            }
    return sorted(pairs)
