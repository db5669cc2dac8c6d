"""Reads of reviews: who holds a seat, which seats a draft would pass, what was decided, what waits for a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khuevan.documents.choices import DraftState, Seat
from khuevan.documents.models import Draft, ReviewStep, Route
from khuevan.documents.queries.reading import office_of, route_for, visible_drafts
from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import Charge, Post, Unit, User


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A seat of a draft's way: whose head decides, who holds it today, and why it is skipped (empty if not)."""

    seat: str
    unit: Unit | None
    holders: tuple[User, ...]
    skipped_because: str = ""


def holders_of(seat: str, unit: Unit | None, draft: Draft, day: date) -> tuple[User, ...]:
    """The people who hold the seat for the draft on the day, its drafter among them (`permissions.sits_on`)."""
    if seat == Seat.SIGNER:
        return (draft.signer,) if draft.signer is not None and draft.signer.is_active else ()
    if seat == Seat.DIRECTOR:
        return _who_hold([Role.DIRECTOR], day)
    if seat == Seat.DEPUTY:
        charged = Charge.objects.filter(unit=draft.unit_id).on(day)
        in_charge = set(charged.values_list("person", flat=True))
        if in_charge:
            return tuple(person for person in _who_hold(sorted(DIRECTORS), day) if person.pk in in_charge)
        return _who_hold([Role.DEPUTY_DIRECTOR], day)
    return () if unit is None else _who_hold([Role.UNIT_HEAD], day, unit)


def _who_hold(roles: list[Role], day: date, unit: Unit | None = None) -> tuple[User, ...]:
    posts = Post.objects.on(day).filter(role__in=roles, person__is_active=True).select_related("person")
    if unit is not None:
        posts = posts.filter(unit=unit)
    return tuple(dict.fromkeys(post.person for post in posts.order_by("pk")))


def route_of(draft: Draft, day: date) -> Route | None:
    """The route that was chosen for the draft, else that of its type."""
    return draft.route if draft.route is not None else route_for(draft.type, day)


def planned_steps(draft: Draft, route: Route, day: date) -> list[PlannedStep]:
    """The seats that the draft passes on the route, those that are skipped among them with the reason.

    Skipped is a seat that the drafter holds, that nobody holds, and one whose people decide at the next seat
    anyhow. Who signs is never skipped because nobody holds the seat: then the signer has to be chosen anew.
    """
    planned: list[PlannedStep] = []
    after: tuple[User, ...] = ()
    for row in reversed(list(route.steps.select_related("unit"))):
        unit = unit_of_seat(row.seat, row.unit, draft)
        holders = holders_of(row.seat, unit, draft, day)
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


def holders_in_words(step: PlannedStep) -> str:
    """Who holds a planned seat, as one line."""
    return ", ".join(_names(step.holders))


def _names(people: tuple[User, ...]) -> Iterator[str]:
    return (person.full_name for person in people)
