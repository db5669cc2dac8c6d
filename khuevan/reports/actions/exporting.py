"""The data of a cycle taken along: noted, because what every unit wrote leaves the installation."""

from __future__ import annotations

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.people.models import User
from khuevan.reports.gathering_permissions import check_can_watch_cycle
from khuevan.reports.models import Cycle


@action
def export_cycle(*, by: User, cycle: Cycle, file: str) -> frozenset[int] | None:
    """The units whose data the person may take along (None: all); the trail says who took which file."""
    scope = check_can_watch_cycle(by, cycle, clock.today())
    note(cycle, {"file": [None, file]})
    return scope
