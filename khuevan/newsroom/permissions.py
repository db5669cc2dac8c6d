"""Who writes, publishes, corrects and lets reporters in. Functions take the day, because posts begin and end."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once

# Who writes pieces, and translates them.
WRITES: frozenset[Role] = frozenset({Role.EDITOR, Role.UNIT_OFFICER, Role.PLANNING_OFFICER, Role.UNIT_HEAD})
# Who may let a piece out, correct or withdraw it, and let a reporter in before its embargo ends.
PUBLISHES: frozenset[Role] = frozenset({Role.EDITOR, Role.UNIT_HEAD}) | DIRECTORS
KEEPS_THE_LIBRARY: frozenset[Role] = frozenset({Role.EDITOR, Role.UNIT_OFFICER, Role.PLANNING_OFFICER})


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    return user.is_active and not roles.isdisjoint(roles_once(user, day))


def can_write(user: User, day: date) -> bool:
    """Whether `user` writes and translates pieces on `day`."""
    return _holds(user, WRITES, day)


def can_publish(user: User, day: date) -> bool:
    """Whether `user` lets pieces out, corrects and withdraws them on `day`."""
    return _holds(user, PUBLISHES, day)


def check_can_publish(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` lets pieces out on `day`."""
    if not can_publish(user, day):
        raise PermissionDenied(
            _("Only editors, heads of units and directors publish, correct and withdraw pieces.")
        )


def can_keep_library(user: User, day: date) -> bool:
    """Whether `user` adds pictures, films and documents to the library on `day`."""
    return _holds(user, KEEPS_THE_LIBRARY, day)
