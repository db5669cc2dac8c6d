"""Writes of those who order the work: who answers for a task, and what waits for what."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.plain.precedence import closes_a_circle
from khuevan.programme.choices import OPEN_STATES, AssignmentRole, AssignmentSource
from khuevan.programme.ending import end, hand_over_steps, let_be_owed_again
from khuevan.programme.models import Assignment, Instalment, Task, TaskPrecedence
from khuevan.programme.order_queries import is_in_force, units_of_group
from khuevan.programme.permissions import check_can_order_work, lead_unit_id
from khuevan.programme.scheduling import keep_instalments


@action
def assign_unit(*, by: User, task: Task, unit: Unit, role: str) -> Assignment:
    """The unit as lead or support of the task from today, decided by an officer.

    A unit that supports can be made the lead where there is none. Raises ValidationError where the task has
    another lead (that is `reassign`) or the unit answers for it already.
    """
    check_can_order_work(by, clock.today())
    locked_task(task)
    _check_exists(unit)
    if role == AssignmentRole.LEAD and lead_unit_id(task) not in (None, unit.pk):
        raise ValidationError(
            _("Another unit leads this task: give the lead to the new one, with the reason.")
        )
    row = Assignment.objects.filter(task=task, unit=unit).first()
    # The lead of a task is given to another unit; it is never just taken away.
    if row is not None and is_in_force(row) and row.role in (role, AssignmentRole.LEAD):
        raise ValidationError({"unit": _("%(unit)s answers for this task already.") % {"unit": unit}})
    return _given(task, unit, role, row)


@action
def assign_units(
    *, by: User, task: Task, lead: Unit | None = None, supports: Collection[Unit] = ()
) -> list[Assignment]:
    """The assignments of a lead and of supporting units, given in one deed; see `assign_unit`.

    Raises ValidationError by "lead" and "supports"; then none of them is given.
    """
    if lead is not None and lead in supports:
        raise ValidationError({"supports": _("%(unit)s leads the task; it does not also support it.") % {
            "unit": lead,
        }})  # fmt: skip
    made = []
    wanted = [("lead", lead, AssignmentRole.LEAD)] if lead is not None else []
    wanted += [("supports", unit, AssignmentRole.SUPPORT) for unit in supports]
    for field, unit, role in wanted:
        try:
            made.append(assign_unit(by=by, task=task, unit=unit, role=role))
        except ValidationError as error:
            raise ValidationError({field: error.messages}) from error
    return made


@action
def reassign(*, by: User, assignment: Assignment, unit: Unit, reason: str) -> Assignment:
    """The assignment of the unit that takes the work over from today, for the reason; the former one is ended.

    What the former unit still owed is not required of it any more, and owed by the new one from the earliest day
    that was open, by the same deadline; its unfinished steps go along. What was done stays where it was done.
    """
    check_can_order_work(by, clock.today())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the work goes to another unit: both units read it.")})
    locked_task(assignment.task)
    _check_exists(unit)
    former = _in_force(assignment)
    if former.unit_id == unit.pk:
        raise ValidationError({"unit": _("Choose another unit than the one that has the work now.")})
    row = Assignment.objects.filter(task=former.task, unit=unit).first()
    if row is not None and is_in_force(row) and former.role == AssignmentRole.SUPPORT:
        raise ValidationError({"unit": _("%(unit)s answers for this task already.") % {"unit": unit}})
    open_ones = Instalment.objects.filter(assignment=former, state__in=OPEN_STATES)
    earliest = open_ones.aggregate(first=Min("nominal_date"))["first"]
    end(by, former, reason.strip())
    made = _given(former.task, unit, former.role, row, since=earliest, rule=former.deadline_rule)
    hand_over_steps(former, unit.pk)
    return made


@action
def end_assignment(*, by: User, assignment: Assignment, reason: str) -> Assignment:
    """The supporting unit's assignment, ended for the reason. A lead is given to another unit instead.

    Its unfinished steps go to the lead, which answers for the whole.
    """
    check_can_order_work(by, clock.today())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the unit no longer answers for this task.")})
    locked_task(assignment.task)
    fresh = _in_force(assignment)
    if fresh.role == AssignmentRole.LEAD:
        raise ValidationError(_("A task keeps a lead: give the lead to another unit."))
    end(by, fresh, reason.strip())
    hand_over_steps(fresh, None)
    return fresh


@action
def split_group(*, by: User, assignment: Assignment) -> list[Assignment]:
    """The assignments of the units that a group stands for, in place of the group's own.

    A plan that says "the divisions of the department" means each of them, with its own reply. The group is the
    units beside it that exist today; a unit that answers for the task already keeps its part.
    """
    check_can_order_work(by, clock.today())
    locked_task(assignment.task)
    fresh = _in_force(assignment)
    if fresh.unit.kind != UnitKind.GROUP or fresh.role != AssignmentRole.SUPPORT:
        raise ValidationError(_("Only the support of a group of units can be split among its units."))
    beside = units_of_group(fresh.unit, clock.today())
    if not beside:
        raise ValidationError(_("No unit stands beside “%(unit)s” in the register.") % {"unit": fresh.unit})
    present = {row.unit_id: row for row in Assignment.objects.filter(task=fresh.task)}
    made = [
        _given(fresh.task, unit, AssignmentRole.SUPPORT, present.get(unit.pk), rule=fresh.deadline_rule)
        for unit in beside
        if unit.pk not in present or not is_in_force(present[unit.pk])
    ]
    end(by, fresh, _("Split among the units of the group."))
    hand_over_steps(fresh, None)
    return made


@action
def put_after(*, by: User, before: Task, after: Task) -> TaskPrecedence:
    """That `after` waits for `before`; raises ValidationError where they would wait for each other."""
    check_can_order_work(by, clock.today())
    if before.pk == after.pk:
        raise ValidationError({"before": _("A task cannot wait for itself.")})
    # Both, and always in one order: two officers who put them after each other come one after the other.
    for task in sorted((before, after), key=lambda task: task.pk):
        locked_task(task)
    pairs = list(TaskPrecedence.objects.order_by().values_list("before", "after"))
    if (before.pk, after.pk) in pairs:
        raise ValidationError({"before": _("The task waits for this one already.")})
    if closes_a_circle(pairs, before.pk, after.pk):
        raise ValidationError({"before": _("The two tasks would wait for each other.")})
    row = TaskPrecedence(before=before, after=after)
    row.save()
    return row


@action
def release(*, by: User, precedence: TaskPrecedence) -> None:
    """Takes away that one task waits for another; nothing where somebody has done so meanwhile."""
    check_can_order_work(by, clock.today())
    for row in TaskPrecedence.objects.select_for_update().filter(pk=precedence.pk):
        row.delete()


@action
def keep_all_instalments(*, by: User) -> list[Instalment]:
    """The instalments that assignments without any were missing: plans imported before there were instalments."""
    rows = (
        Assignment.objects.current()
        .filter(task__dropped_in__isnull=True, instalments__isnull=True)
        .select_related("task__plan")
    )
    return keep_instalments(rows)


def locked_task(task: Task) -> Task:
    """The task as it is now, locked until the deed is done; raises ValidationError for a dropped one."""
    fresh: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if fresh.dropped_in_id is not None:
        raise ValidationError(_("An amended plan no longer has this task."))
    return fresh


def _in_force(assignment: Assignment) -> Assignment:
    """The assignment as it is now; raises ValidationError where its unit no longer answers."""
    fresh: Assignment = Assignment.objects.select_related("task__plan", "unit").get(pk=assignment.pk)
    if not is_in_force(fresh):
        raise ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": fresh.unit})
    return fresh


def _check_exists(unit: Unit) -> None:
    if not unit.exists_on(clock.today()):
        raise ValidationError({"unit": _("%(unit)s does not exist any more.") % {"unit": unit}})


def _given(
    task: Task,
    unit: Unit,
    role: str,
    row: Assignment | None,
    *,
    since: datetime.date | None = None,
    rule: object = None,
) -> Assignment:
    """The unit's assignment in this role, in force, with its instalments from the day on.

    One that comes back owes again from that day what its end had cancelled. `rule`: the deadline of its own that
    it takes over with the part.
    """
    row = row or Assignment(task=task, unit=unit)
    reopened = row.ended_at is not None
    if row.pk is None or not is_in_force(row):
        row.from_date, row.deadline_rule = since or clock.today(), rule
    elif row.from_date is not None and since is not None:
        row.from_date = min(row.from_date, since)
    if reopened:
        let_be_owed_again(row, row.from_date)
    row.role, row.source, row.origin = AssignmentRole(role), AssignmentSource.PERSON, None
    row.dropped_in = row.ended_at = row.ended_by = None
    row.end_reason = ""
    row.save()
    keep_instalments([Assignment.objects.select_related("task__plan").get(pk=row.pk)])
    return row
