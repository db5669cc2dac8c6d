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
# Whose dispatch stands here has the document, or may have it.
HAVE_IT: frozenset[str] = frozenset(
    {
        DispatchState.UNCERTAIN,
        DispatchState.SENT,
        DispatchState.ARRIVED,
        DispatchState.RECEIVED,
        DispatchState.PROCESSED,
    }
)


def mails_held_back(rows: Sequence[Dispatch]) -> tuple[list[Dispatch], list[Dispatch]]:
    """The dispatches whose mail did not leave and no longer will, and those whose mail is leaving at this moment."""
    keyed = {row.mail_key: row for row in rows if row.channel == Channel.EMAIL and row.mail_key}
    leaving = hold_back(keys=list(keyed))
    courses = courses_of(list(keyed))
    held = [row for key, row in keyed.items() if key in courses and courses[key].state in _NEVER_LEFT]
    return held, [row for key, row in keyed.items() if key in leaving]


def take_back_queued(document: Document, by: User, words: str) -> list[Dispatch]:
    """The document's dispatches that were about to leave and stay here; a mail in hand is not among them.

    Who had nothing yet is to be sent it again; who had it (an update was about to leave) still has it. A file that
    waits for the exchange under `.waiting/` is handed out only as long as a dispatch names it.
    """
    rows = list(
        Dispatch.objects.select_for_update(of=("self",))
        .filter(document=document, state=DispatchState.QUEUED, channel__in=[Channel.EMAIL, Channel.EDXML])
        .order_by("pk")
    )
    held, _leaving = mails_held_back(rows)
    taken = [row for row in rows if row.channel == Channel.EDXML or row in held]
    for row in taken:
        row.state, row.trouble, row.file, row.staged_name = _stood_at(row), "", None, ""
        if row.state == DispatchState.PREPARED:
            row.sent_at, row.sent_by = None, None
        else:
            # Of the mail that was held back nothing follows for the one that left.
            row.mail_key = ""
        row.save()
        DispatchEvent.objects.create(
            dispatch=row,
            state=row.state,
            at=clock.now(),
            told_by=by,
            channel=row.channel,
            words=words[:500],
        )
    return taken


def _stood_at(row: Dispatch) -> DispatchState:
    """Where the dispatch stood before it was to leave this time."""
    before = row.events.exclude(state=DispatchState.QUEUED).order_by("-pk").values_list("state", flat=True)
    state = before.first()
    return DispatchState(state) if state in HAVE_IT else DispatchState.PREPARED
