"""Who may look at background work and who may act on it. Which posts bring this, `khuevan.people` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from khuevan.people.models import User  # Types only: this app stands below people.


def can_see_background_work(user: User | AnonymousUser) -> bool:
    """Whether the person may look at the schedule, the workers and what failed."""
    return user.has_perm("background.view_periodicjob") or can_manage_background_work(user)


def check_can_see_background_work(user: User | AnonymousUser) -> None:
    """Raises PermissionDenied with the reason when the person may not look."""
    if not can_see_background_work(user):
        raise PermissionDenied(
            _("Background work is shown to administrators, planning officers and auditors.")
        )


def can_manage_background_work(user: User | AnonymousUser) -> bool:
    """Whether the person may pause jobs, resume them and have them run out of turn."""
    return user.has_perm("background.change_periodicjob")


def check_can_manage_background_work(user: User | AnonymousUser) -> None:
    """Raises PermissionDenied with the reason when the person may not act."""
    if not can_manage_background_work(user):
        raise PermissionDenied(_("Only administrators may pause background work or have it run."))
