"""The panel of dispatches, for the page of a document, which knows nothing of them."""

from __future__ import annotations

from typing import Any

from django import template

from khuevan.core import clock
from khuevan.documents.actions.dispatching import why_not_sent
from khuevan.documents.choices import SENDABLE, TO_SEND, Channel, Direction, DispatchState
from khuevan.documents.models import Document
from khuevan.documents.permissions import can_keep_register
from khuevan.documents.presenters.dispatches import shown
from khuevan.documents.queries.dispatching import dispatches_of, files_to_send
from khuevan.people.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def dispatch_panel(context: template.Context, document: Document) -> dict[str, Any]:
    """What the panel shows of an outgoing document: its dispatches in words, and what the clerk may do. Empty for
    an incoming one. Three queries.
    """
    if document.direction != Direction.OUT:
        return {}
    user = context["request"].user
    keeps = isinstance(user, User) and can_keep_register(user, clock.today())
    files = files_to_send(document)
    rows = [shown(row, files) for row in dispatches_of(document)]
    states = [row.row.state for row in rows]
    left = [row for row in rows if row.row.state not in SENDABLE | {DispatchState.RECALLED}]
    return {
        "rows": rows,
        "refusal": why_not_sent(document),
        "keeps": keeps,
        "to_send": sum(state in TO_SEND for state in states),
        "may_recall": bool(left),
        "may_update": any(
            row.row.channel == Channel.EDXML and row.row.state != DispatchState.QUEUED for row in left
        ),
        "on_paper": any(row.row.channel == Channel.PRINTED for row in rows),
    }
