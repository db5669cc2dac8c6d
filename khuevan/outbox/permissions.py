"""Who may see the outgoing mails, and who may send one again or hold it back.

Which posts bring these permissions is said where posts are known (khuevan.people.permissions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.outbox.models import OutgoingMail

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: the outbox knows nothing of people when it runs.


def can_view_mails(user: User) -> bool:
    """Whether the person may see every mail that the installation sends."""
    return user.has_perm("outbox.view_outgoingmail")


def check_can_view_mails(user: User) -> None:
    """Raises PermissionDenied with the reason when the person may not see everybody's mails."""
    if not can_view_mails(user):
        raise PermissionDenied(
            _("Only planning officers, directors, auditors and administrators may see everybody's mails.")
        )


def can_view_mail(user: User, mail: OutgoingMail) -> bool:
    """Whether the person may see this mail: one's own always."""
    return mail.person_id == user.pk or can_view_mails(user)


def can_change_mails(user: User) -> bool:
    """Whether the person may send mails again and withdraw them."""
    return user.has_perm("outbox.change_outgoingmail")


def check_can_change_mails(user: User) -> None:
    """Raises PermissionDenied with the reason when the person may not act on mails."""
    if not can_change_mails(user):
        raise PermissionDenied(
            _("Only planning officers and administrators may send mails again or withdraw them.")
        )
