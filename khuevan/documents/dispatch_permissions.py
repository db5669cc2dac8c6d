"""Who sends documents, and who confirms for a unit that one arrived."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.documents.choices import Channel
from khuevan.documents.models import Dispatch
from khuevan.documents.permissions import can_keep_register, reads_register, writing_unit_ids
from khuevan.people.models import User


def can_follow_dispatches(user: User, day: date) -> bool:
    """Whether `user` may look at all dispatches and at what came as edXML on `day`."""
    return can_keep_register(user, day) or reads_register(user, day)


def check_can_follow_dispatches(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may look at all dispatches on `day`."""
    if not can_follow_dispatches(user, day):
        raise PermissionDenied(
            _("What is sent out is followed by records clerks; your units' documents are under “Sent to us”.")
        )


def can_confirm_receipt(user: User, dispatch: Dispatch, day: date) -> bool:
    """Whether `user` may say for the receiving unit on `day` that the document arrived there."""
    unit = dispatch.correspondent.unit_id if dispatch.correspondent is not None else None
    return (
        user.is_active
        and dispatch.channel == Channel.INTERNAL
        and unit is not None
        and unit in writing_unit_ids(user, day)
    )


def check_can_confirm_receipt(user: User, dispatch: Dispatch, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may confirm the receipt on `day`."""
    if not can_confirm_receipt(user, dispatch, day):
        raise PermissionDenied(_("Only the people of the receiving unit confirm that a document arrived."))
