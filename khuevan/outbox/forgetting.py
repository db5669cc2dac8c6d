"""Mails to people outside of whom nothing may be kept for ever: the row stays, who got it and what it said go.

What was sent stays on the record; but whoever was told that data are deleted on a day is not kept in the outbox
instead. For the app that queued the mails, inside its own action.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db import models

from khuevan.outbox.choices import MailState
from khuevan.outbox.models import OutgoingMail

# Reserved for what must never be an address (RFC 2606).
NOBODY: Final = "forgotten@example.invalid"
_LEFT: Final = "—"


def forget_mails(*, key_prefixes: Collection[str]) -> int:
    """How many mails were forgotten: those whose key begins so, without recipient, subject and text from now on.

    A mail that still waits is withdrawn, because there is nobody left whom it could reach. One that is leaving at
    this moment is left for the next call, and so is one that carries files (nobody's mail here does).
    """
    found = OutgoingMail.objects.filter(_beginning_with(key_prefixes)).exclude(to_address=NOBODY)
    found.filter(state=MailState.WAITING).update(state=MailState.WITHDRAWN, next_attempt_at=None)
    # Past the model's own bar, which keeps everybody else from changing what was said.
    kept: models.QuerySet[OutgoingMail] = models.QuerySet(OutgoingMail)
    return kept.filter(
        pk__in=found.exclude(state=MailState.SENDING).filter(attachments__isnull=True).values("pk")
    ).update(to_name="", to_address=NOBODY, folded="", subject=_LEFT, text=_LEFT, html="", last_error="")


def are_leaving(*, key_prefixes: Collection[str]) -> bool:
    """Whether a mail whose key begins so is being sent at this moment, so that it could not be forgotten yet.

    Whoever asks after `forget_mails`, in the same transaction, knows that nothing of them is left where it says no.
    """
    sending = OutgoingMail.objects.filter(_beginning_with(key_prefixes), state=MailState.SENDING)
    return sending.exclude(to_address=NOBODY).exists()


def _beginning_with(key_prefixes: Collection[str]) -> models.Q:
    wanted = models.Q(pk__in=[])
    for prefix in key_prefixes:
        wanted |= models.Q(key__startswith=prefix)
    return wanted
