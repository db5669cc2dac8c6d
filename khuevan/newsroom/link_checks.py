"""Asking the links that are due: few at a time, each host once in a run, what was asked noted before the next.

A failure without any answer may be our own network's. It is noted only where another server answered in the same
run, or where one that is well is asked for once and answers; otherwise nothing is noted.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from khuevan.newsroom.link_asking import LATE, LinkAnswer, answer_of_link
from khuevan.newsroom.models import LinkCheck
from khuevan.plain.link_health import Finding, health_after

# Where nobody answers, what was asked waits for so long; the rest less, so that a slow site does not hold it up.
SILENCE: Final = timedelta(hours=1)
WITHOUT_NETWORK: Final = timedelta(minutes=10)
MOST_WITNESSES: Final = 2


@dataclass(frozen=True, slots=True)
class CheckedLinks:
    """How many links were asked and noted, and whether nothing outside could be reached."""

    asked: int = 0
    is_offline: bool = False


def check_links(now: datetime) -> CheckedLinks:
    """Asks what is due and notes what came of it."""
    if not settings.CHECK_LINKS:
        return CheckedLinks()
    # New ones first, then what was asked longest ago.
    waiting = LinkCheck.objects.filter(next_at__lte=now).order_by(
        F("asked_at").asc(nulls_first=True), "next_at", "pk"
    )
    due = _first_of_each_host(waiting, settings.LINKS_A_RUN)
    until = time.monotonic() + settings.LINK_RUN_SECONDS
    asked, answered, silent = 0, False, []
    for place, link in enumerate(due):
        answer = answer_of_link(link.address, until)
        if answer is None:
            if place:
                # The run's time is over, not the server's: the link stays due until it comes first and has all of it.
                break
            answer = LATE
        answered = answered or answer.reached
        if answer.finding.is_failure and not answer.reached:
            silent.append((link, answer))
        else:
            note_answer(link, answer, now)
            asked += 1
    if silent and not answered:
        answered = _witness_answers({_host(link.address) for link, _answer in silent}, now)
    if silent and not answered:
        LinkCheck.objects.filter(next_at__lte=now).update(next_at=now + WITHOUT_NETWORK)
        LinkCheck.objects.filter(pk__in=[link.pk for link, _answer in silent]).update(next_at=now + SILENCE)
        return CheckedLinks(asked, is_offline=True)
    for link, answer in silent:
        note_answer(link, answer, now)
    return CheckedLinks(asked + len(silent))


def note_answer(link: LinkCheck, answer: LinkAnswer, now: datetime) -> None:
    """Writes down what asking came to, and when the link is asked next; nothing where it was forgotten meanwhile."""
    health = health_after(link.health, answer.finding, now, timezone.localdate(now))
    pause = settings.LINK_FAILING_FOR if answer.finding.is_failure else settings.LINK_GOOD_FOR
    LinkCheck.objects.filter(pk=link.pk).update(
        asked_at=now,
        next_at=now + pause,
        finding=answer.finding.value,
        status=answer.status,
        obstacle=answer.obstacle,
        moved_to=answer.moved_to,
        **asdict(health),
    )


def _witness_answers(hosts: Collection[str], now: datetime) -> bool:
    """Whether a server that answered lately, of another host, answers now; its link is then asked for the week."""
    well = LinkCheck.objects.filter(finding=Finding.GOOD.value, next_at__gt=now).order_by("-asked_at", "pk")
    until = time.monotonic() + settings.LINK_RUN_SECONDS / 2
    for link in _first_of_each_host(well, MOST_WITNESSES, without=hosts):
        answer = answer_of_link(link.address, until)
        if answer is not None and answer.reached:
            note_answer(link, answer, now)
            return True
    return False


def _first_of_each_host(links: Any, most: int, *, without: Collection[str] = frozenset()) -> list[LinkCheck]:
    """Of each host the first of the links, at most so many."""
    found: dict[str, LinkCheck] = {}
    for link in links.iterator(chunk_size=200):
        host = _host(link.address)
        if host not in without and host not in found:
            found[host] = link
            if len(found) == most:
                break
    return list(found.values())


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
