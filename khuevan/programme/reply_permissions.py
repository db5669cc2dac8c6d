"""Who comes to the list of reports that wait to be accepted; `permissions` says who may judge each of them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once
from khuevan.programme.permissions import can_order_work


def can_judge_anything(user: User, day: date) -> bool:
    """Whether there may be reports that `user` may judge on `day`: planning officers, directors, heads."""
    return can_order_work(user, day) or (user.is_active and Role.UNIT_HEAD in roles_once(user, day))


def check_can_judge_anything(user: User, day: date) -> None:
    """Raises PermissionDenied unless there may be reports that `user` may judge on `day`."""
    if not can_judge_anything(user, day):
        raise PermissionDenied(_("Reports are accepted by heads of units, planning officers and directors."))
