"""Reads of what came as edXML."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from khuevan.documents.choices import ExchangeState
from khuevan.documents.models import EdxmlMessage, EdxmlStatus

# The parts of the inbox, in the order of urgency, as the states behind them.
PARTS: dict[str, tuple[str, ...]] = {
    "": (ExchangeState.WAITING,),
    "unsettled": (ExchangeState.REFUSED, ExchangeState.UNMATCHED),
    "statuses": (ExchangeState.APPLIED,),
    "registered": (ExchangeState.REGISTERED, ExchangeState.DECLINED),
}


def edxml_messages(part: str) -> QuerySet[EdxmlMessage]:
    """The messages of one part of the inbox, the newest first."""
    states = PARTS.get(part, PARTS[""])
    rows = EdxmlMessage.objects.filter(state__in=states)
    return rows.select_related("document", "dispatch__document", "came_by").defer(
        "document__content", "document__reading", "dispatch__document__content", "dispatch__document__reading"
    )


def part_counts() -> dict[str, int]:
    """How many messages are in each part of the inbox. One query."""
    rows = EdxmlMessage.objects.order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(rows)
    return {part: sum(by_state.get(state, 0) for state in states) for part, states in PARTS.items()}


def edxml_message(pk: int) -> EdxmlMessage | None:
    """The message with its document and what its sender was told; None where there is none."""
    found: EdxmlMessage | None = (
        EdxmlMessage.objects.select_related("document", "dispatch__document", "came_by")
        .prefetch_related("answers__told_by")
        .filter(pk=pk)
        .first()
    )
    return found


def statuses_to_hand_over() -> QuerySet[EdxmlStatus]:
    """Statuses for senders that nobody has handed to the exchange yet, the oldest first."""
    rows = EdxmlStatus.objects.filter(handed_over_at__isnull=True).select_related("message")
    return rows.order_by("told_at", "pk")
