"""Writes of those who set the days: the deadline of a task, of one unit's part, what need not be reported."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.plain.calendar.deadline_rules import (
    DeadlineRule,
    OnDate,
    Several,
    WorkingDaysAfter,
    as_plain,
    occurrences,
)
from khuevan.plain.calendar.working_days import OutsideWorkingCalendar, vietnamese_working_calendar
from khuevan.programme.actions.orders import locked_task
from khuevan.programme.choices import OPEN_STATES
from khuevan.programme.ending import cancel
from khuevan.programme.models import Assignment, Instalment, Task
from khuevan.programme.order_queries import is_in_force
from khuevan.programme.permissions import check_can_judge, check_can_order_work, lead_unit_id
from khuevan.programme.scheduling import keep_instalments


@action
def set_task_deadline(
    *, by: User, task: Task, rule: DeadlineRule | None, start_date: datetime.date | None = None
) -> Task:
    """The task with the deadline that an officer decided, and its instalments in step with it.

    Units with a deadline of their own keep it. An amended plan no longer changes the deadline. Nothing new is
    owed by a day that has passed.
    """
    check_can_order_work(by, clock.today())
    fresh = locked_task(task)
    _check_followable(rule, start_date)
    fresh.deadline_rule = None if rule is None else as_plain(rule)
    fresh.deadline_decided = True
    fresh.start_date = start_date
    fresh.save()
    rows = Assignment.objects.current().filter(task=fresh).select_related("task__plan")
    keep_instalments(rows, clock.today())
    return fresh


@action
def set_unit_deadline(*, by: User, assignment: Assignment, rule: DeadlineRule | None) -> Assignment:
    """The assignment with a deadline of its own; None gives it the task's again."""
    check_can_order_work(by, clock.today())
    locked_task(assignment.task)
    fresh: Assignment = Assignment.objects.select_related("task__plan", "unit").get(pk=assignment.pk)
    if not is_in_force(fresh):
        raise ValidationError(_("%(unit)s no longer answers for this task.") % {"unit": fresh.unit})
    _check_followable(rule, fresh.task.start_date)
    fresh.deadline_rule = None if rule is None else as_plain(rule)
    fresh.save()
    keep_instalments([fresh], clock.today())
    return fresh


@action
def waive_instalment(*, by: User, instalment: Instalment, reason: str) -> Instalment:
    """The instalment, not required for the reason: the event did not take place, the month had nothing to check."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why nothing is owed: the report shows it.")})
    fresh: Instalment = (
        Instalment.objects.select_for_update(of=("self",))
        .select_related("assignment__task")
        .get(pk=instalment.pk)
    )
    check_can_judge(by, fresh.assignment, lead_unit_id(fresh.assignment.task), clock.today())
    if fresh.state not in OPEN_STATES or not is_in_force(fresh.assignment):
        raise ValidationError(_("Nothing is owed here any more."))
    cancel([fresh], reason.strip())
    return fresh


def _check_followable(rule: DeadlineRule | None, start_date: datetime.date | None) -> None:
    """Raises ValidationError where the rule has no day that a calendar knows, or the work begins after its day."""
    calendar = vietnamese_working_calendar()
    for single in rule.rules if isinstance(rule, Several) else (rule,):
        if not isinstance(single, OnDate | WorkingDaysAfter):
            continue
        try:
            days = occurrences(single, calendar.first, calendar.last, calendar)
        except OutsideWorkingCalendar as error:
            raise ValidationError({"rule": str(error)}) from error
        if not days:
            known = {"first": calendar.first.year, "last": calendar.last.year}
            raise ValidationError(
                {"rule": _("The working calendar knows the years from %(first)s to %(last)s.") % known}
            )
        if start_date is not None and days[0].nominal < start_date:
            raise ValidationError({"start_date": _("The work cannot start after its deadline.")})
