"""What the programme does by itself: the daily mail."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.background.schedule import periodic
from khuevan.people.queries import system_person
from khuevan.programme.actions import keep_all_instalments
from khuevan.programme.actions.reminding import remind_everyone


@periodic(name="remind", title=gettext_lazy("Write the daily reminders"), at=time(7, 30))
def remind() -> str:
    """Gives every assignment its instalments, then writes the day's mails."""
    keep_all_instalments(by=system_person())
    report = remind_everyone()
    if report.is_day_off:
        return _("A day off: nobody is reminded.")
    said = _("%(mails)s mails with %(reminders)s reminders") % {
        "mails": report.mails,
        "reminders": report.reminders,
    }
    if report.without_address:
        said += "; " + _("%(people)s people have no mail address") % {"people": report.without_address}
    return said
