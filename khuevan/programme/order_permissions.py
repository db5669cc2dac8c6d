"""Who moves a step; `permissions` says who splits a task and who answers for a unit."""

from __future__ import annotations

from datetime import date

from khuevan.people.models import User
from khuevan.programme.models import Assignment, Step
from khuevan.programme.permissions import answering_unit_ids, can_split, check_can_split, lead_unit_id


def can_move_step(
    user: User, unit_id: int, day: date, *, unit_answers: bool, lead_unit_id: int | None
) -> bool:
    """Whether `user` may start, finish or reopen a step of this unit on `day`.

    Its unit may, while it answers for the task (`unit_answers`), and whoever may split the task.
    """
    if can_split(user, lead_unit_id, day):
        return True
    return unit_answers and unit_id in answering_unit_ids(user, day)


def check_can_move_step(user: User, step: Step, day: date) -> None:
    """Raises PermissionDenied, saying who may, unless `user` may move this step on `day`."""
    answers = Assignment.objects.current().filter(task=step.task_id, unit=step.unit_id).exists()
    lead = lead_unit_id(step.task)
    if not can_move_step(user, step.unit_id, day, unit_answers=answers, lead_unit_id=lead):
        check_can_split(user, lead, day)
