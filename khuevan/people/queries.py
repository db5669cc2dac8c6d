"""Reads of units, posts and roles on a day."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from khuevan.core.search import folded_words
from khuevan.people.choices import ANSWERS_FOR_DESCENDANTS, OFFICERS, Role
from khuevan.people.models import Charge, Post, PostQuerySet, Unit, UnitQuerySet, User

Answer = TypeVar("Answer")

# The account in whose name the installation writes what nobody ordered: first data, upkeep.
SYSTEM_USERNAME = "khuevan"


def units_on(day: datetime.date) -> UnitQuerySet:
    """The units that exist on the day, in the order of the tree."""
    return Unit.objects.on(day).order_by("path")


def units_by_folded_name(day: datetime.date) -> dict[str, Unit]:
    """Every name that leads to a unit, folded: its name, abbreviation and other names.

    A name wins over an abbreviation, an abbreviation over another name, and a unit that exists on the day
    over one that does not. A name or abbreviation that two units share leads to neither. Two queries.
    """
    units = list(Unit.objects.prefetch_related("aliases").order_by("path"))
    found: dict[str, Unit] = {}
    for group in (
        [unit for unit in units if unit.exists_on(day)],
        [unit for unit in units if not unit.exists_on(day)],
    ):
        names = Counter(folded_words(unit.name) for unit in group)
        shorts = Counter(folded_words(unit.short_name) for unit in group)
        for unit in group:
            if names[folded_words(unit.name)] == 1:
                found.setdefault(folded_words(unit.name), unit)
        for unit in group:
            short = folded_words(unit.short_name)
            if short and shorts[short] == 1:
                found.setdefault(short, unit)
        others = Counter(alias.folded for unit in group for alias in unit.aliases.all())
        for unit in group:
            for alias in unit.aliases.all():
                if others[alias.folded] == 1:
                    found.setdefault(alias.folded, unit)
    return found


def unit_by_name(name: str, day: datetime.date) -> Unit | None:
    """The unit whose name, abbreviation or other name is `name`, whatever its case, diacritics and dashes."""
    return units_by_folded_name(day).get(folded_words(name))


def posts_of(user: User, day: datetime.date) -> PostQuerySet:
    """The posts that the person holds on the day, each with its unit loaded."""
    return Post.objects.filter(person=user).on(day).select_related("unit")


def posts_once(user: User, day: datetime.date) -> tuple[Post, ...]:
    """The posts of `posts_of`, asked once for this object: roles and units of one request all come from them."""
    return remembered(user, "_posts_asked", day, lambda: tuple(posts_of(user, day)))


def roles_of(user: User, day: datetime.date) -> frozenset[Role]:
    """The roles that the person's posts carry on the day.

    A superuser is always an administrator, and so is the installation's own account.
    """
    return _with_own(user, {Role(role) for role in posts_of(user, day).values_list("role", flat=True)})


def _with_own(user: User, roles: set[Role]) -> frozenset[Role]:
    """The roles of posts, with the one that an account has by itself."""
    own = {Role.ADMINISTRATOR} if user.is_superuser or user.username == SYSTEM_USERNAME else set()
    return frozenset(roles | own)


def roles_once(user: User, day: datetime.date) -> frozenset[Role]:
    """The roles of `roles_of`, asked once for this object: frame, menu and page of one request all want them.

    A post that is given or ended meanwhile counts from the next request.
    """
    return remembered(
        user,
        "_roles_asked",
        day,
        lambda: _with_own(user, {Role(post.role) for post in posts_once(user, day)}),
    )


def remember_roles(user: User, day: datetime.date, posts: Iterable[Post]) -> None:
    """Makes `posts_once` and `roles_once` answer from these posts, all that the person holds on the day."""
    held = tuple(posts)
    remembered(user, "_posts_asked", day, lambda: held)
    remembered(user, "_roles_asked", day, lambda: _with_own(user, {Role(post.role) for post in held}))


def remembered(user: User, name: str, day: datetime.date, ask: Callable[[], Answer]) -> Answer:
    """The answer of `ask` for the day, kept on the account's object under the name for as long as that lives."""
    # By attribute, never by `__dict__`: a request's user is a proxy, and the backend gets what is in it.
    answers: dict[datetime.date, Answer] | None = getattr(user, name, None)
    if answers is None:
        answers = {}
        setattr(user, name, answers)
    if day not in answers:
        answers[day] = ask()
    return answers[day]


def units_of(user: User, day: datetime.date) -> UnitQuerySet:
    """The units in which the person holds a post on the day; for heads and directors, those below them too."""
    selected = Q(pk__in=[])
    for post in posts_once(user, day):
        if post.role in ANSWERS_FOR_DESCENDANTS:
            selected |= Q(path__startswith=post.unit.path)
        else:
            selected |= Q(pk=post.unit_id)
    return Unit.objects.filter(selected).order_by("path")


def system_person() -> User:
    """The installation's own account: nobody can sign in with it."""
    return User.objects.get(username=SYSTEM_USERNAME)


@dataclass(frozen=True, slots=True)
class AnswerablePeople:
    """Who is asked about a unit's work: its officers, then its heads, then the directors in charge of it."""

    officers: tuple[User, ...] = ()
    heads: tuple[User, ...] = ()
    deputies: tuple[User, ...] = ()


def answerable_people(unit_ids: Collection[int], day: datetime.date) -> dict[int, AnswerablePeople]:
    """Who is asked about the work of each of the units on the day, by the unit's key. Three queries.

    A unit without a head of its own answers to the head of the nearest unit above it. In charge is whoever has
    the unit in charge, or the nearest unit above it; where nobody has, the deputy directors above it, and
    where there is none, the directors. Accounts that are closed are left out.
    """
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=unit_ids).only("pk", "path")}
    posts: dict[tuple[int, Role], list[User]] = defaultdict(list)
    for post in Post.objects.on(day).filter(person__is_active=True).select_related("person").order_by("pk"):
        posts[post.unit_id, Role(post.role)].append(post.person)
    charges: dict[int, list[User]] = defaultdict(list)
    for charge in Charge.objects.on(day).filter(person__is_active=True).select_related("person"):
        charges[charge.unit_id].append(charge.person)
    found: dict[int, AnswerablePeople] = {}
    for pk, unit in units.items():
        # The path names every unit above, the top first; the unit itself is its last part.
        line = [int(part.rsplit("-", 1)[1]) for part in unit.path.strip("/").split("/")][::-1]

        def nearest(*roles: Role, line: list[int] = line) -> list[User]:
            """Those who hold one of the roles in the unit or in the nearest unit above where somebody does."""
            per_unit = ([person for role in roles for person in posts[above, role]] for above in line)
            return next(filter(None, per_unit), [])

        in_charge = next(filter(None, (charges[above] for above in line)), [])
        found[pk] = AnswerablePeople(
            _distinct([person for role in sorted(OFFICERS) for person in posts[pk, role]]),
            _distinct(nearest(Role.UNIT_HEAD)),
            _distinct(in_charge or nearest(Role.DEPUTY_DIRECTOR) or nearest(Role.DIRECTOR)),
        )
    return found


def _distinct(people: list[User]) -> tuple[User, ...]:
    return tuple(dict.fromkeys(people))
