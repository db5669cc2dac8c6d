"""The steps of one task as its page shows them: what each waits for, and what a person may do with it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from khuevan.programme.choices import StepState
from khuevan.programme.lines import UnitName
from khuevan.programme.presenters.states import StateSign
from khuevan.programme.presenters.step_states import step_sign
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.task_queries import StepLine


@dataclass(frozen=True, slots=True)
class StepItem:
    """One step. `after` names the steps before it by number, `waits` those of them that are not done.

    `moves` are the states to which it may be moved now, by this person, each with the word of its button.
    `lost`: its unit no longer answers for the task.
    """

    pk: int
    number: int
    title: str
    unit: UnitName
    days: str
    sign: StateSign
    after: str
    waits: str
    moves: tuple[tuple[str, str], ...]
    may_edit: bool
    lost: bool


@dataclass(frozen=True, slots=True)
class StepRights:
    """What the person may do with steps: `split` the task, and move those of the units `own`.

    `answering` are the units that answer for the task now; without a lead (`has_lead`) nothing can begin.
    """

    split: bool
    own: frozenset[int]
    answering: frozenset[int]
    has_lead: bool


def step_items(steps: Sequence[StepLine], rights: StepRights, today: date) -> list[StepItem]:
    """The steps in their order, with what each waits for and what the person may do."""
    by_key = {step.pk: (number, step) for number, step in enumerate(steps, 1)}
    begun_after: set[int] = set()
    for step in steps:
        if step.state != StepState.TODO:
            begun_after |= set(step.before)
    items = []
    for number, step in enumerate(steps, 1):
        before = sorted(by_key[key][0] for key in step.before if key in by_key)
        waits = [
            by_key[key][1] for key in step.before if key in by_key and by_key[key][1].state != StepState.DONE
        ]
        may_move = rights.split or (step.unit.pk in rights.own and step.unit.pk in rights.answering)
        moves = (
            _moves(step, free=not waits and rights.has_lead, followed=step.pk in begun_after)
            if may_move
            else ()
        )
        items.append(
            StepItem(
                step.pk,
                number,
                step.title,
                step.unit,
                _step_days(step),
                step_sign(step.state, step.due_date, today),
                _numbers(before),
                "; ".join(f"“{waiting.title}”" for waiting in waits) if step.state == StepState.TODO else "",
                moves,
                rights.split and step.state != StepState.DONE,
                step.unit.pk not in rights.answering,
            )
        )
    return items


def _moves(step: StepLine, *, free: bool, followed: bool) -> tuple[tuple[str, str], ...]:
    """Where the step may go from here; the first is the way forward."""
    if step.state == StepState.TODO:
        return ((str(StepState.DOING), _("Start")),) if free else ()
    if step.state == StepState.DOING:
        return ((str(StepState.DONE), _("Finish")), (str(StepState.TODO), pgettext("step", "Back")))
    return () if followed else ((str(StepState.DOING), _("Reopen")),)


def _step_days(step: StepLine) -> str:
    start, due = written_day(step.start_date), written_day(step.due_date)
    if step.state == StepState.DONE and step.done_at is not None:
        return _("done on %(day)s") % {"day": written_day(timezone.localdate(step.done_at))}
    if start and due:
        return f"{start} – {due}"
    if due:
        return _("by %(day)s") % {"day": due}
    return _("from %(day)s") % {"day": start} if start else ""


def _numbers(numbers: Iterable[int]) -> str:
    found = [str(number) for number in numbers]
    if not found:
        return ""
    return ngettext("after step %(numbers)s", "after steps %(numbers)s", len(found)) % {
        "numbers": ", ".join(found)
    }
