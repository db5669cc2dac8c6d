"""What goes live and what leaves by itself, to the minute.

Wagtail's own command does the same once an hour by cron; here a job asks every few seconds, and one piece that cannot
go out keeps no other back.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Revision

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Released:
    """How many pages went live, how many left, and which could not go live (page and reason)."""

    published: int = 0
    expired: int = 0
    refused: tuple[tuple[int, str], ...] = ()


def release_due(moment: datetime) -> Released:
    """Publishes every revision whose moment has come and takes out every page whose time is over; not an action:
    the person who approved it is named by the revision."""
    published, refused = 0, []
    due = Revision.page_revisions.filter(approved_go_live_at__lte=moment).order_by(
        "approved_go_live_at", "pk"
    )
    for key in list(due.values_list("pk", flat=True)):
        try:
            published += _published(key, moment)
        except ValidationError as problem:
            refused.append((key, " ".join(problem.messages)))
            log.warning("Revision %s cannot go live: %s", key, " ".join(problem.messages))
    expired = 0
    for page in Page.objects.filter(live=True, expire_at__lte=moment).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        expired += 1
    return Released(published, expired, tuple(refused))


@transaction.atomic
def _published(key: int, moment: datetime) -> int:
    """One revision published; 0 where another process was quicker."""
    revision = (
        Revision.objects.select_for_update(of=("self",))
        .filter(pk=key, approved_go_live_at__lte=moment)
        .first()
    )
    if revision is None:
        return 0
    revision.publish(log_action="wagtail.publish.scheduled")
    return 1
