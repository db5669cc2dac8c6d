"""Reads of documents, drafts and seats that more than one page asks for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from khuevan.core.search import folded_words
from khuevan.documents.choices import NOT_WITH_THE_RECIPIENT, Direction, DraftState, Seat, StepState
from khuevan.documents.models import (
    CitedName,
    Correspondent,
    Dispatch,
    Document,
    DocumentQuerySet,
    DocumentType,
    Draft,
    NumberBook,
    ReviewStep,
    Route,
)
from khuevan.documents.permissions import (
    READS_ALL_DRAFTS,
    can_keep_register,
    headed_unit_ids,
    reads_register,
    writing_unit_ids,
)
from khuevan.people.choices import DIRECTORS, Role, UnitKind
from khuevan.people.models import Charge, Unit, User
from khuevan.people.queries import roles_once, units_of


def visible_documents(user: User, day: date) -> DocumentQuerySet:
    """The registered documents that `user` may read on `day`, the newest first.

    Those of the own units: drafted or handled by one of them, or sent to one and not recalled.
    """
    documents: DocumentQuerySet = Document.objects.all()
    if reads_register(user, day):
        return documents
    own = units_of(user, day).order_by().values("pk")
    sent = Dispatch.objects.filter(correspondent__unit__in=own).exclude(state__in=NOT_WITH_THE_RECIPIENT)
    return documents.filter(
        Q(drafting_unit__in=own) | Q(handling_unit__in=own) | Q(pk__in=sent.order_by().values("document"))
    )


def visible_drafts(user: User, day: date) -> QuerySet[Draft]:
    """The drafts that `user` may read on `day` (`permissions.sees_draft`), the last touched first."""
    drafts = Draft.objects.select_related("type", "unit", "drafter", "signer", "document")
    if not roles_once(user, day).isdisjoint(READS_ALL_DRAFTS):
        return drafts
    seen = Q(drafter=user) | Q(unit__in=writing_unit_ids(user, day))
    seen |= Q(signer=user) & ~Q(state=DraftState.DRAFTING)
    if can_keep_register(user, day):
        seen |= Q(state__in=[DraftState.APPROVED, DraftState.ISSUED])
    reached = ReviewStep.objects.filter(reached_at__isnull=False)
    passed = reached.filter(Q(decided_by=user) | steps_sat_on(user, day)).order_by().values("draft")
    return drafts.filter(seen | Q(pk__in=passed))


def steps_sat_on(user: User, day: date) -> Q:
    """The steps of reviews whose seat is `user`'s on `day`, as a filter: what `permissions.sits_on` says of each."""
    seats = Q(seat=Seat.SIGNER, draft__signer=user)
    of_units = [Seat.DRAFTING_HEAD, Seat.OFFICE, Seat.UNIT_HEAD]
    seats |= Q(seat__in=of_units, unit__in=headed_unit_ids(user, day))
    roles = roles_once(user, day) if user.is_active else frozenset()
    if Role.DIRECTOR in roles:
        seats |= Q(seat=Seat.DIRECTOR)
    if not DIRECTORS.isdisjoint(roles):
        charges = Charge.objects.on(day).order_by()
        seats |= Q(seat=Seat.DEPUTY, draft__unit__in=charges.filter(person=user).values("unit"))
        if Role.DEPUTY_DIRECTOR in roles:
            # A unit that nobody has in charge is any deputy's.
            seats |= Q(seat=Seat.DEPUTY) & ~Q(draft__unit__in=charges.values("unit"))
    return seats


def steps_waiting_for(user: User, day: date) -> list[ReviewStep]:
    """The steps at which a draft waits for a decision that `user` may give, the oldest first."""
    return list(
        ReviewStep.objects.filter(steps_sat_on(user, day), state=StepState.CURRENT)
        .exclude(draft__drafter=user)
        .select_related("draft__type", "draft__unit", "draft__drafter", "unit")
        .order_by("reached_at", "id")
    )


def types_on(day: date) -> QuerySet[DocumentType]:
    """The types of documents in force on the day, in their order."""
    return DocumentType.objects.on(day)


def books_on(day: date, direction: Direction) -> QuerySet[NumberBook]:
    """The books of numbers of one direction in use on the day."""
    return NumberBook.objects.on(day).filter(direction=direction).select_related("unit")


def route_for(document_type: DocumentType, day: date) -> Route | None:
    """The route of approval of a type on the day: its own, else the one for all types."""
    routes = Route.objects.on(day).prefetch_related("steps")
    return routes.filter(type=document_type).first() or routes.filter(type__isnull=True).first()


def office_of(unit: Unit) -> Unit | None:
    """The office of the body that the unit belongs to (Văn phòng Sở); None where there is none."""
    above: list[Unit] = []
    walker: Unit | None = unit
    while walker is not None:
        above.append(walker)
        walker = walker.parent
    for body in above:
        office = Unit.objects.filter(kind=UnitKind.OFFICE, parent=body).order_by("path").first()
        if office is not None:
            return office
    return None


def correspondents_named(names: list[str]) -> dict[str, Correspondent]:
    """For each name as printed, the correspondent that it leads to; a name that two share leads to none."""
    folded = {name: folded_words(name)[:255] for name in names}
    found: dict[str, set[int]] = {}
    rows = CitedName.objects.filter(folded__in=set(folded.values())).values_list("folded", "correspondent")
    for text, key in rows:
        found.setdefault(text, set()).add(key)
    single = {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}
    known = Correspondent.objects.in_bulk(set(single.values()))
    return {name: known[single[text]] for name, text in folded.items() if text in single}
