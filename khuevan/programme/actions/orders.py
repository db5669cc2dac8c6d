"""Writes of those who order the work: who answers for a task, by when, and what waits for what."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import DeadlineRule, as_plain
from khuevan.plain.precedence import closes_a_circle
from khuevan.programme.choices import (
    OPEN_STATES,
    AssignmentRole,
    AssignmentSource,
    InstalmentState,
    ReplyState,
)
from khuevan.programme.models import (
    Assignment,
    Difficulty,
    Evidence,
    Instalment,
    Reply,
    Task,
    TaskPrecedence,
)
from khuevan.programme.permissions import check_can_judge, check_can_order_work, lead_unit_id
from khuevan.programme.scheduling import keep_instalments


@action
def assign_unit(*, by: User, task: Task, unit: Unit, role: str) -> Assignment:
    """The unit as lead or support of the task from today, decided by an officer.

    A unit that supports can be made the lead where there is none. Raises ValidationError where the task has
    another lead (that is `reassign`) or the unit answers for it already.
    """
    check_can_order_work(by, clock.today())
    _locked_task(task)
    _check_exists(unit)
    if role == AssignmentRole.LEAD and lead_unit_id(task) not in (None, unit.pk):
        raise ValidationError(
            _("Another unit leads this task: give the lead to the new one, with the reason.")
        )
    row = Assignment.objects.filter(task=task, unit=unit).first()
    if row is not None and row.ended_at is None and row.dropped_in_id is None and row.role == role:
        raise ValidationError(_("%(unit)s answers for this task already.") % {"unit": unit})
    return _give(task, unit, role, row)


@action
def reassign(*, by: User, assignment: Assignment, unit: Unit, reason: str) -> Assignment:
    """The assignment of the unit that takes the work over from today, for the reason; the former one is ended.

    What the former unit still owed is not required of it any more, and owed by the new one from the earliest day
    that was open. What was done stays where it was done.
    """
    check_can_order_work(by, clock.today())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the work goes to another unit: both units read it.")})
    _locked_task(assignment.task)
    _check_exists(unit)
    former = Assignment.objects.select_related("task", "unit").get(pk=assignment.pk)
    if former.ended_at is not None or former.dropped_in_id is not None:
        raise ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": former.unit})
    if former.unit_id == unit.pk:
        raise ValidationError({"unit": _("Choose another unit than the one that has the work now.")})
    earliest = Instalment.objects.filter(assignment=former, state__in=OPEN_STATES).aggregate(
        first=Min("nominal_date")
    )["first"]
    _end(by, former, reason.strip())
    row = Assignment.objects.filter(task=former.task, unit=unit).first()
    return _give(former.task, unit, former.role, row, earliest)


@action
def end_assignment(*, by: User, assignment: Assignment, reason: str) -> Assignment:
    """The supporting unit's assignment, ended for the reason. A lead is given to another unit instead."""
    check_can_order_work(by, clock.today())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the unit no longer answers for this task.")})
    _locked_task(assignment.task)
    fresh = Assignment.objects.select_related("task", "unit").get(pk=assignment.pk)
    if fresh.role == AssignmentRole.LEAD:
        raise ValidationError(_("A task keeps a lead: give the lead to another unit."))
    if fresh.ended_at is not None:
        raise ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": fresh.unit})
    _end(by, fresh, reason.strip())
    return fresh


@action
def split_group(*, by: User, assignment: Assignment) -> list[Assignment]:
    """The assignments of the units that a group stands for, in place of the group's own.

    A plan that says "the divisions of the department" means each of them, with its own reply. The group is the
    units beside it that exist today; a unit that answers for the task already keeps its part.
    """
    day = clock.today()
    check_can_order_work(by, day)
    _locked_task(assignment.task)
    fresh = Assignment.objects.select_related("task", "unit").get(pk=assignment.pk)
    if fresh.unit.kind != UnitKind.GROUP or fresh.role != AssignmentRole.SUPPORT:
        raise ValidationError(_("Only the support of a group of units can be split among its units."))
    if fresh.ended_at is not None or fresh.dropped_in_id is not None:
        raise ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": fresh.unit})
    beside = Unit.objects.on(day).filter(parent=fresh.unit.parent_id).exclude(kind=UnitKind.GROUP)
    if fresh.unit.parent_id is None or not beside:
        raise ValidationError(_("No unit stands beside “%(unit)s” in the register.") % {"unit": fresh.unit})
    present = {row.unit_id: row for row in Assignment.objects.filter(task=fresh.task)}
    made = []
    for unit in beside.order_by("path"):
        row = present.get(unit.pk)
        if row is None or row.ended_at is not None or row.dropped_in_id is not None:
            made.append(_give(fresh.task, unit, AssignmentRole.SUPPORT, row))
    _end(by, fresh, _("Split among the units of the group."))
    return made


