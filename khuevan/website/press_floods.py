"""How often one connection may send a form: counted for an hour, by all processes of the machine together.

Nothing of a connection is kept but a number at one of 65,536 places, which many addresses share
(`khuevan.website.api.limits`).
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from khuevan.website.api.limits import HOUR, connection_of, counters_in, place_of


def is_flood(request: HttpRequest) -> bool:
    """Whether the connection has sent too many forms within the hour, this one counted."""
    most = settings.PRESS_FORMS_AN_HOUR
    if most == 0:
        return False
    counters = counters_in(settings.PRESS_FORM_COUNTERS, seconds=HOUR)
    return counters.seconds_to_wait(place_of(connection_of(request)), most) > 0
