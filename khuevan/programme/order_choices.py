"""Units to choose from when work is assigned: the register's tree, cut into the groups of a select field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from khuevan.people.models import Unit
from khuevan.people.queries import units_on

Choice = tuple[int | str, str]
Groups = list[tuple[str, list[Choice]]]


def unit_groups(day: date, *, without: Collection[int] = ()) -> Groups:
    """The units that exist on the day, each once: a body with those below it, then those that stand alone.

    The label of a group is its body's name. A body that has a group of its own stands first in it. One query.
    """
    units = [unit for unit in units_on(day) if unit.pk not in without]
    return grouped(units)


def grouped(units: Sequence[Unit]) -> Groups:
    """The units, in tree order, as `unit_groups` gives them."""
    parents = {unit.parent_id for unit in units}
    groups: dict[int | None, tuple[str, list[Choice]]] = {}
    for unit in units:
        if unit.pk in parents:
            groups[unit.pk] = (unit.name, [(unit.pk, label_of(unit))])
    for unit in units:
        if unit.pk in groups:
            continue
        holder = unit.parent_id if unit.parent_id in groups else None
        if holder not in groups:
            groups[None] = (_("Other units"), [])
        groups[holder][1].append((unit.pk, label_of(unit)))
    return list(groups.values())


def label_of(unit: Unit) -> str:
    """The unit's name with its abbreviation, by which officers know it."""
    return f"{unit.name} ({unit.short_name})" if unit.short_name else unit.name
