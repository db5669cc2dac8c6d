"""What the Gantt chart of a plan reads: four queries, whatever the plan's size."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F

from khuevan.plain.calendar.deadline_rules import BadRule, DeadlineRule, rule_from_plain
from khuevan.programme.browse_queries import section_lines
from khuevan.programme.choices import AssignmentRole
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Assignment, Plan, Step, TaskQuerySet
from khuevan.programme.planning_lines import PlannedDay, PlannedStep, PlannedTask, Planning


def planning_of(plan: Plan, tasks: TaskQuerySet) -> Planning:
    """These tasks of the plan, which the person reads, with their leads' instalments and their steps.

    Who waits for whom is told among these tasks only: a task that the person does not read stands nowhere.
    """
    leads, days = _leads_and_days(plan)
    rows: dict[int, PlannedTask] = {}
    task_pairs: list[tuple[int, int]] = []
    values = tasks.order_by("order", "pk").values_list(
        "pk", "order", "text", "section", "start_date", "deadline_rule", "due_text", "due_date", "recurrence",
        "forerunners__before",
    )  # fmt: skip
    for pk, order, text, section, start, rule, due_text, due, recurrence, before in values:
        if pk not in rows:
            rows[pk] = PlannedTask(
                pk, order + 1, text, section, leads.get(pk), start, _rule(rule), due_text, due, recurrence,
                tuple(days.get(pk, ())),
            )  # fmt: skip
        if before is not None:
            task_pairs.append((before, pk))
    steps, step_pairs = _steps(plan, rows)
    return Planning(
        tuple(rows.values()),
        tuple(steps.values()),
        tuple(pair for pair in task_pairs if pair[0] in rows),
        tuple(pair for pair in step_pairs if pair[0] in steps),
        tuple(section_lines(plan)),
    )


def _leads_and_days(plan: Plan) -> tuple[dict[int, UnitName], dict[int, list[PlannedDay]]]:
    """The lead of each task now, and its instalments, those without a day last. One query."""
    leads: dict[int, UnitName] = {}
    days: dict[int, list[PlannedDay]] = defaultdict(list)
    rows = (
        Assignment.objects.current()
        .filter(task__plan=plan, role=AssignmentRole.LEAD)
        .order_by("task", F("instalments__due_date").asc(nulls_last=True), "instalments__pk")
        .values_list(
            "task", "unit", "unit__name", "unit__short_name", "unit__valid_to",
            "instalments__due_date", "instalments__state", "instalments__percent",
        )
    )  # fmt: skip
    for task, unit, name, short_name, ended, due, state, percent in rows:
        leads.setdefault(task, UnitName(unit, name, short_name, ended))
        if state is not None:
            days[task].append(PlannedDay(due, state, percent))
    return leads, days


def _steps(plan: Plan, tasks: dict[int, PlannedTask]) -> tuple[dict[int, PlannedStep], list[tuple[int, int]]]:
    """The steps of the tasks in order, and which comes after which. One query."""
    steps: dict[int, PlannedStep] = {}
    pairs: list[tuple[int, int]] = []
    rows = (
        Step.objects.filter(task__plan=plan)
        .order_by("task__order", "order", "pk")
        .values_list(
            "pk", "task", "unit", "unit__name", "unit__short_name", "title", "state", "start_date", "due_date",
            "forerunners__before",
        )
    )  # fmt: skip
    for pk, task, unit, name, short_name, title, state, start, due, before in rows:
        if task not in tasks:
            continue
        steps.setdefault(
            pk, PlannedStep(pk, task, UnitName(unit, name, short_name), title, state, start, due)
        )
        if before is not None:
            pairs.append((before, pk))
    return steps, pairs


def _rule(plain: Any) -> DeadlineRule | None:
    """The rule, or None for none and for one that this version does not understand."""
    if plain is None:
        return None
    try:
        return rule_from_plain(plain)
    except BadRule:
        return None