@action
def set_task_deadline(
    *, by: User, task: Task, rule: DeadlineRule | None, start_date: datetime.date | None = None
) -> Task:
    """The task with the deadline that an officer decided, and its instalments in step with it.

    Units with a deadline of their own keep it. An amended plan no longer changes the deadline.
    """
    check_can_order_work(by, clock.today())
    fresh = _locked_task(task)
    fresh.deadline_rule = None if rule is None else as_plain(rule)
    fresh.deadline_decided = True
    fresh.start_date = start_date
    fresh.save()
    keep_instalments(_rows_of(fresh))
    return fresh


@action
def set_unit_deadline(*, by: User, assignment: Assignment, rule: DeadlineRule | None) -> Assignment:
    """The assignment with a deadline of its own; None gives it the task's again."""
    check_can_order_work(by, clock.today())
    _locked_task(assignment.task)
    fresh = Assignment.objects.select_related("task__plan").get(pk=assignment.pk)
    fresh.deadline_rule = None if rule is None else as_plain(rule)
    fresh.save()
    keep_instalments([fresh])
    return fresh


@action
def waive_instalment(*, by: User, instalment: Instalment, reason: str) -> Instalment:
    """The instalment, not required for the reason: the event did not take place, the month had nothing to check."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why nothing is owed: the report shows it.")})
    fresh = (
        Instalment.objects.select_for_update(of=("self",))
        .select_related("assignment__task")
        .get(pk=instalment.pk)
    )
    check_can_judge(by, fresh.assignment, lead_unit_id(fresh.assignment.task), clock.today())
    if fresh.state not in OPEN_STATES:
        raise ValidationError(_("Nothing is owed here any more."))
    _cancel([fresh], reason.strip())
    return fresh


@action
def put_after(*, by: User, before: Task, after: Task) -> TaskPrecedence:
    """That `after` waits for `before`; raises ValidationError where they would wait for each other."""
    check_can_order_work(by, clock.today())
    _locked_task(after)
    if before.pk == after.pk:
        raise ValidationError(_("A task cannot wait for itself."))
    pairs = list(TaskPrecedence.objects.order_by().values_list("before", "after"))
    if (before.pk, after.pk) in pairs:
        raise ValidationError(_("The task waits for this one already."))
    if closes_a_circle(pairs, before.pk, after.pk):
        raise ValidationError(_("The two tasks would wait for each other."))
    row = TaskPrecedence(before=before, after=after)
    row.save()
    return row


@action
def release(*, by: User, precedence: TaskPrecedence) -> None:
    """Takes away that one task waits for another."""
    check_can_order_work(by, clock.today())
    TaskPrecedence.objects.get(pk=precedence.pk).delete()


@action
def keep_all_instalments(*, by: User) -> list[Instalment]:
    """The instalments that assignments without any were missing: plans imported before there were instalments."""
    rows = (
        Assignment.objects.current()
        .filter(task__dropped_in__isnull=True, instalments__isnull=True)
        .select_related("task__plan")
    )
    return keep_instalments(rows)


def _locked_task(task: Task) -> Task:
    """The task as it is now, locked until the deed is done."""
    fresh: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if fresh.dropped_in_id is not None:
        raise ValidationError(_("An amended plan no longer has this task."))
    return fresh


def _check_exists(unit: Unit) -> None:
    if not unit.exists_on(clock.today()):
        raise ValidationError({"unit": _("%(unit)s does not exist any more.") % {"unit": unit}})


def _give(
    task: Task, unit: Unit, role: str, row: Assignment | None, since: datetime.date | None = None
) -> Assignment:
    """The unit's assignment in this role, in force, with its instalments from the day on."""
    row = row or Assignment(task=task, unit=unit)
    if row.pk is None or row.ended_at is not None or row.dropped_in_id is not None:
        row.from_date = since or clock.today()
    row.role, row.source, row.origin = AssignmentRole(role), AssignmentSource.PERSON, None
    row.dropped_in = row.ended_at = row.ended_by = None
    row.end_reason = ""
    row.save()
    keep_instalments([Assignment.objects.select_related("task__plan").get(pk=row.pk)])
    return row


def _end(by: User, row: Assignment, reason: str) -> None:
    row.ended_at, row.ended_by, row.end_reason = clock.now(), by, reason
    row.save()
    _cancel(list(Instalment.objects.filter(assignment=row, state__in=OPEN_STATES)), reason)


def _cancel(rows: list[Instalment], reason: str) -> None:
    """Ends what is owed. A report that waited for a verdict stays readable, and waits for nobody."""
    for row in rows:
        row.state, row.cancel_reason, row.reported_date = InstalmentState.CANCELLED, reason, None
        row.save()
    # A draft that nobody can send any more would stand in its unit's way when the work comes back.
    for draft in Reply.objects.filter(instalment__in=[row.pk for row in rows], state=ReplyState.DRAFT):
        Evidence.objects.filter(reply=draft).delete()
        Difficulty.objects.filter(reply=draft).delete()
        draft.delete()


def _rows_of(task: Task) -> list[Assignment]:
    return list(Assignment.objects.current().filter(task=task).select_related("task__plan"))
