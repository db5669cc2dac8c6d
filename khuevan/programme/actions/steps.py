"""Writes to the steps of a task: split, order, start, finish."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import Unit, User
from khuevan.plain.precedence import closes_a_circle
from khuevan.programme.choices import StepState
from khuevan.programme.models import Assignment, Step, StepPrecedence, Task
from khuevan.programme.order_permissions import check_can_move_step
from khuevan.programme.permissions import check_can_split, lead_unit_id


@action
def add_step(
    *,
    by: User,
    task: Task,
    unit: Unit,
    title: str,
    start_date: datetime.date | None = None,
    due_date: datetime.date | None = None,
    after: Collection[Step] = (),
) -> Step:
    """The new last step of the task, for a unit that answers for it, after these other steps."""
    locked = _locked_task(by, task)
    highest = Step.objects.filter(task=locked).aggregate(last=Max("order"))["last"]
    step = Step(task=locked, unit=unit, order=0 if highest is None else highest + 1)
    return _keep(step, title, start_date, due_date, after)


@action
def edit_step(
    *,
    by: User,
    step: Step,
    unit: Unit,
    title: str,
    start_date: datetime.date | None = None,
    due_date: datetime.date | None = None,
    after: Collection[Step] = (),
) -> Step:
    """The step with these words, days and forerunners. One that is done stays as it was."""
    _locked_task(by, step.task)
    fresh = Step.objects.select_related("task").get(pk=step.pk)
    if fresh.state == StepState.DONE:
        raise ValidationError(_("A step that is done stays: it is part of what happened."))
    fresh.unit = unit
    return _keep(fresh, title, start_date, due_date, after)


@action
def remove_step(*, by: User, step: Step) -> None:
    """Takes away a step that nobody has finished; what came after it comes after what came before it."""
    _locked_task(by, step.task)
    fresh = Step.objects.get(pk=step.pk)
    if fresh.state == StepState.DONE:
        raise ValidationError(_("A step that is done stays: it is part of what happened."))
    before = list(StepPrecedence.objects.filter(after=fresh).values_list("before", flat=True))
    after = list(StepPrecedence.objects.filter(before=fresh).values_list("after", flat=True))
    fresh.delete()
    present = set(StepPrecedence.objects.filter(after__in=after).values_list("before", "after"))
    for pair in sorted({(first, second) for first in before for second in after} - present):
        StepPrecedence(before_id=pair[0], after_id=pair[1]).save()


@action
def move_step(*, by: User, step: Step, state: str) -> Step:
    """The step in its new state. It can start only when the steps before it are done, and reopen only while
    none after it has begun.

    The step's unit moves it, while it answers for the task, and so do the head of the lead unit and those who
    order work.
    """
    wanted = StepState(state)
    # The task, not the step alone: what comes before and after must not move meanwhile.
    task: Task = Task.objects.select_for_update(of=("self",)).get(pk=step.task_id)
    fresh = Step.objects.select_related("task").get(pk=step.pk)
    check_can_move_step(by, fresh, clock.today())
    if task.dropped_in_id is not None:
        raise ValidationError(_("An amended plan no longer has this task."))
    if fresh.state == wanted:
        # A second press: whoever finished it first stays the one who did.
        return fresh
    if wanted != StepState.TODO:
        _check_may_begin(fresh)
    if fresh.state == StepState.DONE:
        begun = Step.objects.filter(forerunners__before=fresh).exclude(state=StepState.TODO)
        titles = list(begun.values_list("title", flat=True))
        if titles:
            raise ValidationError(
                _("“%(steps)s” has begun, because this step was done.") % {"steps": "”, “".join(titles)}
            )
    fresh.state = wanted
    done = wanted == StepState.DONE
    fresh.done_at, fresh.done_by = (clock.now(), by) if done else (None, None)
    fresh.save()
    return fresh


def _check_may_begin(step: Step) -> None:
    """Raises ValidationError where nobody leads the task, or a step before this one is not done."""
    if lead_unit_id(step.task) is None:
        raise ValidationError(
            _("No unit leads this task yet, so it cannot start: ask a planning officer to name the lead.")
        )
    waiting = Step.objects.filter(followers__after=step).exclude(state=StepState.DONE)
    titles = list(waiting.values_list("title", flat=True))
    if titles:
        raise ValidationError(
            _("This step comes after “%(steps)s”, which is not done yet.") % {"steps": "”, “".join(titles)}
        )


def _locked_task(by: User, task: Task) -> Task:
    locked: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    check_can_split(by, lead_unit_id(locked), clock.today())
    if locked.dropped_in_id is not None:
        raise ValidationError(_("An amended plan no longer has this task."))
    return locked


def _keep(
    step: Step,
    title: str,
    start_date: datetime.date | None,
    due_date: datetime.date | None,
    after: Collection[Step],
) -> Step:
    step.title = " ".join(title.split())
    step.start_date, step.due_date = start_date, due_date
    step.full_clean(exclude=["task", "done_by"])
    if not Assignment.objects.current().filter(task=step.task, unit=step.unit).exists():
        raise ValidationError({"unit": _("%(unit)s does not answer for this task.") % {"unit": step.unit}})
    step.save()
    _keep_forerunners(step, {other.pk for other in after})
    return step


def _keep_forerunners(step: Step, wanted: set[int]) -> None:
    known = set(Step.objects.filter(task=step.task, pk__in=wanted).values_list("pk", flat=True))
    if known != wanted:
        raise ValidationError({"after": _("A step comes after steps of the same task only.")})
    for row in StepPrecedence.objects.filter(after=step):
        if row.before_id in wanted:
            wanted.discard(row.before_id)
        else:
            row.delete()
    pairs = list(StepPrecedence.objects.filter(after__task=step.task).values_list("before", "after"))
    undone = Step.objects.filter(pk__in=wanted).exclude(state=StepState.DONE)
    if step.state != StepState.TODO and undone.exists():
        raise ValidationError({"after": _("This step has begun: it cannot come after one that is not done.")})
    for before in sorted(wanted):
        if closes_a_circle(pairs, before, step.pk):
            raise ValidationError({"after": _("The steps would wait for each other.")})
        StepPrecedence(before_id=before, after=step).save()
        pairs.append((before, step.pk))
