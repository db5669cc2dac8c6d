"""Hubs (WebSub) are told which feeds changed, so that subscribers hear of a piece within a minute.

Publication, correction and withdrawal mark the feeds that changed, in the same transaction; a job tells hubs. Many
changes of one feed before the hub was reached are one word to it. A word that is said twice does no harm: the hub
fetches the feed and sends on what is new.

How a publisher tells a hub is left open by WebSub (W3C Recommendation, 23 January 2018, 7); hubs take what
PubSubHubbub 0.4 says: a form with hub.mode=publish and hub.url, the feed's address. We run no hub of our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from khuevan.core.outgoing import OutgoingRefused, OutgoingRules, asked
from khuevan.newsroom.models import StoryPage
from khuevan.website.feed_addresses import feeds_of
from khuevan.website.models import HubNotice

SOON: Final = timedelta(seconds=15)
LONGEST_PAUSE: Final = timedelta(hours=6)
# Some four days; by then every subscriber has looked at the feed without being told.
MOST_TRIES: Final = 22
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class ToldHubs:
    """How many feeds hubs were told of, how many words are tried again later, how many were given up."""

    told: int = 0
    postponed: int = 0
    given_up: int = 0


def mark_changed(feeds: Iterable[str], now: datetime) -> None:
    """Makes each hub wait for a word about each of the feeds; nothing where no hub is set."""
    addresses = list(feeds)
    for hub in settings.WEBSUB_HUBS:
        notices = [HubNotice(hub=hub, feed=feed) for feed in addresses]
        HubNotice.objects.bulk_create(notices, ignore_conflicts=True)
        HubNotice.objects.filter(hub=hub, feed__in=addresses).update(
            changes=F("changes") + 1, tries=0, next_try_at=now
        )


def tell_hubs(now: datetime) -> ToldHubs:
    """Tells each hub of the feeds that wait for it. A hub that does not answer is left in peace for a while."""
    HubNotice.objects.exclude(hub__in=settings.WEBSUB_HUBS).delete()
    told = postponed = given_up = 0
    for hub in settings.WEBSUB_HUBS:
        waiting = list(
            HubNotice.objects.filter(hub=hub, told__lt=F("changes"), next_try_at__lte=now).order_by("pk")
        )
        for place, notice in enumerate(waiting):
            failure = _said(notice)
            if not failure:
                # What changed while we spoke is counted already, and waits on.
                HubNotice.objects.filter(pk=notice.pk).update(
                    told=notice.changes, told_at=now, tries=0, failure=""
                )
                told += 1
                continue
            rest = waiting[place:]
            for other in rest:
                given_up += _postpone(other, failure, now)
            postponed += len(rest)
            break
    return ToldHubs(told, postponed - given_up, given_up)


def _said(notice: HubNotice) -> str:
    """Tells the hub; empty where it took the word, else what came instead."""
    rules = OutgoingRules(seconds=10, answer_bytes=100_000, loopback=settings.WEBSUB_LOOPBACK)
    form = urlencode({"hub.mode": "publish", "hub.url": notice.feed})
    try:
        answer = asked(notice.hub, method="POST", content=form.encode(), headers=_FORM, rules=rules)
    except OutgoingRefused as refusal:
        return str(refusal)
    return "" if 200 <= answer.status < 300 else f"HTTP {answer.status}"


def _postpone(notice: HubNotice, failure: str, now: datetime) -> int:
    """Puts the word off for twice as long as last time; 1 where it is given up."""
    tries = notice.tries + 1
    if tries >= MOST_TRIES:
        HubNotice.objects.filter(pk=notice.pk).update(
            told=notice.changes, tries=tries, next_try_at=None, failure=failure[:300]
        )
        return 1
    pause = min(SOON * 2 ** min(tries - 1, 12), LONGEST_PAUSE)
    # A change that came meanwhile has set a time of its own, and keeps it.
    HubNotice.objects.filter(pk=notice.pk, changes=notice.changes).update(
        tries=tries, next_try_at=now + pause, failure=failure[:300]
    )
    return 0


def piece_changed(instance: Any, **kwargs: Any) -> None:
    """A page was published or taken out: the feeds that it stands in changed. One that is scheduled tells nothing."""
    if isinstance(instance, StoryPage) and (instance.live or instance.first_published_at is not None):
        mark_changed(feeds_of(instance), timezone.now())


def change_was_told(instance: Any, **kwargs: Any) -> None:
    """A correction or withdrawal was written: the feeds of its piece changed."""
    piece = StoryPage.objects.filter(pk=instance.page_id).first()
    if piece is not None:
        piece_changed(piece)


def connect_signals() -> None:
    """Called when the apps are ready."""
    # Models can be imported only once all apps are loaded.
    from django.db.models.signals import post_save
    from wagtail.signals import page_published, page_unpublished

    from khuevan.newsroom.models import PublicChange, StoryPage
    from khuevan.newsroom.rendering import sizes_made

    for signal in (page_published, page_unpublished):
        signal.connect(piece_changed, dispatch_uid="website-websub")
    # The feed that a hub fetched at once may have gone without the picture.
    sizes_made.connect(piece_changed, sender=StoryPage, dispatch_uid="website-websub")
    post_save.connect(change_was_told, sender=PublicChange, dispatch_uid="website-websub")
