"""Kinds of units, and the roles that a post can carry."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What sort of body a unit is."""

    CITY = "CITY", _("city")
    DEPARTMENT = "DEPARTMENT", _("department")
    DIVISION = "DIVISION", _("division")
    OFFICE = "OFFICE", _("office")
    CENTRE = "CENTRE", _("centre")
    WARD = "WARD", _("ward")
    COMMUNE = "COMMUNE", _("commune")
    DISTRICT = "DISTRICT", _("district (ended in 2025)")
    MINISTRY = "MINISTRY", _("ministry or central body")
    PARTY = "PARTY", _("Party body")
    OUTSIDE = "OUTSIDE", _("outside body")
    GROUP = "GROUP", _("group of units")


class Role(TextChoices):
    """What a post lets its holder do; product.md says who comes for what."""

    PLANNING_OFFICER = "PLANNING_OFFICER", _("planning officer")
    UNIT_OFFICER = "UNIT_OFFICER", _("officer of a unit")
    UNIT_HEAD = "UNIT_HEAD", _("head of a unit")
    CLERK = "CLERK", _("records clerk")
    EDITOR = "EDITOR", _("editor")
    DIRECTOR = "DIRECTOR", _("director")
    DEPUTY_DIRECTOR = "DEPUTY_DIRECTOR", _("deputy director")
    AUDITOR = "AUDITOR", _("auditor")
    ADMINISTRATOR = "ADMINISTRATOR", _("administrator")


# Roles that see the work of every unit.
SEES_EVERYTHING: frozenset[Role] = frozenset(
    {Role.PLANNING_OFFICER, Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR}
)
# Roles that answer for a unit together with the units below it.
ANSWERS_FOR_DESCENDANTS: frozenset[Role] = frozenset({Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY_DIRECTOR})
# Roles that do a unit's own work and answer for it; the head answers for the units below as well.
DOES_THE_WORK: frozenset[Role] = frozenset(
    {Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.PLANNING_OFFICER, Role.EDITOR, Role.CLERK}
)
# Roles whose holders are a unit's officers: they are asked first.
OFFICERS: frozenset[Role] = frozenset({Role.UNIT_OFFICER, Role.PLANNING_OFFICER, Role.EDITOR})
DIRECTORS: frozenset[Role] = frozenset({Role.DIRECTOR, Role.DEPUTY_DIRECTOR})
