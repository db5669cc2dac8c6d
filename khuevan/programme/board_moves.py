"""Which moves of a card mean something, who may make them, and why another one is refused."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.people.models import User
from khuevan.programme.board_queries import STEP_COLUMNS, BoardLine
from khuevan.programme.choices import OWED_STATES, InstalmentState, StepState
from khuevan.programme.models import Assignment
from khuevan.programme.permissions import (
    answering_unit_ids,
    can_split,
    check_can_judge,
    check_can_reply,
    check_can_split,
)

# From a state to those to which a card can be moved: what the unit does, and what those do who accept.
BY_THE_UNIT = {
    InstalmentState.WAITING: (InstalmentState.IN_PROGRESS, InstalmentState.REPORTED),
    InstalmentState.IN_PROGRESS: (InstalmentState.REPORTED,),
    InstalmentState.RETURNED: (InstalmentState.IN_PROGRESS, InstalmentState.REPORTED),
}
BY_WHO_ACCEPTS = {InstalmentState.REPORTED: (InstalmentState.RETURNED, InstalmentState.DONE)}


def moves_of(user: User, line: BoardLine, day: date) -> tuple[str, ...]:
    """The columns to which `user` may move the card on `day`, in the board's order."""
    if line.step:
        return _step_moves(user, line, day)
    state = InstalmentState(line.state)
    wanted = (*BY_THE_UNIT.get(state, ()), *BY_WHO_ACCEPTS.get(state, ()))
    return tuple(str(to) for to in wanted if _may(user, line, to, day))


def check_can_move(user: User, line: BoardLine, to: str, day: date) -> None:
    """Raises PermissionDenied or ValidationError, saying why, unless `user` may move the card to that column."""
    if line.step:
        _check_can_move_step(user, line, to, day)
        return
    part = Assignment(task_id=line.task, unit_id=line.unit.pk, role=line.role)
    state = InstalmentState(line.state)
    if to in BY_WHO_ACCEPTS.get(state, ()):
        check_can_judge(user, part, line.lead, day)
        return
    if to in BY_THE_UNIT.get(state, ()):
        check_can_reply(user, part, day)
        if line.lead is None:
            raise ValidationError(
                _("No unit leads this task yet, so it cannot start: ask a planning officer to name the lead.")
            )
        return
    if to == state:
        raise ValidationError(_("The card stands there already."))
    if to in {InstalmentState.DONE, InstalmentState.RETURNED} and state in OWED_STATES:
        raise ValidationError(_("Only what was reported done can be accepted or returned."))
    raise ValidationError(_("A card cannot be moved from “%(from)s” to “%(to)s”.") % {
        "from": state.label, "to": InstalmentState(to).label,
    })  # fmt: skip


def _may(user: User, line: BoardLine, to: str, day: date) -> bool:
    try:
        check_can_move(user, line, to, day)
    except (PermissionDenied, ValidationError):
        return False
    return True


def _step_moves(user: User, line: BoardLine, day: date) -> tuple[str, ...]:
    if not _moves_steps(user, line, day):
        return ()
    # One that waits for another cannot begin, and one on which another builds does not come undone.
    if line.followed and line.state == StepState.DONE:
        return ()
    reachable = (StepState.TODO,) if line.waits or line.lead is None else STEP_COLUMNS
    return tuple(str(to) for to in reachable if to != line.state)


def _check_can_move_step(user: User, line: BoardLine, to: str, day: date) -> None:
    if to == line.state:
        raise ValidationError(_("The card stands there already."))
    if not _moves_steps(user, line, day):
        check_can_split(user, line.lead, day)


def _moves_steps(user: User, line: BoardLine, day: date) -> bool:
    return line.unit.pk in answering_unit_ids(user, day) or can_split(user, line.lead, day)
