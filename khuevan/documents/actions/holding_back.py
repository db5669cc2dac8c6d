"""What was to leave and is held back: mails in the outbox, edXML files that nobody took along yet.

Nothing here is an action: each is part of the deed by which a person recalls, revokes, or says what became of a mail.
"""

from __future__ import annotations

from collections.abc import Sequence

from khuevan.core import clock
from khuevan.documents.choices import Channel, DispatchState
from khuevan.documents.models import Dispatch, DispatchEvent, Document
from khuevan.outbox.actions import hold_back
from khuevan.outbox.choices import MailState
from khuevan.outbox.queries import courses_of
from khuevan.people.models import User

# Where a mail stands that its recipient never gets, unless a person sends it again.
_NEVER_LEFT = frozenset({MailState.WITHDRAWN, MailState.REFUSED})


def mails_held_back(rows: Sequence[Dispatch]) -> tuple[list[Dispatch], list[Dispatch]]:
    """The dispatches whose mail did not leave and no longer will, and those whose mail is leaving at this moment."""
    keyed = {row.mail_key: row for row in rows if row.channel == Channel.EMAIL and row.mail_key}
    leaving = hold_back(keys=list(keyed))
    courses = courses_of(list(keyed))
    held = [row for key, row in keyed.items() if key in courses and courses[key].state in _NEVER_LEFT]
    return held, [row for key, row in keyed.items() if key in leaving]


def take_back_queued(document: Document, by: User, words: str) -> list[Dispatch]:
    """The document's dispatches that were about to leave and are to be sent again; a mail in hand is not among them.

    A file that waits for the exchange under `.waiting/` is handed out only as long as a dispatch names it.
    """
    rows = list(
        Dispatch.objects.select_for_update(of=("self",))
        .filter(document=document, state=DispatchState.QUEUED, channel__in=[Channel.EMAIL, Channel.EDXML])
        .order_by("pk")
    )
    held, _leaving = mails_held_back(rows)
    taken = [row for row in rows if row.channel == Channel.EDXML or row in held]
    for row in taken:
        row.state, row.trouble = DispatchState.PREPARED, ""
        row.sent_at, row.sent_by, row.file, row.staged_name = None, None, None, ""
        row.save()
        DispatchEvent.objects.create(
            dispatch=row,
            state=DispatchState.PREPARED,
            at=clock.now(),
            told_by=by,
            channel=row.channel,
            words=words[:500],
        )
    return taken
