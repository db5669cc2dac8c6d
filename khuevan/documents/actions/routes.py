"""Writes to the routes of approval: which seats a draft passes, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.choices import Seat
from khuevan.documents.models import Route, RouteStep
from khuevan.documents.permissions import check_can_set_up_documents
from khuevan.people.models import Unit, User

MOST_SEATS = 12


@dataclass(frozen=True, slots=True)
class SeatOnRoute:
    """One seat of a route; `unit` only for the head of a named unit."""

    seat: str
    unit: Unit | None = None


@action
def keep_route(*, by: User, route: Route, seats: Sequence[SeatOnRoute]) -> Route:
    """The route with its seats in this order; the last is who signs. Drafts on their way keep the seats they have."""
    day = clock.today()
    check_can_set_up_documents(by, day)
    check_seats(seats)
    route.full_clean()
    check_only_route(route)
    route.save()
    held = [(step.seat, step.unit_id) for step in route.steps.order_by("order")]
    if held == [(item.seat, item.unit.pk if item.unit else None) for item in seats]:
        return route
    for step in route.steps.all():
        step.delete()
    for order, item in enumerate(seats, start=1):
        step = RouteStep(route=route, order=order, seat=item.seat, unit=item.unit)
        step.full_clean()
        step.save()
    return route


def check_seats(seats: Sequence[SeatOnRoute]) -> None:
    """Raises ValidationError unless the seats make a way that ends with whoever signs."""
    if not seats or seats[-1].seat != Seat.SIGNER:
        raise ValidationError(_("The last seat of a route is whoever signs."))
    if len(seats) > MOST_SEATS:
        raise ValidationError(_("A route has at most %(most)s seats.") % {"most": MOST_SEATS})
    if sum(item.seat == Seat.SIGNER for item in seats) > 1:
        raise ValidationError(_("Whoever signs stands on a route once, at its end."))
    if any((item.seat == Seat.UNIT_HEAD) != (item.unit is not None) for item in seats):
        raise ValidationError(_("Name the unit whose head decides, and only then."))


def check_only_route(route: Route) -> None:
    """Raises ValidationError where another route is in use for the type at the same time."""
    if route.valid_from and route.valid_to and route.valid_to < route.valid_from:
        raise ValidationError(_("The route cannot end before it begins."))
    others = Route.objects.filter(type=route.type).exclude(pk=route.pk)
    if route.valid_from:
        others = others.exclude(valid_to__lt=route.valid_from)
    if route.valid_to:
        others = others.filter(models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=route.valid_to))
    other = others.first()
    if other is not None:
        raise ValidationError(
            _("“%(name)s” is in use for the same drafts at the same time: end it first.")
            % {"name": other.name}
        )
