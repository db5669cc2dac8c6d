"""Keeps the assignments of a plan's tasks in step with its duties. Only `actions` reaches this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khuevan.programme.choices import AssignmentRole, AssignmentSource
from khuevan.programme.decisions import prospective_answers
from khuevan.programme.models import Assignment, Duty, PlanVersion, Task
from khuevan.programme.queries import ImportReview


@dataclass(frozen=True, slots=True)
class _Wanted:
    role: str
    source: str
    origin: int | None


def assign(
    review: ImportReview,
    version: PlanVersion,
    tasks: Sequence[Task],
    duties: Sequence[Duty],
    unit_of: Mapping[str, int],
) -> None:
    """Gives each task the units that the plan names (see `answers_for`), and keeps what officers decided.

    An assignment that lost its reason is marked as dropped by `version`, not deleted: work may be
    recorded under it. One that an officer decided stays, and where it leads, the plan's lead supports.
    """
    present: dict[int, dict[int, Assignment]] = {}
    for row in Assignment.objects.filter(task__in=[task.pk for task in tasks]):
        present.setdefault(row.task_id, {})[row.unit_id] = row
    made: list[Assignment] = []
    changed: list[Assignment] = []
    answers = prospective_answers(review.document, review.decisions, unit_of)
    for task, found in zip(tasks, answers, strict=True):
        rows = present.get(task.pk, {})
        # Whom an officer gave the work, and whom an officer took it from.
        decided = {
            unit
            for unit, row in rows.items()
            if row.source == AssignmentSource.PERSON or row.ended_at is not None
        }
        led = any(rows[unit].role == AssignmentRole.LEAD and rows[unit].ended_at is None for unit in decided)
        wanted = {
            answer.unit: _Wanted(
                AssignmentRole.SUPPORT if led else AssignmentRole(answer.role),
                AssignmentSource(answer.source),
                None if answer.duty is None else duties[answer.duty].pk,
            )
            for answer in found.answers
            if answer.unit not in decided
        }
        for unit, row in rows.items():
            if unit not in decided and _differs(row, wanted.get(unit), version):
                changed.append(row)
        made += [
            Assignment(
                task=task,
                unit_id=unit,
                role=want.role,
                source=want.source,
                origin_id=want.origin,
            )
            for unit, want in wanted.items()
            if unit not in rows
        ]
    # A lead is taken away before another is given: a task never has two, not even for a moment.
    changed.sort(key=lambda row: row.dropped_in_id is None and row.role == AssignmentRole.LEAD)
    for row in changed:
        row.save()
    Assignment.objects.bulk_create(made)


def _differs(row: Assignment, want: _Wanted | None, version: PlanVersion) -> bool:
    """Takes what is wanted into the row; whether that changes it."""
    before = (row.role, row.source, row.origin_id, row.dropped_in_id)
    if want is None:
        # One that an earlier version dropped keeps that version.
        row.dropped_in_id = row.dropped_in_id or version.pk
    else:
        row.role, row.source, row.origin_id = want.role, want.source, want.origin
        row.dropped_in_id = None
    return before != (row.role, row.source, row.origin_id, row.dropped_in_id)
