"""A programme of any size at work for a year, written straight into the tables: units, people, plans, replies.

    work = large_work(UserFactory(), today=date(2025, 11, 14))            # the city's size
    work = large_work(UserFactory(), plans=2, tasks=40, units=14, replies=150, today=date(2025, 11, 14))

At the full size (10 plans of 500 tasks, 300 units, 20,000 replies) about 40,000 instalments come out, in half a
minute. The same arguments always give the same rows: chance comes from a generator with a fixed seed.

**Units.** A department with `units` units: its divisions and centres first (they lead most tasks), then wards and
communes, which stand on their own. Beside the divisions stands the group "Các phòng, đơn vị thuộc Sở", which
supports every 45th task and was not yet split. Every unit has a head and an officer; the department has a
director, a deputy, an auditor and an administrator, its finance division a planning officer.

**Plans.** All of the year of `today`, signed from January to April, with four parts of three headings. A task has
a lead (every 40th has none, and is due in a month) and none to four supporting units, and is due by a rule: half of
them once, the others each quarter, half-year or month; every eighth has no deadline. Instalments are those of the
rule.

**What has become of the work by `today`.** Units differ: the reliable report 95 of 100 parts in time, the worst 55.
What is late is reported within weeks, a few parts only after months. Reports are accepted some days later, one in
fifty instalments is not required, one in twenty of the open ones was returned. So every state occurs wherever the
size allows, and most of what is late is young.

**Replies.** Exactly `replies` rows where the instalments give as many: drafts first, then what the open instalments
need (reports that wait, returned ones, progress), then the accepted reports from the newest. What was done before
has no reply, as if it had been taken over from paper. One progress reply in twelve has a difficulty, of which
three in five were answered.

**Order.** Every eighth task has a chain of five steps; in every plan three tasks hold up a row of others, and every
seventh waits for the one three before it. Nothing waits for itself.

Nothing of it is in the audit trail (`unaudited`); what the trail says is tested with actions.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from khuevan.core.recording import unaudited
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import (
    DeadlineRule,
    EachPeriod,
    Occurrence,
    OnDate,
    as_plain,
    occurrences,
    rule_from_plain,
)
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.official_documents.document import as_stored
from khuevan.programme.choices import AssignmentRole, AssignmentSource, InstalmentState
from khuevan.programme.models import Assignment, Instalment, Plan, PlanSection, PlanVersion, Task
from tests.factories import large_work_words as words
from tests.factories.large_work_people import LargeWork, department_at_work
from tests.factories.large_work_states import fate, keep_order, keep_replies
from tests.factories.programme import plan_document


def large_work(
    by: User,
    plans: int = 10,
    tasks: int = 500,
    units: int = 300,
    replies: int = 20_000,
    *,
    today: date,
    parent: Unit | None = None,
) -> LargeWork:
    """A department at work on `plans` plans of `tasks` tasks each, as it stands in the morning of `today`.

    `by` imported the plans; `parent` is a unit above the department, for a database that has one.
    """
    chance = random.Random(f"{plans} {tasks} {units} {replies} {today}")
    with unaudited("a test's own large programme at work"):
        work = department_at_work(units, parent)
        rows: list[Task] = []
        for number in range(plans):
            made = _plan(by, work, number, tasks, today, chance)
            work.plans.append(made[0].plan)
            rows += made
        assignments = _assignments(rows, work, chance)
        instalments = _instalments(assignments, rows, work, today, chance)
        keep_replies(instalments, work.officers, work.heads, work.planner, replies, today, chance)
        keep_order(rows, assignments, today, chance)
    return work


def _plan(
    by: User, work: LargeWork, number: int, tasks: int, today: date, chance: random.Random
) -> list[Task]:
    signed = date(today.year, 1, 6) + timedelta(days=number * 11 % 100)
    title = f"{words.PLANS[number % len(words.PLANS)]} năm {today.year}"
    plan = Plan.objects.create(
        title=title,
        type="Kế hoạch",
        symbol=f"{40 + number}/KH-SVHTT",
        number=40 + number,
        issuer_name=work.department.name,
        issuer=work.department,
        signed_date=signed,
        period_first=date(today.year, 1, 1),
        period_last=date(today.year, 12, 31),
    )
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        filename=f"ke-hoach-{40 + number}.docx",
        sha256=hashlib.sha256(f"{title} {plan.pk}".encode()).hexdigest(),
        reading=as_stored(plan_document(("Một nhiệm vụ.",), (), title=title)),
        imported_at=timezone.make_aware(datetime(signed.year, signed.month, signed.day, 9)),
        imported_by=by,
    )
    headings = _sections(plan)
    made: list[Task] = []
    for place in range(tasks):
        rule = _rule(place, signed, chance)
        if _without_lead(number * tasks + place):
            # Work that cannot start is planned for the weeks to come: what is late is late for its units' sake.
            rule = OnDate(today + timedelta(days=30))
        section = headings[place * len(headings) // tasks]
        made.append(
            Task(
                plan=plan,
                section=section,
                ref=f"{section.ref}.-{place % 40 + 1}",
                text=words.task_text(number * tasks + place),
                order=place,
                due_date=rule.day if isinstance(rule, OnDate) else None,
                deadline_rule=None if rule is None else as_plain(rule),
                read_in=version,
            )
        )
    return Task.objects.bulk_create(made)


def _sections(plan: Plan) -> list[PlanSection]:
    found = []
    for part, (label, heading, below) in enumerate(words.PARTS):
        top = PlanSection.objects.create(plan=plan, ref=label, label=label, heading=heading, order=part * 10)
        for place, name in enumerate(below, 1):
            found.append(
                PlanSection.objects.create(
                    plan=plan, parent=top, ref=f"{label}.{place}", label=str(place), heading=name,
                    order=part * 10 + place,
                )
            )  # fmt: skip
    return found


def _rule(place: int, signed: date, chance: random.Random) -> DeadlineRule | None:
    if place % 8 == 7:
        return None
    kind = chance.random()
    if kind < 0.22:
        return EachPeriod("QUARTER", 3, chance.choice((10, 15, 20)))
    if kind < 0.34:
        return EachPeriod("MONTH", 1, chance.choice((5, 20, 25)))
    if kind < 0.42:
        return EachPeriod("HALF_YEAR", 6, 10)
    return OnDate(signed + timedelta(days=chance.randint(20, (date(signed.year, 12, 25) - signed).days)))


def _without_lead(number: int) -> bool:
    return number % 40 == 13


def _assignments(tasks: Iterable[Task], work: LargeWork, chance: random.Random) -> list[Assignment]:
    count = len(work.units)
    inside = min(count, len(words.DIVISIONS))
    rows = []
    for number, task in enumerate(tasks):
        # Divisions lead three tasks in five; the rest goes round through all units.
        lead = chance.randrange(inside) if chance.random() < 0.6 else number % count
        picked = [lead, *chance.choices(range(count), k=chance.choice((0, 1, 2, 2, 3, 4)))]
        for place, unit in enumerate(dict.fromkeys(picked)):
            if place == 0 and _without_lead(number):
                continue
            role = AssignmentRole.LEAD if place == 0 else AssignmentRole.SUPPORT
            rows.append(
                Assignment(task=task, unit=work.units[unit], role=role, source=AssignmentSource.PERSON)
            )
        if number % 45 == 20:
            rows.append(
                Assignment(
                    task=task, unit=work.group, role=AssignmentRole.SUPPORT, source=AssignmentSource.PERSON
                )
            )
    return Assignment.objects.bulk_create(rows)


def _instalments(
    assignments: Iterable[Assignment], tasks: list[Task], work: LargeWork, today: date, chance: random.Random
) -> list[Instalment]:
    reliable = {unit.pk: chance.uniform(0.55, 0.95) for unit in (*work.units, work.group)}
    led = {row.task_id for row in assignments if row.role == AssignmentRole.LEAD}
    rows: list[Any] = []
    for row in assignments:
        task, plan = row.task, row.task.plan
        days = _wanted(task, plan.signed_date, plan.period_last)
        for day in days:
            due = None if day is None else day.due
            # What has no lead cannot start.
            values = (
                fate(due, plan.signed_date, today, reliable[row.unit_id], chance)
                if row.task_id in led
                else {}
            )
            if row.unit == work.group and values.get("state") == InstalmentState.RETURNED:
                # Nobody reports for a group, so nothing can be returned to it.
                values = {}
            accepted = {"done_by": work.planner} if "done_at" in values else {}
            nominal = None if day is None else day.nominal
            rows.append(Instalment(assignment=row, nominal_date=nominal, due_date=due, **values, **accepted))
    return Instalment.objects.bulk_create(rows, batch_size=500)


def _wanted(task: Task, first: date, last: date) -> tuple[Occurrence | None, ...]:
    """The days that the task's rule asks for, as `scheduling.wanted_days` finds them, each rule counted once."""
    plain = task.deadline_rule
    return (None,) if plain is None else _days(tuple(sorted(plain.items())), first, last) or (None,)


@cache
def _days(plain: tuple[tuple[str, Any], ...], first: date, last: date) -> tuple[Occurrence, ...]:
    return occurrences(rule_from_plain(dict(plain)), first, last, vietnamese_working_calendar())
