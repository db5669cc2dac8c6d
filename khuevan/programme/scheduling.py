"""Keeps the instalments of assignments in step with their deadline rules. Only `actions` calls this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
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
from khuevan.plain.calendar.working_days import (
    OutsideWorkingCalendar,
    WorkingCalendar,
    vietnamese_working_calendar,
)
from khuevan.plain.instalments import PresentInstalment, instalment_changes
from khuevan.plain.official_documents.document import Due
from khuevan.programme.choices import InstalmentState
from khuevan.programme.models import Assignment, Instalment, Plan, Reply

SETTLED = frozenset({InstalmentState.DONE, InstalmentState.CANCELLED})
YEAR = timedelta(days=366)
# Databases bound the number of parameters of one statement.
PIECE = 500


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
    assignment: Assignment, span: tuple[date, date], present: Collection[date | None] = ()
) -> Sequence[Occurrence | None]:
    """The days on which the unit owes an instalment: those of its rule, or the one without a day.

    They begin with the span, with the work and with the unit's part in it, whichever begins last. Days in
    `present` that lie before the span stay, where the rule has them: an amended plan is signed later than the
    first. A rule without a day in that time gives the one nearest to it: the plan or an officer said so.
    """
    rule = rule_of(assignment)
    if rule is None:
        return (None,)
    calendar = vietnamese_working_calendar()
    first, last = span
    own = max(filter(None, (assignment.from_date, assignment.task.start_date)), default=calendar.first)
    begin = max(first, own)
    found = occurrences(rule, begin, max(last, begin), calendar)
    earlier: tuple[Occurrence, ...] = ()
    if any(day is not None and own <= day < begin for day in present):
        before = begin - timedelta(days=1)
        earlier = tuple(day for day in occurrences(rule, own, before, calendar) if day.nominal in present)
    return (*earlier, *(found or nearest_day(rule, begin, last, calendar)))


def nearest_day(
    rule: DeadlineRule, begin: date, last: date, calendar: WorkingCalendar
) -> tuple[Occurrence, ...]:
    """The rule's first day from `begin` on, else its last one before it; none for a rule without any day.

    Where the time was over (`last`) when it began, the last day before comes first.
    """
    lowest, highest = max(begin - YEAR, calendar.first), min(max(begin, last) + YEAR, calendar.last)
    # A single date may lie further away than a year.
    around = occurrences(rule, lowest, highest, calendar) or occurrences(
        rule, calendar.first, calendar.last, calendar
    )
    after = [day for day in around if day.due >= begin]
    before = [day for day in around if day.due < begin]
    return tuple((before[-1:] or after[:1]) if begin > last else (after[:1] or before[-1:]))


def keep_instalments(assignments: Iterable[Assignment], since: date | None = None) -> list[Instalment]:
    """The instalments that were made; moves and removes others as the rules ask. Six queries and bulk writes.

    The assignments come with task and plan loaded. Those that ended or were dropped are left alone. `since` is
    the day on which an officer set the rule: nothing new is owed by a day before it, unless the plan's time is
    over. The rows are locked, so that nobody writes a report to one that goes.
    """
    current = [
        row
        for row in assignments
        if row.ended_at is None and row.dropped_in_id is None and row.task.dropped_in_id is None
    ]
    present = _present(current)
    drafted = _with_replies([item.pk for rows in present.values() for item in rows])
    spans = _spans({row.task.plan for row in current})
    made: list[Instalment] = []
    for row in current:
        rows = {item.pk: item for item in present[row.pk]}
        span = spans[row.task.plan_id]
        wanted = wanted_days(row, span, {item.nominal_date for item in rows.values()})
        asked_since = None if since is None or since > span[1] else since
        if asked_since and not any(day is None or day.due >= asked_since for day in wanted):
            rule = rule_of(row)
            assert rule is not None, "one without a day is always asked for"
            further = nearest_day(rule, max(asked_since, span[0]), span[1], vietnamese_working_calendar())
            wanted = (*wanted, *(day for day in further if day not in wanted))
        values = [_as_value(item, drafted) for item in rows.values()]
        changes = instalment_changes(values, wanted, asked_since)
        for key in changes.remove:
            rows[key].delete()
        # A day that one moves to is a day on which none stands: no two ever meet on one.
        for key, day in changes.move:
            item = rows[key]
            item.nominal_date, item.due_date = _days(day)
            item.save()
        for day in changes.make:
            nominal, due = _days(day)
            made.append(Instalment(assignment=row, nominal_date=nominal, due_date=due))
    Instalment.objects.bulk_create(made, batch_size=500)
    return made


def _present(assignments: list[Assignment]) -> dict[int, list[Instalment]]:
    """The instalments of each assignment, locked."""
    found: dict[int, list[Instalment]] = defaultdict(list)
    for start in range(0, len(assignments), PIECE):
        keys = [row.pk for row in assignments[start : start + PIECE]]
        for item in Instalment.objects.select_for_update().filter(assignment__in=keys).order_by("pk"):
            found[item.assignment_id].append(item)
    return found


def _with_replies(instalments: list[int]) -> set[int]:
    """Those of the instalments to which somebody has written, be it a draft that nobody else sees."""
    found: set[int] = set()
    for start in range(0, len(instalments), PIECE):
        replies = Reply.objects.filter(instalment__in=instalments[start : start + PIECE]).order_by()
        found |= set(replies.values_list("instalment", flat=True))
    return found


def _spans(plans: set[Plan]) -> dict[int, tuple[date, date]]:
    found = {}
    for plan in plans:
        first = plan.versions.order_by("number").values_list("imported_at", flat=True).first()
        assert first is not None, "a plan has at least the version that made it"
        found[plan.pk] = span_of(plan, timezone.localtime(first).date())
    return found


def _as_value(item: Instalment, drafted: Collection[int]) -> PresentInstalment:
    return PresentInstalment(
        item.pk,
        item.nominal_date,
        item.due_date,
        touched=item.state != InstalmentState.WAITING or item.pk in drafted,
        settled=item.state in SETTLED,
    )


def _days(day: Occurrence | None) -> tuple[date | None, date | None]:
    return (None, None) if day is None else (day.nominal, day.due)
