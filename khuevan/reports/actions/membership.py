"""Writes that say who reports in a cycle once it is open: a unit taken in, or released from its report."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import Unit, User
from khuevan.reports.actions.locks import lock_cycle
from khuevan.reports.choices import OWED_STATES, CycleState, UnitReportState
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.secrecy import refuse_marked


@action
def take_unit_in(*, by: User, cycle: Cycle, unit: Unit, reason: str) -> UnitReport:
    """The report that the unit now owes in the open cycle; one that was released owes its own again."""
    fresh, words = _open_cycle(by, cycle.pk), _said(reason)
    report: UnitReport | None = UnitReport.objects.filter(cycle=fresh, unit=unit).first()
    if report is not None and report.state != UnitReportState.RELEASED:
        raise ValidationError({"unit": _("%(unit)s reports in this cycle already.") % {"unit": unit.name}})
    if not Unit.objects.on(clock.today()).filter(pk=unit.pk).exists():
        raise ValidationError({"unit": _("%(unit)s does not exist today.") % {"unit": unit.name}})
    report = report or UnitReport(cycle=fresh, unit=unit)
    report.state, report.taken_in_reason = UnitReportState.WAITING, words
    report.released_at, report.released_by, report.released_reason = None, None, ""
    report.version += 1
    report.save()
    return report


@action
def release_unit(*, by: User, report: UnitReport, reason: str) -> UnitReport:
    """The report, which the unit owes no more; what it filled in stays, and counts in nothing."""
    _open_cycle(by, report.cycle_id)
    words = _said(reason)
    fresh: UnitReport = UnitReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if fresh.state not in OWED_STATES:
        raise ValidationError(_("Only a unit that still owes its report is released; what was sent counts."))
    fresh.state = UnitReportState.RELEASED
    fresh.released_at, fresh.released_by, fresh.released_reason = clock.now(), by, words
    fresh.version += 1
    fresh.save()
    return fresh


def _open_cycle(by: User, cycle_id: int) -> Cycle:
    fresh = lock_cycle(cycle_id)
    check_can_gather(by, fresh.rule, clock.today())
    if fresh.state != CycleState.OPEN:
        raise ValidationError(_("The cycle is closed: open it again first."))
    return fresh


def _said(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Say why.")})
    refuse_marked((words,), "reason")
    return words
