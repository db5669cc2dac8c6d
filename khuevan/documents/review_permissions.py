"""Who submits a draft, takes it back, and answers for a warning. Who decides is in `permissions`."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.documents.choices import DraftState
from khuevan.documents.models import Draft
from khuevan.documents.permissions import can_write_draft, headed_unit_ids, sees_draft, writing_unit_ids
from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once

DECIDES: frozenset[Role] = DIRECTORS | {Role.UNIT_HEAD}
# With somebody who decides, or decided on and not yet numbered.
ON_ITS_WAY: frozenset[str] = frozenset({DraftState.IN_REVIEW, DraftState.APPROVED})


def can_submit(user: User, draft: Draft, day: date) -> bool:
    """Whether `user` may submit the draft on `day`: whoever writes it."""
    return can_write_draft(user, draft, day)


def can_take_back(user: User, draft: Draft, day: date) -> bool:
    """Whether `user` may take the draft back on `day`: its drafter, or the head of its unit."""
    if draft.state not in ON_ITS_WAY or not user.is_active:
        return False
    own = draft.drafter_id == user.pk and draft.unit_id in writing_unit_ids(user, day)
    return own or draft.unit_id in headed_unit_ids(user, day)


def check_can_take_back(user: User, draft: Draft, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may take the draft back on `day`."""
    if draft.state not in ON_ITS_WAY:
        raise PermissionDenied(_("Only a draft that is in review or waits for its number is taken back."))
    if not can_take_back(user, draft, day):
        raise PermissionDenied(_("Only the drafter, or the head of the drafting unit, takes a draft back."))


def can_confirm_warning(user: User, draft: Draft, day: date) -> bool:
    """Whether `user` may let a warning stand on `day`: its unit, before the number is given."""
    open_states = {DraftState.DRAFTING, DraftState.RETURNED, DraftState.IN_REVIEW, DraftState.APPROVED}
    return (
        draft.state in open_states
        and draft.unit_id in writing_unit_ids(user, day)
        and sees_draft(user, draft, day)
    )


def check_can_confirm_warning(user: User, draft: Draft, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may let a warning about the draft stand on `day`."""
    if not can_confirm_warning(user, draft, day):
        raise PermissionDenied(_("Only the people of the drafting unit answer for a warning."))


def decides_on_drafts(user: User, day: date) -> bool:
    """Whether drafts may come to `user` for a decision on `day`: heads of units and directors."""
    return user.is_active and not DECIDES.isdisjoint(roles_once(user, day))
