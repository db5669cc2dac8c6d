"""What the public site does by itself: tell hubs which feeds changed, begin the day with fresh pages."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.background.schedule import periodic
from khuevan.website.keeping import touch_stamp
from khuevan.website.websub import tell_hubs


@periodic(name="tell_hubs", title=gettext_lazy("Tell hubs which feeds changed"), every=timedelta(seconds=15))
def tell_waiting_hubs() -> str:
    """Tells the hubs what waits for them; empty where nothing did."""
    done = tell_hubs(timezone.now())
    if not (done.told or done.postponed or done.given_up):
        return ""
    return _("%(told)s feeds told, %(postponed)s tried again later, %(given_up)s given up") % {
        "told": done.told,
        "postponed": done.postponed,
        "given_up": done.given_up,
    }


@periodic(name="new_day", title=gettext_lazy("Begin the day with fresh pages"), at=time(0, 0))
def begin_day() -> str:
    """Outdates what is kept: a picture whose last day is over is on no page from now on."""
    touch_stamp()
    return ""
