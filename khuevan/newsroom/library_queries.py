"""What the public library offers, found by kind, topic and words; what staff must see to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet, Value
from wagtail.models import CollectionViewRestriction

from khuevan.core import clock
from khuevan.newsroom.choices import Consent, RightsBasis
from khuevan.newsroom.library_words import having_words
from khuevan.newsroom.models import LibraryDocument, Picture, Topic, Video
from khuevan.newsroom.release import held_back, is_offered, is_restricted
from khuevan.newsroom.rules import picture_problems

Thing = Picture | Video | LibraryDocument
# The word in addresses, in the order in which readers are offered them.
KINDS: Final[dict[str, type[Thing]]] = {"pictures": Picture, "videos": Video, "documents": LibraryDocument}
THINGS_A_PAGE: Final = 24
# Nobody turns more pages than this; a number beyond it is a machine's.
MOST_PAGES: Final = 400


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that is offered: the word of its kind in addresses, and the thing."""

    kind: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Offers:
    """A page of what is offered, the newest first. `number` counts pages from 1."""

    total: int
    number: int
    found: tuple[Offer, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // THINGS_A_PAGE))


def with_rights(things: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Those of the things of which nothing is missing and nothing has ended: the rules of `picture_problems`."""
    licence = Q(basis__in=[RightsBasis.OWN, RightsBasis.PUBLIC_DOMAIN]) | ~Q(licence="") | ~Q(licence_url="")
    found = things.exclude(credit="").exclude(basis="").filter(licence)
    found = found.filter(Q(expires_date__isnull=True) | Q(expires_date__gte=day))
    if things.model is Picture:
        found = found.exclude(alternative="")
    if things.model is not LibraryDocument:
        found = found.exclude(consent__in=["", Consent.UNKNOWN])
    return found


def offered(model: type[Thing], day: date) -> QuerySet[Any]:
    """All things of a kind that the public library offers on a day, less what an embargo keeps."""
    found = with_rights(model._default_manager.filter(in_library=True), day)
    restricted = CollectionViewRestriction.objects.annotate(
        asked=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    ).filter(asked__startswith=F("collection__path"))
    kept = held_back(model, clock.now())
    found = found.exclude(pk__in=kept) if kept else found
    open_to_all: QuerySet[Any] = found.filter(~Exists(restricted)).annotate(is_past_embargo=Value(True))
    return open_to_all


def offers(
    *,
    kind: str = "",
    topic: Topic | None = None,
    query: str = "",
    number: int = 1,
    filters: Iterable[str] = (),
) -> Offers:
    """A page of what is offered today; `filters` are the sizes of pictures that will be shown."""
    wanted = Q() if topic is None else Q(topics=topic)
    joined = _rows(kind, wanted & having_words(query))
    total = joined.count()
    number = min(max(number, 1), max(1, -(-total // THINGS_A_PAGE)), MOST_PAGES)
    first = (number - 1) * THINGS_A_PAGE
    shown = joined.order_by("-created_at", "-pk")[first : first + THINGS_A_PAGE]
    return Offers(total, number, _offers_of(shown, filters))


def number_offered() -> int:
    """How many things are offered today. One query."""
    return _rows("", Q()).count()


def offers_in_order(first: int, count: int, filters: Iterable[str] = ()) -> tuple[Offer, ...]:
    """So many of the things that are offered today after the first ones, in the order in which they came.

    What comes later moves none of them; `filters` are the sizes of pictures that will be asked for.
    """
    rows = _rows("", Q()).order_by("created_at", "offer_kind", "pk")[first : first + count]
    return _offers_of(rows, filters)


def _rows(kind: str, wanted: Q) -> QuerySet[Any, Any]:
    """Kind, key and moment of what is offered today, as rows without order."""
    rows = [
        offered(model, clock.today())
        .filter(wanted)
        .annotate(offer_kind=Value(name))
        .order_by()
        .values_list("offer_kind", "pk", "created_at")
        for name, model in KINDS.items()
        if kind in ("", name)
    ]
    joined: QuerySet[Any, Any] = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return joined


def _offers_of(rows: Iterable[tuple[Any, ...]], filters: Iterable[str]) -> tuple[Offer, ...]:
    """The things of rows that begin with kind and key, in their order."""
    shown = list(rows)
    things: dict[tuple[str, int], Thing] = {}
    for name in {row[0] for row in shown}:
        keys = [row[1] for row in shown if row[0] == name]
        things |= {(name, thing.pk): thing for thing in _loaded(name, keys, list(filters))}
    # Asked once more by the rules themselves, which know of blanks what a query does not.
    found = (Offer(name, things[name, key]) for name, key, _made in shown if (name, key) in things)
    return tuple(offer for offer in found if is_offered(offer.thing))


def offered_topics(kind: str = "") -> list[Topic]:
    """The topics of what is offered today, in their order."""
    keys: set[int] = set()
    for name, model in KINDS.items():
        if kind in ("", name):
            keys |= set(
                offered(model, clock.today())
                .filter(topics__isnull=False)
                .order_by()
                .values_list("topics", flat=True)
                .distinct()
            )
    return list(Topic.objects.filter(pk__in=keys, ended=False))


def offer_of(kind: str, key: int) -> Offer | None:
    """One thing that is offered today; None where there is none."""
    model = KINDS.get(kind)
    thing = None if model is None else offered(model, clock.today()).filter(pk=key).first()
    return Offer(kind, thing) if thing is not None and is_offered(thing) else None


def public_still(film: Video) -> Picture | None:
    """The still that goes out with a film that is public; None where there is none that may be shown."""
    still = film.still
    if still is None or any(picture_problems(still)):
        return None
    # Of the film's own collection it is known.
    is_kept_back = still.collection_id != film.collection_id and is_restricted(still)
    return None if is_kept_back else still


def _loaded(name: str, keys: list[int], filters: list[str]) -> QuerySet[Any]:
    # Wagtail's own managers have no types.
    pictures: Any = Picture.objects.all()
    if filters:
        pictures = pictures.prefetch_renditions(*filters)
    found: QuerySet[Any] = LibraryDocument.objects.all()
    if name == "pictures":
        found = pictures
    elif name == "videos":
        found = Video.objects.prefetch_related(Prefetch("still", pictures))
    # Their rows come from `offered`.
    loaded: QuerySet[Any] = found.filter(pk__in=keys).annotate(is_past_embargo=Value(True))
    return loaded


# How far ahead the desk looks for rights that end: time enough to ask for more.
DAYS_AHEAD: Final = 30
ATTENTION: Final = ("expiring", "ended", "incomplete")


def attention(what: str, day: date) -> QuerySet[Any, Any]:
    """Kind and key of what staff must see to, as rows: what ends within 30 days, has ended, or lacks something.

    The first to end stands first; of what lacks something, the newest.
    """
    rows = []
    for name, model in KINDS.items():
        things: QuerySet[Any] = model._default_manager.order_by()
        if what == "expiring":
            things = things.filter(expires_date__gte=day, expires_date__lte=day + timedelta(days=DAYS_AHEAD))
        elif what == "ended":
            things = things.filter(expires_date__lt=day)
        else:
            # What has ended stands in a list of its own.
            complete = with_rights(model._default_manager.order_by(), date.min)
            things = things.exclude(pk__in=complete.values("pk"))
        rows.append(
            things.annotate(offer_kind=Value(name)).values_list(
                "offer_kind", "pk", "expires_date", "created_at"
            )
        )
    order = {"expiring": ("expires_date",), "ended": ("-expires_date",), "incomplete": ("-created_at",)}[what]
    joined: QuerySet[Any, Any] = rows[0].union(*rows[1:], all=True).order_by(*order, "-pk")
    return joined


def things_of(rows: Iterable[tuple[Any, ...]]) -> list[Offer]:
    """The things of rows that begin with kind and key, in their order. A query a kind."""
    found = [(row[0], row[1]) for row in rows]
    things: dict[tuple[str, int], Thing] = {}
    for name in {kind for kind, _key in found}:
        keys = [key for kind, key in found if kind == name]
        things |= {(name, thing.pk): thing for thing in KINDS[name]._default_manager.filter(pk__in=keys)}
    return [Offer(name, things[name, key]) for name, key in found if (name, key) in things]
