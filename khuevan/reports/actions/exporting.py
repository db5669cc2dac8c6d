"""Data taken along: noted, because what units wrote leaves the installation."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.people.models import User
from khuevan.reports.gathering_permissions import check_can_watch_cycle
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.permissions import can_read_unit_report


@action
def export_cycle(*, by: User, cycle: Cycle, file: str) -> frozenset[int] | None:
    """The units whose data the person may take along (None: all); the trail says who took which file."""
    scope = check_can_watch_cycle(by, cycle, clock.today())
    note(cycle, {"file": [None, file]})
    return scope


@action
def export_unit_report(*, by: User, report: UnitReport, file: str) -> None:
    """Says in the trail that `by`, who reads the unit's form, took it along, and in which file."""
    if not can_read_unit_report(by, report, clock.today()):
        raise PermissionDenied(
            _("A unit's form is read by its own people; once it is sent, by those above, too.")
        )
    note(report, {"file": [None, file]})
