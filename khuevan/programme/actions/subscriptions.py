"""Writes to the private addresses of deadlines."""

from __future__ import annotations

import hashlib
import secrets

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.programme.models import DeadlineFeed


def feed_digest(secret: str) -> str:
    """What is kept of an address's secret part."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def open_deadline_feed(*, by: User) -> str:
    """The secret part of a new private address of one's own deadlines, told this once; an older one ends."""
    revoke_deadline_feed(by=by)
    secret = secrets.token_urlsafe(32)
    DeadlineFeed(person=by, digest=feed_digest(secret)).save()
    return secret


@action
def revoke_deadline_feed(*, by: User) -> int:
    """How many of one's own addresses ended: 1, or 0 where there was none."""
    rows = list(DeadlineFeed.objects.select_for_update().filter(person=by, revoked_at__isnull=True))
    for row in rows:
        row.revoked_at = clock.now()
        row.save()
    return len(rows)
