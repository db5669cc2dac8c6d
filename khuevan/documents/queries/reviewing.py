"""Reads of reviews: who holds a seat, which seats a draft would pass, what was decided, what waits for a number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khuevan.documents.choices import DraftState, Seat
from khuevan.documents.models import Draft, ReviewStep, Route
from khuevan.documents.queries.reading import office_of, route_for, visible_drafts
from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import Charge, Post, Unit, User

_SEATED = (*sorted(DIRECTORS), Role.UNIT_HEAD)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A seat of a draft's way: whose head decides, who holds it today, and why it is skipped (empty if not)."""

    seat: str
    unit: Unit | None
    holders: tuple[User, ...]
    skipped_because: str = ""


class SeatHolders:
    """Who holds each seat for one draft on a day, its drafter too (as `permissions.sits_on`). Two queries."""

    def __init__(self, draft: Draft, day: date) -> None:
        self._draft, self._day = draft, day

    @cached_property
    def _posts(self) -> list[Post]:
        posts = Post.objects.on(self._day).filter(role__in=_SEATED, person__is_active=True)
        return list(posts.select_related("person").order_by("pk"))

    @cached_property
    def _in_charge(self) -> set[int]:
        charged = Charge.objects.filter(unit=self._draft.unit_id).on(self._day)
        return set(charged.values_list("person", flat=True))

    def of(self, seat: str, unit: Unit | None) -> tuple[User, ...]:
        """The holders of the seat; `unit` is whose head decides, where the seat is a unit's."""
        if seat == Seat.SIGNER:
            signer = self._draft.signer
            return (signer,) if signer is not None and signer.is_active else ()
        if seat == Seat.DIRECTOR:
            return self._who_hold({Role.DIRECTOR})
        if seat == Seat.DEPUTY:
            if self._in_charge:
                return tuple(person for person in self._who_hold(DIRECTORS) if person.pk in self._in_charge)
            return self._who_hold({Role.DEPUTY_DIRECTOR})
        return () if unit is None else self._who_hold({Role.UNIT_HEAD}, unit)

    def _who_hold(self, roles: Collection[str], unit: Unit | None = None) -> tuple[User, ...]:
        return tuple(
            dict.fromkeys(
                post.person
                for post in self._posts
                if post.role in roles and (unit is None or post.unit_id == unit.pk)
            )
        )


def holders_of(seat: str, unit: Unit | None, draft: Draft, day: date) -> tuple[User, ...]:
    """The people who hold one seat for the draft on the day."""
    return SeatHolders(draft, day).of(seat, unit)


def route_of(draft: Draft, day: date) -> Route | None:
    """The route that was chosen for the draft, else that of its type."""
    return draft.route if draft.route is not None else route_for(draft.type, day)


def planned_steps(
    draft: Draft, route: Route, day: date, seats: SeatHolders | None = None
) -> list[PlannedStep]:
    """The seats that the draft passes on the route, those that are skipped among them with the reason.

    Skipped is a seat that the drafter holds, that nobody holds, and one whose people decide at the next seat
    anyhow. Who signs is never skipped because nobody holds the seat: then the signer has to be chosen anew.
    """
    seats = seats or SeatHolders(draft, day)
    planned: list[PlannedStep] = []
    after: tuple[User, ...] = ()
    for row in reversed(list(route.steps.select_related("unit"))):
        unit = unit_of_seat(row.seat, row.unit, draft)
        holders = seats.of(row.seat, unit)
        why = _why_skipped(row.seat, holders, after, draft)
        planned.append(PlannedStep(row.seat, unit, holders, why))
        if not why:
            after = holders
    return planned[::-1]


def unit_of_seat(seat: str, named: Unit | None, draft: Draft) -> Unit | None:
    """The unit whose head decides at the seat; None for a seat that is no unit head's."""
    if seat == Seat.DRAFTING_HEAD:
        return draft.unit
    if seat == Seat.OFFICE:
        return office_of(draft.unit)
    return named if seat == Seat.UNIT_HEAD else None


def _why_skipped(seat: str, holders: tuple[User, ...], after: tuple[User, ...], draft: Draft) -> str:
    if draft.drafter in holders:
        return _("The drafter holds this seat.")
    if not holders:
        return "" if seat == Seat.SIGNER else _("Nobody holds this seat.")
    if set(holders) == set(after):
        return _("The same person decides at the next seat.")
    return ""


def rounds_of(draft: Draft) -> list[tuple[int, list[ReviewStep]]]:
    """Every round of the draft's review with its steps, the newest round first. One query."""
    steps = draft.review_steps.select_related("unit", "decided_by").order_by("-round", "order")
    return [(number, list(group)) for number, group in groupby(steps, key=lambda step: step.round)]


def last_version_seen(user: User, draft: Draft) -> int | None:
    """The version on which the person last decided; None for who has not decided on the draft yet."""
    decided = draft.review_steps.filter(decided_by=user, version__isnull=False).order_by("-decided_at", "-pk")
    return decided.values_list("version", flat=True).first()


def drafts_to_number(user: User, day: date) -> QuerySet[Draft]:
    """Approved drafts that wait for their number, the longest waiting first."""
    return (
        visible_drafts(user, day)
        .filter(state=DraftState.APPROVED)
        .select_related("book", "book__unit", "type", "unit", "drafter", "signer")
        .order_by("updated_at", "pk")
    )
