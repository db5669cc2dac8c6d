"""A unit's report as the list of one's own reports shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from khuevan.reports.choices import UnitReportState
from khuevan.reports.models import UnitReport
from khuevan.reports.presenters.cycle_rows import time_left
from khuevan.reports.queries.own_reports import EARLIER, OPEN, OWED


@dataclass(frozen=True, slots=True)
class OwnReportRow:
    """One line. `tone` colours the state: good, busy, alarm, or empty; `left` says how much time there is.

    `touched_by` and `touched_at` are who sent it and when, before that who saved it last; empty while nobody began.
    """

    report: UnitReport
    state: str
    tone: str
    left: str
    is_late: bool
    touched_by: str
    touched_at: datetime | None


def row_of(report: Any, day: date) -> OwnReportRow:
    """The line of a report of `own_reports`."""
    sent = report.state == UnitReportState.SENT
    late = report.rank == OWED and report.cycle.due_date < day
    who, when = (report.sent_by, report.sent_at) if sent else (report.saved_by, report.saved_at)
    return OwnReportRow(
        report=report,
        state=_state(report),
        tone=_tone(report, late),
        left=time_left(report.cycle.due_date, day) if report.rank == OWED else "",
        is_late=late,
        touched_by=who.get_full_name() if who is not None else "",
        touched_at=when,
    )


def title_of_rank(rank: int) -> str:
    """What stands above the lines of a rank."""
    return {
        OWED: _("To be filled and sent"),
        OPEN: _("Sent, the cycle is still open"),
        EARLIER: _("Earlier cycles"),
    }[rank]


def _state(report: Any) -> str:
    if report.state == UnitReportState.WAITING:
        if report.rank == EARLIER:
            return _("Never sent")
        return _("Being filled") if report.saved_at else _("Not begun")
    return str(UnitReportState(report.state).label)


def _tone(report: Any, late: bool) -> str:
    if report.state == UnitReportState.SENT:
        return "good"
    if report.state == UnitReportState.RETURNED or late:
        return "alarm"
    return "busy" if report.saved_at else ""
