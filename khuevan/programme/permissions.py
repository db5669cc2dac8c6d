"""Who may import plans, and whose tasks a person sees."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import SEES_EVERYTHING, Role
from khuevan.people.models import User
from khuevan.people.queries import SYSTEM_USERNAME, roles_of

IMPORTERS = frozenset({Role.PLANNING_OFFICER, Role.ADMINISTRATOR})


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    # Page, menu and frame all ask within one request, whose person is one object: the posts are read once.
    asked: dict[date, frozenset[Role]] = user.__dict__.setdefault("_roles_asked", {})
    if day not in asked:
        asked[day] = roles_of(user, day)
    return user.is_active and not roles.isdisjoint(asked[day])


def check_can_import(user: User, day: date) -> None:
    """Raises PermissionDenied, saying why, unless `user` may turn a file into a plan on `day`."""
    if not can_import(user, day):
        raise PermissionDenied(
            _("Only planning officers and administrators may put a plan into the programme.")
        )


def can_import(user: User, day: date) -> bool:
    """Whether `user` may turn a file into a plan on `day`."""
    # The installation's own account imports the sample; nobody can sign in with it.
    return user.username == SYSTEM_USERNAME or _holds(user, IMPORTERS, day)


def reads_all(user: User, day: date) -> bool:
    """Whether `user` reads every plan whole on `day`, not only the tasks of their units."""
    return _holds(user, SEES_EVERYTHING, day)


def check_can_read_source(user: User, day: date) -> None:
    """Raises PermissionDenied unless `user` may read a plan's whole signed text on `day`."""
    if not reads_all(user, day):
        raise PermissionDenied(_("You see the tasks of your own units only."))
