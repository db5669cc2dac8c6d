"""Writes to the ladder of reminders."""

from __future__ import annotations

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.programme.models import ReminderRung
from khuevan.programme.permissions import check_can_manage_ladder


@action
def keep_rung(*, by: User, rung: ReminderRung) -> ReminderRung:
    """The rung, new or changed, as a form gives it."""
    check_can_manage_ladder(by, clock.today())
    rung.full_clean()
    rung.save()
    return rung


@action
def remove_rung(*, by: User, rung: ReminderRung) -> None:
    """Takes the rung away; what was reminded by it stays told."""
    check_can_manage_ladder(by, clock.today())
    rung.delete()
