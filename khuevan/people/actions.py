"""Writes to units, names, posts and accounts."""

from __future__ import annotations

import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.search import index

from khuevan.core.actions import action, note
from khuevan.core.search import folded_words
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Charge, Post, Unit, UnitAlias, User
from khuevan.people.permissions import check_can_manage_people, check_can_manage_units
from khuevan.people.queries import roles_of


def _place_in_tree(unit: Unit) -> None:
    """Writes the unit's path, and those of the units below when it moved."""
    old = unit.path
    above = unit.parent.path if unit.parent else ""
    if old and above.startswith(old):
        raise ValidationError({"parent": _("A unit cannot be part of a unit below it.")})
    unit.path = f"{above}{unit.order:04d}-{unit.pk}/"
    if unit.path == old:
        return
    unit.save(update_fields=["path"])
    if old:
        for below in Unit.objects.filter(path__startswith=old).exclude(pk=unit.pk):
            below.path = unit.path + below.path.removeprefix(old)
            below.save(update_fields=["path"])


def check_name_is_free(
    name: str, day: datetime.date, *, parent: Unit | None, except_unit: Unit | None = None
) -> None:
    """Raises ValidationError where a sister unit that exists on the day has the name.

    Units of different parents may share one: every ward has its Phòng Văn hóa – Xã hội.
    """
    folded = folded_words(name)
    for sister in Unit.objects.filter(parent=parent).prefetch_related("aliases"):
        names = {folded_words(sister.name), *(alias.folded for alias in sister.aliases.all())}
        if sister != except_unit and folded in names and sister.exists_on(day):
            raise ValidationError({"name": _name_taken(name)})


def _name_taken(name: str) -> str:
    return _("“%(name)s” is already the name of a unit at this place.") % {"name": name}


@action
def create_unit(
    *,
    by: User,
    name: str,
    kind: UnitKind | str,
    short_name: str = "",
    parent: Unit | None = None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    successor: Unit | None = None,
    order: int = 0,
    aliases: tuple[str, ...] = (),
) -> Unit:
    """The new unit, with its other names; raises ValidationError where a sister unit has the name."""
    check_can_manage_units(by)
    unit = Unit(
        name=" ".join(name.split()),
        kind=UnitKind(kind),
        short_name=short_name.strip(),
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        successor=successor,
        order=order,
    )
    unit.full_clean(exclude=["path"])
    check_name_is_free(unit.name, valid_to or valid_from or datetime.date.max, parent=parent)
    unit.save()
    _place_in_tree(unit)
    for alias in aliases:
        add_alias(by=by, unit=unit, name=alias)
    return unit


@action
def create_units(*, by: User, units: list[Unit]) -> list[Unit]:
    """The units, none saved before, made together; raises ValidationError as `create_unit` does.

    The register is read once, however many there are: a plan may name hundreds of new bodies.
    """
    check_can_manage_units(by)
    taken: set[tuple[int | None, str]] = set()
    for existing in Unit.objects.prefetch_related("aliases"):
        if existing.exists_on(datetime.date.max):
            taken.add((existing.parent_id, folded_words(existing.name)))
            taken.update((existing.parent_id, alias.folded) for alias in existing.aliases.all())
    for unit in units:
        unit.name = " ".join(unit.name.split())
        unit.clean_fields(exclude=["path", "parent", "successor"])
        place = (unit.parent_id, folded_words(unit.name))
        if place in taken:
            raise ValidationError({"name": _name_taken(unit.name)})
        taken.add(place)
        # Nobody can have given it another name yet: saves the index from asking for each.
        unit._prefetched_objects_cache = {"aliases": UnitAlias.objects.none()}
    Unit.objects.bulk_create(units)
    for unit in units:
        unit.path = f"{unit.parent.path if unit.parent else ''}{unit.order:04d}-{unit.pk}/"
    Unit.objects.bulk_update(units, ["path"], batch_size=100)
    return units


@action
def edit_unit(*, by: User, unit: Unit) -> Unit:
    """The unit as changed by a form (all but its name, which `rename_unit` changes)."""
    check_can_manage_units(by)
    unit.full_clean(exclude=["path"])
    unit.save()
    _place_in_tree(unit)
    return unit


