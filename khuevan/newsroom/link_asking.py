"""Asking another site about one link, as a browser would get it: guarded at every step, politely, in bounded time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import iri_to_uri

from khuevan.core.outgoing import Answer, Obstacle, OutgoingRefused, OutgoingRules, address_parts, answer_of
from khuevan.newsroom.web_links import address_to_ask
from khuevan.plain.link_health import Finding, finding_of_status

MOST_HOPS: Final = 3
# The status is all that is wanted; what comes after so much of a page is not read.
MOST_BYTES: Final = 4096
# Below this nothing is begun: it would be late whatever the server does.
LEAST_SECONDS: Final = 0.5
ROUND: Final = "ROUND"
_FOR_GOOD: Final = frozenset({301, 308})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# What a server says of the page is the same for both ways of asking; all else may be meant for HEAD alone.
_NO_SECOND_QUESTION: Final = frozenset({401, 410, 429})
_OBSTACLES: Final = {
    Obstacle.NOT_FOUND: Finding.GONE,
    Obstacle.UNREACHABLE: Finding.TROUBLED,
    Obstacle.LATE: Finding.TROUBLED,
}


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What asking came to.

    `status` is of the last server that answered, unless `obstacle` says what came instead. `moved_to` is where the
    link leads for good, if it is well there. `reached` says that any server answered: the network is there.
    """

    finding: Finding
    status: int | None = None
    obstacle: str = ""
    moved_to: str = ""
    reached: bool = False


LATE: Final = LinkAnswer(Finding.TROUBLED, obstacle=Obstacle.LATE.name)


def answer_of_link(address: str, until: float) -> LinkAnswer | None:
    """The answer; None where `until` (of the monotonic clock) came before it.

    Redirects are followed by hand, at most three, and each address is judged anew: a public one that leads into the
    office's own network is not asked there. Redirects without end say nothing: walls of cookies look the same.
    """
    here, moved, for_good, reached = address, "", True, False
    for _hop in range(MOST_HOPS + 1):
        try:
            answer = _answered(here, until)
        except OutgoingRefused as refusal:
            finding = _OBSTACLES.get(refusal.obstacle, Finding.UNCHECKED)
            if finding is Finding.TROUBLED and until - time.monotonic() < LEAST_SECONDS:
                return None
            return LinkAnswer(finding, obstacle=refusal.obstacle.name, reached=reached)
        if answer is None:
            return None
        reached = True
        location = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not location:
            finding = finding_of_status(answer.status)
            gone_to = moved if finding is Finding.GOOD and moved != address else ""
            return LinkAnswer(finding, answer.status, moved_to=gone_to, reached=True)
        following = _following(here, location)
        if following is None:
            return LinkAnswer(Finding.UNCHECKED, obstacle=Obstacle.ADDRESS.name, reached=True)
        for_good = for_good and answer.status in _FOR_GOOD
        here, moved = following, following if for_good else moved
    return LinkAnswer(Finding.UNCHECKED, obstacle=ROUND, reached=True)


def _answered(address: str, until: float) -> Answer | None:
    """What the server says to HEAD or, where that says nothing good of the page, to GET."""
    parts = address_parts(address)
    answer: Answer | None = None
    for method in ("HEAD", "GET"):
        left = until - time.monotonic()
        if left < LEAST_SECONDS:
            return None
        rules = OutgoingRules(seconds=left, answer_bytes=MOST_BYTES, loopback=settings.LINKS_LOOPBACK)
        try:
            answer = answer_of(parts, method=method, headers=_headers(), rules=rules)
        except OutgoingRefused as refusal:
            # Some servers hang up on HEAD.
            if method == "HEAD" and refusal.obstacle is Obstacle.UNREACHABLE:
                continue
            raise
        if answer.status < 400 or answer.status in _NO_SECOND_QUESTION:
            break
    return answer


def _headers() -> dict[str, str]:
    """Who asks, and where to complain: a server's log shows an office and no browser."""
    site = iri_to_uri(settings.WAGTAILADMIN_BASE_URL)
    return {"User-Agent": f"KhueVan-links/1.0 (+{site}; checks links of this site)", "Accept": "*/*"}


def _following(here: str, location: str) -> str | None:
    """Where a redirect leads, in ASCII; None for what is no address."""
    try:
        # Headers are read as Latin-1; addresses in them are written in UTF-8.
        location = location.encode("latin-1").decode("utf-8")
        return address_to_ask(urljoin(here, location))
    except ValueError:
        return None
