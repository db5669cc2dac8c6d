"""The list of cycles as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from khuevan.reports.choices import CycleState
from khuevan.reports.models import ComposedReport, Cycle
from khuevan.reports.presenters.report_state import Tag, report_tags


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One line. `left` says how much time there is; `report` is the newest composed report, with its tags."""

    cycle: Cycle
    units: int
    sent: int
    left: str
    is_late: bool
    report: ComposedReport | None
    tags: tuple[Tag, ...]

    @property
    def is_open(self) -> bool:
        """Whether units may still send."""
        return self.cycle.state == CycleState.OPEN


def cycle_rows(cycles: Iterable[Any], day: date) -> list[CycleRow]:
    """The lines of `visible_cycles`."""
    rows = []
    for cycle in cycles:
        report = cycle.reports[0] if cycle.reports else None
        is_open = cycle.state == CycleState.OPEN
        missing = cycle.sent < cycle.units
        rows.append(
            CycleRow(
                cycle,
                cycle.units,
                cycle.sent,
                time_left(cycle.due_date, day) if is_open and missing else "",
                is_open and missing and day > cycle.due_date,
                report,
                report_tags(report) if report is not None else (),
            )
        )
    return rows


def time_left(due: date, day: date) -> str:
    """How long until units should have sent, in words."""
    left = (due - day).days
    if left < 0:
        return npgettext("report", "%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    if left == 0:
        return _("today is the last day")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
