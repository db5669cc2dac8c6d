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

from khuevan.newsroom.review_mails import tell_held

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Released:
    """How many pages went live, how many left, and which could not go live (page and reason)."""

    published: int = 0
    expired: int = 0
    refused: tuple[tuple[int, str], ...] = ()


def release_due(moment: datetime) -> Released:
    """Publishes every revision whose moment has come and takes out every page whose time is over; not an action:
    the person who approved it is named by the revision.

    What cannot go out or be taken out stays as it is, is tried again at the next call, and holds up nothing else;
    whoever wrote and approved it is told once.
    """
    published, expired = 0, 0
    refused: list[tuple[int, str]] = []
    due = Revision.page_revisions.filter(approved_go_live_at__lte=moment).order_by(
        "approved_go_live_at", "pk"
    )
    for key in list(due.values_list("pk", flat=True)):
        try:
            published += _published(key, moment)
        except ValidationError as problem:
            refused.append((key, " ".join(problem.messages)))
            _tell(key, list(problem.messages))
        except Exception as problem:
            # Whatever is wrong with one piece, the others have their moment, too.
            refused.append((key, str(problem)))
            log.exception("Revision %s cannot go live", key)
            _tell(key, [])
    for page in Page.objects.filter(live=True, expire_at__lte=moment).specific():
        try:
            with transaction.atomic():
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        except Exception as problem:
            refused.append((page.pk, str(problem)))
            log.exception("Page %s cannot be taken out", page.pk)
        else:
            expired += 1
    return Released(published, expired, tuple(refused))


def _tell(key: int, sentences: list[str]) -> None:
    """Tells by mail, once a revision; that it cannot be told keeps nothing back either."""
    try:
        with transaction.atomic():
            is_new = tell_held(Revision.objects.get(pk=key), sentences)
    except Exception:
        log.exception("Nobody can be told that revision %s does not go out", key)
        return
    if is_new and sentences:
        log.warning("Revision %s cannot go live: %s", key, " ".join(sentences))


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
