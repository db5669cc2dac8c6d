"""How often one connection may send a form: counted in this process's memory for an hour, and nowhere else.

Nothing of a connection is kept but a number under a key that nobody can turn back: it is made with a secret that
each process draws when it starts.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

# A newsroom sends several people's forms through one connection, and mends some; a program sends thousands.
MOST_AN_HOUR: Final = 30
_SECONDS: Final = 3600
_SECRET: Final = secrets.token_bytes(32)


def is_flood(request: HttpRequest) -> bool:
    """Whether the connection has sent too many forms within the hour, this one counted."""
    key = f"press-form-{hashlib.blake2s(_connection(request).encode(), key=_SECRET).hexdigest()}"
    cache.add(key, 0, _SECONDS)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:
        # The hour ended between the two lines.
        return False


def _connection(request: HttpRequest) -> str:
    """The address that asks; behind a proxy the one that the proxy itself saw, the last of the list."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return address
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