@action
def rename_unit(*, by: User, unit: Unit, name: str, day: datetime.date) -> Unit:
    """The unit under its new name from the day on; the old name is kept with its last day."""
    check_can_manage_units(by)
    name = " ".join(name.split())
    if name == unit.name:
        return unit
    check_name_is_free(name, day, parent=unit.parent, except_unit=unit)
    former = unit.name
    # The new name may have been another name of this unit; a name cannot be both.
    for alias in UnitAlias.objects.filter(unit=unit, folded=folded_words(name)):
        alias.delete()
    unit.name = name
    unit.full_clean(exclude=["path"])
    unit.save()
    if folded_words(former) != folded_words(name):
        add_alias(by=by, unit=unit, name=former, valid_to=day - datetime.timedelta(days=1))
    return unit


@action
def add_alias(
    *,
    by: User,
    unit: Unit,
    name: str,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> UnitAlias:
    """Another name that leads to the unit; raises ValidationError where it leads to a sister already."""
    check_can_manage_units(by)
    folded = folded_words(name)
    for taken in UnitAlias.objects.filter(folded=folded).select_related("unit"):
        if taken.unit_id == unit.pk:
            return taken
        if taken.unit.parent_id == unit.parent_id:
            raise ValidationError({"name": _name_taken(name)})
    alias = UnitAlias(unit=unit, name=" ".join(name.split()), valid_from=valid_from, valid_to=valid_to)
    alias.full_clean(exclude=["folded"])
    alias.save()
    # Search finds a unit by its other names, and saving a name does not touch the unit.
    index.insert_or_update_object(unit)
    return alias


@action
def end_unit(*, by: User, unit: Unit, day: datetime.date, successor: Unit | None = None) -> Unit:
    """The unit with its last day and the unit that follows it."""
    check_can_manage_units(by)
    unit.valid_to = day
    unit.successor = successor
    unit.full_clean(exclude=["path"])
    unit.save()
    return unit


@action
def create_person(
    *,
    by: User,
    username: str,
    full_name: str,
    email: str = "",
    password: str | None = None,
    is_superuser: bool = False,
) -> User:
    """The new account; without a password the person sets one by the reset message."""
    check_can_manage_people(by)
    person = User(
        username=username, full_name=" ".join(full_name.split()), email=email, is_superuser=is_superuser
    )
    if password is None:
        person.set_unusable_password()
    else:
        validate_password(password, person)
        person.set_password(password)
    person.full_clean()
    person.save()
    note(
        person, {"username": [None, username], "full_name": [None, person.full_name], "email": [None, email]}
    )
    return person


@action
def record_account_change(*, by: User, person: User, fields: list[str]) -> None:
    """Leaves an entry that these fields of the account were set; passwords are named, never shown."""
    check_can_manage_people(by)
    secret = {"password", "password1", "password2"}
    note(
        person, {name: [None, "***" if name in secret else str(getattr(person, name, ""))] for name in fields}
    )


@action
def appoint(
    *, by: User, person: User, unit: Unit, role: Role | str, from_date: datetime.date, title: str = ""
) -> Post:
    """The post that the person holds in the unit from the day on."""
    check_can_manage_people(by)
    post = Post(person=person, unit=unit, role=Role(role), title=title, from_date=from_date)
    post.full_clean()
    post.save()
    return post


@action
def edit_post(*, by: User, post: Post) -> Post:
    """The post as changed by a form."""
    check_can_manage_people(by)
    post.full_clean()
    post.save()
    return post


@action
def end_post(*, by: User, post: Post, day: datetime.date) -> Post:
    """The post with its last day."""
    check_can_manage_people(by)
    post.to_date = day
    post.full_clean()
    post.save()
    return post


@action
def give_charge(*, by: User, person: User, unit: Unit, from_date: datetime.date) -> Charge:
    """The charge of the unit's work that the director or deputy has from the day on."""
    check_can_manage_people(by)
    held = roles_of(person, from_date)
    if not held & {Role.DIRECTOR, Role.DEPUTY_DIRECTOR}:
        raise ValidationError({"person": _("Only a director or deputy director can have units in charge.")})
    charge = Charge(person=person, unit=unit, from_date=from_date)
    charge.full_clean()
    charge.save()
    return charge


@action
def edit_charge(*, by: User, charge: Charge) -> Charge:
    """The charge as changed by a form."""
    check_can_manage_people(by)
    charge.full_clean()
    charge.save()
    return charge
