"""Who counts as a reader where downloads are counted. Nothing of whoever asks is kept."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

from khuevan.website.page_cache import ASKED_AS

# Programs that load for no reader. A count that they inflate is still a count; this is courtesy, not defence.
_MACHINE: Final = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|fetcher|monitor", re.IGNORECASE
)


def is_a_reader(request: HttpRequest) -> bool:
    """Whether somebody takes the file now: no look at its head, no later part, no machine, no guess of a browser."""
    if request.method != "GET" or request.META.get(ASKED_AS, "GET") != "GET":
        return False
    if not request.headers.get("Range", "bytes=0-").strip().startswith("bytes=0-"):
        return False
    if any("prefetch" in request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz")):
        return False
    return not _MACHINE.search(request.headers.get("User-Agent", ""))
