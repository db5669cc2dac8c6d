"""Who may look at the audit trail. Which posts bring this, `khuevan.people` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from khuevan.people.models import User  # Types only: core knows nothing of people when it runs.


def can_see_trail(user: User | AnonymousUser) -> bool:
    """Whether the person may read every entry of the trail and take it along."""
    return user.has_perm("core.view_auditentry")


def check_can_see_trail(user: User | AnonymousUser) -> None:
    """Raises PermissionDenied with the reason when the person may not read the trail."""
    if not can_see_trail(user):
        raise PermissionDenied(_("The audit trail is shown to administrators, auditors and the director."))
