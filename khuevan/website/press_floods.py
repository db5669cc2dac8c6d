"""How often one connection may send a form: counted in this process's memory for an hour, and nowhere else.

Nothing of a connection is kept but a number at one of 65,536 places, which many addresses share.
"""

from __future__ import annotations

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from khuevan.website.api.limits import connection_of, place_of

# A newsroom sends several people's forms through one connection, and mends some; a program sends thousands.
MOST_AN_HOUR: Final = 30
_SECONDS: Final = 3600


def is_flood(request: HttpRequest) -> bool:
    """Whether the connection has sent too many forms within the hour, this one counted."""
    key = f"press-form-{place_of(connection_of(request))}"
    cache.add(key, 0, _SECONDS)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:
        # The hour ended between the two lines.
        return False
