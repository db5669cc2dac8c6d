"""What reporting does by itself each morning: cycles open and close, units are called to send."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from khuevan.background.failures import JobFailed
from khuevan.background.schedule import periodic
from khuevan.people.queries import system_person
from khuevan.reports.actions.mornings import keep_cycles, make_calls


@periodic(
    name="keep_report_cycles", title=gettext_lazy("Open and close reporting cycles"), at=time(6, 0)
)  # fmt: skip
def keep_report_cycles() -> str:
    """How many cycles opened and closed; fails where a rule could not be opened, once the others were."""
    with override(settings.STAFF_LANGUAGE):
        morning = keep_cycles(by=system_person())
        if morning.refused:
            raise JobFailed(" ".join(morning.refused))
        said = []
        if morning.opened or morning.closed:
            counts = {"opened": morning.opened, "closed": morning.closed}
            said.append(_("%(opened)s opened, %(closed)s closed") % counts)
        if morning.taken_in or morning.released:
            counts = {"taken_in": morning.taken_in, "released": morning.released}
            said.append(_("%(taken_in)s units taken in, %(released)s released") % counts)
        return "; ".join(said)


@periodic(
    name="call_report_units", title=gettext_lazy("Remind units to send their reports"), at=time(7, 40)
)  # fmt: skip
def call_report_units() -> str:
    """How many units and people the rules' calls reached today; on days off nobody is called."""
    with override(settings.STAFF_LANGUAGE):
        calls = make_calls(by=system_person())
        if not calls:
            return ""
        said = _("%(units)s units and %(people)s people in %(cycles)s cycles were written to") % {
            "units": sum(called.units for called in calls),
            "people": sum(called.people for called in calls),
            "cycles": len(calls),
        }
        silent = sum(len(called.without_address) + len(called.without_people) for called in calls)
        if silent:
            said += "; " + _("%(units)s units could not be reached") % {"units": silent}
        return said
