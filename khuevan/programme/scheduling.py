"""Keeps the instalments of assignments in step with their deadline rules. Only `actions` calls this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from khuevan.plain.calendar.deadline_reading import rule_of_due
from khuevan.plain.calendar.deadline_rules import (
    BadRule,
    DeadlineRule,
    Occurrence,
    as_plain,
    occurrences,
    rule_from_plain,
)
from khuevan.plain.calendar.working_days import OutsideWorkingCalendar, vietnamese_working_calendar
from khuevan.plain.instalments import PresentInstalment, instalment_changes
from khuevan.plain.official_documents.document import Due
from khuevan.programme.choices import InstalmentState
from khuevan.programme.models import Assignment, Instalment, Plan

SETTLED = frozenset({InstalmentState.DONE, InstalmentState.CANCELLED})


def stored_rule_of_due(due: Due | None) -> dict[str, Any] | None:
    """The rule that the plan's words yield, as the database keeps it; None where they yield no day."""
    if due is None:
        return None
    try:
        rule = rule_of_due(due.text, due.recurrence, due.date)
    except (BadRule, OutsideWorkingCalendar):
        # "ngày 31/02": an officer sets the deadline, beside the plan's own words.
        return None
    return None if rule is None else as_plain(rule)


def rule_of(assignment: Assignment) -> DeadlineRule | None:
    """The rule by which the unit owes: its own, else the task's. The task is loaded."""
    plain = assignment.deadline_rule or assignment.task.deadline_rule
    return None if plain is None else rule_from_plain(plain)


def span_of(plan: Plan, imported: date) -> tuple[date, date]:
    """The first and last day on which instalments of the plan's tasks may fall due, both inclusive.

    Nothing is owed before the plan was signed or, where its head has no day, before it came into the
    programme, unless it came after its time. A plan without a period is taken for its year.
    """
    begun = plan.signed_date or imported
    first = plan.period_first or date(begun.year, 1, 1)
    last = plan.period_last or date(begun.year, 12, 31)
    return (begun if first <= begun <= last else first), last


def wanted_days(
    assignment: Assignment, span: tuple[date, date], since: date | None = None
) -> Sequence[Occurrence | None]:
    """The days on which the unit owes an instalment: those of its rule, or the one without a day.

    A single date is owed even outside the span: the plan or an officer said so.
    """
    rule = rule_of(assignment)
    if rule is None:
        return (None,)
    first, last = span
    begin = max(filter(None, (first, assignment.from_date, since)))
    calendar = vietnamese_working_calendar()
    found = occurrences(rule, begin, max(last, begin), calendar)
    if not found:
        # A year around it finds a date that lies outside the plan's period, or before it was signed.
        wide = occurrences(rule, first - timedelta(days=366), last + timedelta(days=366), calendar)
        found = wide[-1:]
    return found


def keep_instalments(assignments: Iterable[Assignment]) -> list[Instalment]:
    """The instalments that were made; moves and removes others as the rules ask. Five queries and bulk writes.

    The assignments come with task and plan loaded. Those that ended or were dropped are left alone.
    """
    current = [row for row in assignments if row.ended_at is None and row.dropped_in_id is None]
    present: dict[int, list[Instalment]] = defaultdict(list)
    for start in range(0, len(current), 500):
        keys = [row.pk for row in current[start : start + 500]]
        for item in Instalment.objects.filter(assignment__in=keys):
            present[item.assignment_id].append(item)
    spans = _spans({row.task.plan for row in current})
    made: list[Instalment] = []
    for row in current:
        rows = {item.pk: item for item in present[row.pk]}
        changes = instalment_changes(
            [_as_value(item) for item in rows.values()], wanted_days(row, spans[row.task.plan_id])
        )
        for key in changes.remove:
            rows[key].delete()
        # Later days first, so that two that swap by a day never meet on one.
        for key, day in sorted(
            changes.move, key=lambda move: move[1].nominal if move[1] else date.min, reverse=True
        ):
            item = rows[key]
            item.nominal_date, item.due_date = _days(day)
            item.save()
        for day in changes.make:
            nominal, due = _days(day)
            made.append(Instalment(assignment=row, nominal_date=nominal, due_date=due))
    Instalment.objects.bulk_create(made, batch_size=500)
    return made


def _spans(plans: set[Plan]) -> dict[int, tuple[date, date]]:
    found = {}
    for plan in plans:
        first = plan.versions.order_by("number").values_list("imported_at", flat=True).first()
        assert first is not None, "a plan has at least the version that made it"
        found[plan.pk] = span_of(plan, timezone.localtime(first).date())
    return found


def _as_value(item: Instalment) -> PresentInstalment:
    return PresentInstalment(
        item.pk,
        item.nominal_date,
        item.due_date,
        touched=item.state != InstalmentState.WAITING,
        settled=item.state in SETTLED,
    )


def _days(day: Occurrence | None) -> tuple[date | None, date | None]:
    return (None, None) if day is None else (day.nominal, day.due)
