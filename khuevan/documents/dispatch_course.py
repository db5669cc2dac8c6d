"""How a dispatch moves from state to state: forward only, each step with its event."""

from __future__ import annotations

from khuevan.core import clock
from khuevan.documents.choices import Channel, DispatchState
from khuevan.documents.models import Dispatch, DispatchEvent
from khuevan.people.models import User

# How far along a state is. News that come late do not lead back; a refusal may follow all but the end.
_FAR: dict[str, int] = {
    DispatchState.PREPARED: 0,
    DispatchState.FAILED: 0,
    DispatchState.QUEUED: 1,
    DispatchState.UNCERTAIN: 1,
    DispatchState.SENT: 2,
    DispatchState.ARRIVED: 3,
    DispatchState.REFUSED: 3,
    DispatchState.RECEIVED: 4,
    DispatchState.PROCESSED: 5,
    DispatchState.RECALLED: 6,
}
# From here only a person or the outbox leads on, back to where it can be sent again.
_MAY_FAIL: frozenset[str] = frozenset(
    {DispatchState.QUEUED, DispatchState.UNCERTAIN, DispatchState.SENT, DispatchState.FAILED}
)


def leads_to(before: str, after: str) -> bool:
    """Whether the news `after` changes a dispatch that stands at `before`; otherwise it is noted only."""
    if before == after:
        return False
    if after == DispatchState.FAILED:
        return before in _MAY_FAIL
    if after == DispatchState.REFUSED:
        return _FAR[before] <= _FAR[DispatchState.ARRIVED]
    if after in {DispatchState.QUEUED, DispatchState.UNCERTAIN}:
        return before in _MAY_FAIL or before == DispatchState.PREPARED
    return _FAR[after] > _FAR[before] or (before == DispatchState.REFUSED and _FAR[after] >= 3)


def reach(
    dispatch: Dispatch,
    state: DispatchState,
    *,
    told_by: User | None,
    channel: Channel | str = "",
    status_code: str = "",
    words: str = "",
    trouble: str = "",
) -> bool:
    """Whether the news moved the dispatch on; either way they are kept as an event. Stores the dispatch.

    Must be called inside an action, with the dispatch's row locked.
    """
    moved = leads_to(dispatch.state, state)
    if moved:
        dispatch.state, dispatch.trouble = state, trouble[:500]
        dispatch.save()
    DispatchEvent.objects.create(
        dispatch=dispatch,
        state=state,
        at=clock.now(),
        told_by=told_by,
        channel=channel or dispatch.channel,
        status_code=status_code,
        words=(words or trouble)[:500],
    )
    return moved
