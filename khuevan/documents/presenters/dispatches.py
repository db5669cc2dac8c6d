"""Dispatches in words: how each stands, since when, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from khuevan.documents.actions.dispatching import why_not_by
from khuevan.documents.actions.statuses import recordable_states
from khuevan.documents.choices import SENDABLE, Channel, DispatchState, DocumentState
from khuevan.documents.edxml_sentences import status_name
from khuevan.documents.models import Dispatch, DispatchEvent, DocumentFile
from khuevan.documents.queries.dispatching import STANDINGS

# How the tag of a state looks: see documents.css.
_LOOKS: dict[str, str] = {
    DispatchState.QUEUED: "busy",
    DispatchState.SENT: "busy",
    DispatchState.ARRIVED: "busy",
    DispatchState.RECEIVED: "good",
    DispatchState.PROCESSED: "good",
    DispatchState.UNCERTAIN: "alarm",
    DispatchState.REFUSED: "alarm",
    DispatchState.FAILED: "alarm",
    DispatchState.RECALLED: "ended",
}


@dataclass(frozen=True, slots=True)
class EventShown:
    """One thing that happened: when, what, who said so, in which words."""

    at: datetime
    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class DispatchShown:
    """A dispatch as the pages show it. `since` is when it came to its state, empty where nothing happened yet."""

    row: Dispatch
    state: str
    look: str
    since: datetime | None
    next_step: str
    blocked: str
    events: tuple[EventShown, ...]
    recordable: bool
    changeable: bool
    file: DocumentFile | None


def shown(row: Dispatch, files: Sequence[DocumentFile] | None = None) -> DispatchShown:
    """The dispatch in words; `files` are those that would go along, where known. Events must be loaded with it."""
    events = list(row.events.all())
    blocked = why_not_by(row, files) if row.state in SENDABLE else ""
    return DispatchShown(
        row=row,
        state=str(DispatchState(row.state).label),
        look=_LOOKS.get(row.state, ""),
        since=events[-1].at if events else None,
        next_step=next_step(row, blocked),
        blocked=blocked,
        events=tuple(_event(event) for event in events),
        recordable=bool(recordable_states(row)),
        changeable=row.state in SENDABLE,
        file=row.file if _wants_download(row) else None,
    )


def next_step(row: Dispatch, blocked: str = "") -> str:
    """What is to be done next with the dispatch, in a sentence; empty where nothing is."""
    by = {
        DispatchState.PREPARED: lambda: _kept_here(row) or blocked or _("Ready to be sent."),
        DispatchState.FAILED: lambda: _("Correct the address or the channel, then send it anew."),
        DispatchState.QUEUED: lambda: _leaving(row),
        DispatchState.UNCERTAIN: lambda: _unsure(row),
        DispatchState.SENT: lambda: _awaited(row),
        DispatchState.ARRIVED: lambda: _("It arrived and is not in the recipient's register yet."),
        DispatchState.REFUSED: lambda: _("The recipient refused it: settle the reason, then send it anew."),
        DispatchState.RECALLED: lambda: (
            _("Download the message of recall and hand it to the exchange.") if _wants_download(row) else ""
        ),
    }
    said = by.get(DispatchState(row.state))
    return said() if said is not None else ""


def _kept_here(row: Dispatch) -> str:
    if row.document.state not in {DocumentState.REVOKED, DocumentState.REPLACED}:
        return ""
    return _("The document is no longer in force: it is not sent any more.")


def _unsure(row: Dispatch) -> str:
    if row.channel == Channel.EDXML:
        return _("It is never sent again by itself: ask the recipient, then record the answer.")
    return _(
        "The mail server may have it or not, and it is never sent again by itself: ask the recipient, then record "
        "the answer."
    )


def _leaving(row: Dispatch) -> str:
    if row.channel == Channel.EMAIL:
        return _("The mail leaves by itself within a minute.")
    if settings.EDXML_OUT is not None:
        return _("The file is laid into the exchange's folder within a minute.")
    return _("Download the edXML file, hand it to the exchange, then record that it was sent.")


def _awaited(row: Dispatch) -> str:
    sentences = {
        Channel.EMAIL: _("Record it when the recipient confirms."),
        Channel.PRINTED: _("Print the delivery sheet; record who signed for it."),
        Channel.EDXML: _("The recipient's status comes as an edXML message."),
        Channel.INTERNAL: _("The unit confirms it in this software."),
    }
    return sentences[Channel(row.channel)]


def _wants_download(row: Dispatch) -> bool:
    """Whether the clerk has to take the edXML file along, because no folder takes it."""
    by_hand = settings.EDXML_OUT is None and not row.staged_name and row.channel == Channel.EDXML
    return by_hand and row.file is not None and row.state in {DispatchState.QUEUED, DispatchState.RECALLED}


def _event(event: DispatchEvent) -> EventShown:
    what = str(DispatchState(event.state).label)
    if event.status_code:
        what = _("%(state)s (status %(code)s %(name)s)") % {
            "state": what, "code": event.status_code, "name": status_name(event.status_code),
        }  # fmt: skip
    who = event.told_by.get_full_name() if event.told_by is not None else ""
    if not who:
        who = _("told by edXML") if event.status_code else _("by itself")
    return EventShown(event.at, what, who, event.words)


def standing_tabs(counts: dict[str, int], chosen: str, address: str) -> list[dict[str, Any]]:
    """The parts of the list of dispatches, each with its number and its address."""
    labels = {
        "": _("All"),
        "to-send": _("To be sent"),
        "trouble": _("Refused or not sent"),
        "unanswered": _("Unanswered for days"),
        "leaving": _("Leaving"),
        "under-way": _("Sent, no answer yet"),
        "done": _("Received"),
        "recalled": _("Recalled"),
    }
    assert set(labels) == {"", "unanswered", *STANDINGS}
    return [
        {
            "code": code,
            "label": label,
            "count": counts.get(code) if code else None,
            "url": f"{address}?trang-thai={code}" if code else address,
            "chosen": code == chosen,
        }
        for code, label in labels.items()
    ]


def sheet_groups(rows: Sequence[Dispatch]) -> list[tuple[date | None, list[Dispatch]]]:
    """The rows of a delivery sheet by the day on which they were sent, those not sent yet first."""
    groups: dict[date | None, list[Dispatch]] = {}
    for row in rows:
        day = row.sent_at.date() if row.sent_at is not None else None
        groups.setdefault(day, []).append(row)
    return list(groups.items())
