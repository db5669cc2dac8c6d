"""Red, amber, green, done: when work shows which light. The only place where this is decided.

A light is of a whole task (all instalments of all its units) or of one unit's part in it (that unit's own).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from khuevan.plain.calendar.working_days import WorkingCalendar

# What falls due within so many working days is at risk.
SOON_WORKING_DAYS = 5


class Light(StrEnum):
    """The four lights, the one to look at first first."""

    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"
    DONE = "DONE"


class Reason(StrEnum):
    """Why work is red or amber, the worst first."""

    LATE = "LATE"
    RETURNED = "RETURNED"
    DIFFICULTY = "DIFFICULTY"
    SOON = "SOON"
    NO_LEAD = "NO_LEAD"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many instalments of a task, or of a part in it, stand how. Those not required count in `total` only.

    `open`: not accepted yet. Of them it is the unit's turn in `late` (after their day), `soon` (due from today to
    `soon_until`) and `returned`; these overlap. `difficulties` nobody has answered yet. `has_lead`: whether a unit
    leads the task.
    """

    total: int = 0
    open: int = 0
    late: int = 0
    soon: int = 0
    returned: int = 0
    difficulties: int = 0
    has_lead: bool = True


def soon_until(today: date, calendar: WorkingCalendar) -> date:
    """The last day that counts as soon: five working days after today."""
    return calendar.add_working_days(today, SOON_WORKING_DAYS)


def reasons_of(standing: Standing) -> tuple[Reason, ...]:
    """Why the work is red or amber, the worst first; none for work that is done or on its way."""
    if standing.has_lead and standing.total and not standing.open:
        return ()
    found = (
        (Reason.LATE, standing.late),
        (Reason.RETURNED, standing.returned),
        (Reason.DIFFICULTY, standing.difficulties),
        (Reason.SOON, standing.soon),
        (Reason.NO_LEAD, not standing.has_lead),
    )
    return tuple(reason for reason, holds in found if holds)


def light_of(standing: Standing) -> Light:
    """The light of the work.

    1. DONE: every instalment was accepted or is not required.
    2. RED: a unit owes an instalment after its day.
    3. AMBER: one falls due within five working days, was returned, or has a difficulty that nobody answered; and
       a task that no unit leads, because it cannot start.
    4. GREEN: all other work, whatever waits to be accepted among it.
    """
    if standing.has_lead and standing.total and not standing.open:
        return Light.DONE
    reasons = reasons_of(standing)
    if Reason.LATE in reasons:
        return Light.RED
    return Light.AMBER if reasons else Light.GREEN
