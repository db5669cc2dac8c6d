"""What those who order work ask first: whether a part is in force, and whom a group stands for."""

from __future__ import annotations

from datetime import date

from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit
from khuevan.programme.models import Assignment


def is_in_force(assignment: Assignment) -> bool:
    """Whether neither an amended plan dropped the assignment nor an officer ended it."""
    return assignment.ended_at is None and assignment.dropped_in_id is None


def units_of_group(group: Unit, day: date) -> list[Unit]:
    """The units that a group stands for on the day: those beside it in the register, in its order."""
    if group.parent_id is None:
        return []
    beside = Unit.objects.on(day).filter(parent=group.parent_id).exclude(kind=UnitKind.GROUP)
    return list(beside.order_by("path"))
