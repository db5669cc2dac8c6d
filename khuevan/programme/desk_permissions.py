"""Who has which desk. The person's posts are read once a request, as in `permissions`."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import DIRECTORS, DOES_THE_WORK, Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once
from khuevan.programme.permissions import sees_the_directors_desk


def check_sees_the_directors_desk(user: User, day: date) -> None:
    """Raises PermissionDenied, saying who may, unless the desk of every unit's work is open to `user`."""
    if not sees_the_directors_desk(user, day):
        raise PermissionDenied(
            _("The director's desk shows the work of every unit: it is open to directors, planning officers,"
              " auditors and administrators.")
        )  # fmt: skip


def heads_a_unit(user: User, day: date) -> bool:
    """Whether `user` heads a unit on `day`, so that there is a unit's desk to show."""
    return _holds(user, frozenset({Role.UNIT_HEAD}), day)


def check_heads_a_unit(user: User, day: date) -> None:
    """Raises PermissionDenied, saying why, unless `user` heads a unit on `day`."""
    if not heads_a_unit(user, day):
        raise PermissionDenied(
            _("The unit's desk shows the work of a unit to its head; you head none today.")
        )


def does_the_work(user: User, day: date) -> bool:
    """Whether `user` works in a unit on `day`, so that there can be work of one's own."""
    return _holds(user, DOES_THE_WORK, day)


def directs(user: User, day: date) -> bool:
    """Whether `user` is a director or a deputy on `day`."""
    return _holds(user, DIRECTORS, day)


def plans_the_work(user: User, day: date) -> bool:
    """Whether `user` is a planning officer on `day`."""
    return _holds(user, frozenset({Role.PLANNING_OFFICER}), day)


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    return user.is_active and not roles.isdisjoint(roles_once(user, day))
