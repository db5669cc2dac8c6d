"""Where work stands, as one sign: a code for the stylesheet and the word beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.programme.choices import OWED_STATES, InstalmentState
from khuevan.programme.presenters.wording import day as written_day

# How many days before its deadline work is shown as due soon.
SOON = 7


@dataclass(frozen=True, slots=True)
class StateSign:
    """A state as lists show it. `code` is LATE, SOON or a code of InstalmentState; `label` the word for it."""

    code: str
    label: str


def state_sign(state: str, due: date | None, today: date) -> StateSign:
    """The sign of an instalment: what is late says so first, then what is due within the week."""
    label = str(InstalmentState(state).label)
    if state in OWED_STATES and due is not None:
        if due < today:
            days = (today - due).days
            return StateSign(
                "LATE", ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
            )
        if (due - today).days <= SOON:
            return StateSign("SOON", label)
    return StateSign(state, label)


def due_in_words(due: date | None, today: date) -> str:
    """The deadline as an officer says it: "today", "tomorrow", "in 5 days (20/06/2025)", else the day alone."""
    if due is None:
        return _("no deadline")
    distance = (due - today).days
    if distance == 0:
        return _("today")
    if distance == 1:
        return _("tomorrow")
    if 1 < distance <= SOON:
        return _("in %(days)s days (%(day)s)") % {"days": distance, "day": written_day(due)}
    return written_day(due)
