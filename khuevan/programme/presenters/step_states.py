"""Where a step stands, as one sign: steps have states of their own, and deadlines like instalments."""

from __future__ import annotations

from datetime import date

from django.utils.translation import ngettext

from khuevan.programme.choices import StepState
from khuevan.programme.presenters.states import SOON, StateSign


def step_sign(state: str, due: date | None, today: date) -> StateSign:
    """The sign of a step: what is late says so first, then what is due within the week."""
    label = str(StepState(state).label)
    if state != StepState.DONE and due is not None:
        if due < today:
            days = (today - due).days
            late = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
            return StateSign("LATE", late)
        if (due - today).days <= SOON:
            return StateSign("SOON", label)
    return StateSign(state, label)
