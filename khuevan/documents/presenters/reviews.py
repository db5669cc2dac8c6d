"""A draft's review as its page shows it: each seat with who, when, words and version; what the person may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.documents.choices import DraftState, Seat, StepState
from khuevan.documents.models import Draft, ReviewStep
from khuevan.documents.permissions import can_decide, can_keep_register
from khuevan.documents.queries.reviewing import (
    SeatHolders,
    last_version_seen,
    planned_steps,
    rounds_of,
    route_of,
)
from khuevan.documents.review_permissions import can_submit, can_take_back
from khuevan.people.models import Unit, User

_LOOKS = {
    StepState.APPROVED: "good",
    StepState.RETURNED: "alarm",
    StepState.CURRENT: "busy",
}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat of the way: who decides there, what came of it. `names` are the holders, or who decided."""

    seat: str
    unit: str
    names: str
    state: str
    look: str
    state_code: str
    at: datetime | None = None
    version: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the review; only the newest is shown open."""

    number: int
    lines: tuple[SeatLine, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything that the panel shows. `route` is empty where no route is in use for the draft's type."""

    draft: Draft
    now: Round | None
    earlier: tuple[Round, ...]
    planned: tuple[SeatLine, ...]
    route: str
    step: ReviewStep | None
    may_decide: bool
    may_submit: bool
    may_take_back: bool
    may_number: bool
    seen_version: int | None

    @property
    def changed_since_seen(self) -> bool:
        """Whether the draft is another version than the one on which the person decided last."""
        return self.seen_version is not None and self.seen_version != self.draft.version

    @property
    def difference_url(self) -> str:
        """Where the difference between the version that the person decided on and the present one is read."""
        versions = reverse("documents:draft_versions", args=[self.draft.pk])
        return f"{versions}?from={self.seen_version}&to={self.draft.version}"


def review_view(draft: Draft, user: User, day: date) -> ReviewView:
    """The review of the draft as the person sees it on the day."""
    seats = SeatHolders(draft, day)
    rounds = [
        Round(number, tuple(_line(step, draft, seats) for step in steps))
        for number, steps in rounds_of(draft)
    ]
    step = draft.review_steps.filter(state=StepState.CURRENT).select_related("unit").first()
    if step is not None:
        step.draft = draft
    writable = can_submit(user, draft, day)
    planned: tuple[SeatLine, ...] = ()
    route = route_of(draft, day) if writable else None
    if route is not None:
        planned = tuple(
            SeatLine(
                seat=_seat(item.seat),
                unit=_unit(item.unit),
                names=", ".join(person.full_name for person in item.holders),
                state=_("Skipped") if item.skipped_because else "",
                look="",
                state_code=StepState.SKIPPED if item.skipped_because else StepState.WAITING,
                words=item.skipped_because,
            )
            for item in planned_steps(draft, route, day, seats)
        )
    on_its_way = draft.state not in {DraftState.DRAFTING, DraftState.RETURNED}
    return ReviewView(
        draft=draft,
        now=rounds[0] if rounds and (on_its_way or not writable) else None,
        earlier=tuple(rounds[1:] if rounds and (on_its_way or not writable) else rounds),
        planned=planned,
        route=route.name if route is not None else "",
        step=step,
        may_decide=step is not None and can_decide(user, step, day),
        may_submit=writable,
        may_take_back=can_take_back(user, draft, day),
        may_number=draft.state == DraftState.APPROVED and can_keep_register(user, day),
        seen_version=last_version_seen(user, draft),
    )


def seat_in_words(step: ReviewStep) -> str:
    """Who decides at the step: the seat, and the unit where the seat is a unit's."""
    return " · ".join(part for part in (_seat(step.seat), _unit(step.unit)) if part)


def _seat(seat: str) -> str:
    return str(Seat(seat).label)


def _unit(unit: Unit | None) -> str:
    return unit.name if unit is not None else ""


def _line(step: ReviewStep, draft: Draft, seats: SeatHolders) -> SeatLine:
    names = ""
    if step.decided_by is not None:
        names = step.decided_by.full_name
    elif step.state in (StepState.CURRENT, StepState.WAITING):
        holders = seats.of(step.seat, step.unit)
        names = ", ".join(person.full_name for person in holders if person.pk != draft.drafter_id)
    return SeatLine(
        seat=_seat(step.seat),
        unit=_unit(step.unit),
        names=names,
        state=step.get_state_display(),
        look=_LOOKS.get(StepState(step.state), ""),
        state_code=step.state,
        at=step.decided_at or step.reached_at,
        version=step.version,
        words=step.words,
    )
