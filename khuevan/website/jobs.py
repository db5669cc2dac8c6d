"""What the public site does by itself: tell hubs which feeds changed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.background.schedule import periodic
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
