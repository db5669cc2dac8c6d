"""Who may change units and people, and who may enter the staff pages."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy

from khuevan.core import clock
from khuevan.people.choices import Role
from khuevan.people.queries import roles_once

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from khuevan.people.models import User

MANAGES_UNITS: frozenset[Role] = frozenset({Role.ADMINISTRATOR, Role.PLANNING_OFFICER})
MANAGES_PEOPLE: frozenset[Role] = frozenset({Role.ADMINISTRATOR})
SEES_BACKGROUND_WORK: frozenset[Role] = frozenset({Role.ADMINISTRATOR, Role.PLANNING_OFFICER, Role.AUDITOR})
MANAGES_BACKGROUND_WORK: frozenset[Role] = frozenset({Role.ADMINISTRATOR})
SEES_MAILS: frozenset[Role] = frozenset(
    {Role.ADMINISTRATOR, Role.PLANNING_OFFICER, Role.AUDITOR, Role.DIRECTOR}
)
MANAGES_MAILS: frozenset[Role] = frozenset({Role.ADMINISTRATOR, Role.PLANNING_OFFICER})
SEES_AUDIT_TRAIL: frozenset[Role] = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.DIRECTOR})


def _holds(user: User, roles: frozenset[Role], day: datetime.date | None) -> bool:
    return bool(roles & roles_once(user, day or clock.today()))


def can_manage_units(user: User, day: datetime.date | None = None) -> bool:
    """Whether the person may create, rename and end units (today, unless a day is given)."""
    return _holds(user, MANAGES_UNITS, day)


def check_can_manage_units(user: User, day: datetime.date | None = None) -> None:
    """Raises PermissionDenied with the reason when the person may not change units."""
    if not can_manage_units(user, day):
        raise PermissionDenied(_("Only planning officers and administrators may change units."))


def can_manage_people(user: User, day: datetime.date | None = None) -> bool:
    """Whether the person may create accounts and give posts (today, unless a day is given)."""
    return _holds(user, MANAGES_PEOPLE, day)


def check_can_manage_people(user: User, day: datetime.date | None = None) -> None:
    """Raises PermissionDenied with the reason when the person may not give posts."""
    if not can_manage_people(user, day):
        raise PermissionDenied(_("Only administrators may create accounts and give posts."))


class PostBackend(ModelBackend):
    """Signs people in by name and password, and takes what they may do in the staff pages from their posts.

    Whoever holds a post today may enter; what a page shows or lets do is decided by the permissions module
    of its app, so only Wagtail's own switches are answered here.
    """

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        """The names of Django permissions that the person holds, those from posts added."""
        granted = set(super().get_all_permissions(user_obj, obj))
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return granted
        return granted | self._from_posts(user_obj)

    def _from_posts(self, user: Any) -> set[str]:
        """Django permissions that today's posts bring; asked once a request."""
        if not hasattr(user, "_permissions_from_posts"):
            roles = roles_once(user, clock.today())
            names: set[str] = set()
            if roles:
                names |= {
                    "wagtailadmin.access_admin",
                    "people.view_unit",
                    "people.view_post",
                    "people.view_charge",
                }
            if roles & MANAGES_UNITS:
                names |= {"people.add_unit", "people.change_unit"}
            if roles & MANAGES_PEOPLE:
                names |= {
                    "people.add_post",
                    "people.change_post",
                    "people.add_charge",
                    "people.change_charge",
                }
            if roles & SEES_BACKGROUND_WORK:
                names.add("background.view_periodicjob")
            if roles & MANAGES_BACKGROUND_WORK:
                names.add("background.change_periodicjob")
            if roles & SEES_MAILS:
                names.add("outbox.view_outgoingmail")
            if roles & MANAGES_MAILS:
                names.add("outbox.change_outgoingmail")
            if roles & SEES_AUDIT_TRAIL:
                names.add("core.view_auditentry")
            user._permissions_from_posts = names
        return set(user._permissions_from_posts)


class KeepingPermissionPolicy(ModelPermissionPolicy):
    """What is kept is ended, never deleted: nobody may delete, superusers neither."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do this to any record of the kind."""
        return action != "delete" and bool(super().user_has_permission(user, action))
