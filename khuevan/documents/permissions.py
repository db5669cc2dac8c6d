"""Who reads the register, who registers and numbers, who writes, reviews and sends.

Functions take the day, because posts begin and end. Nobody decides on the own draft; an auditor writes nothing.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.documents.choices import OPEN_STATES, WRITABLE_STATES, DraftState, Seat, StepState
from khuevan.documents.models import Draft, ReviewStep
from khuevan.people.choices import DIRECTORS, SEES_EVERYTHING, Role
from khuevan.people.models import Charge, Unit, User
from khuevan.people.queries import SYSTEM_USERNAME, posts_once, remembered, roles_once

KEEPS_THE_REGISTER: frozenset[Role] = frozenset({Role.CLERK})
READS_THE_REGISTER: frozenset[Role] = SEES_EVERYTHING | KEEPS_THE_REGISTER
SETS_UP_DOCUMENTS: frozenset[Role] = frozenset({Role.CLERK, Role.ADMINISTRATOR})
WRITES_DRAFTS: frozenset[Role] = (
    frozenset({Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.PLANNING_OFFICER, Role.EDITOR, Role.CLERK}) | DIRECTORS
)
KEEPS_TEMPLATES: frozenset[Role] = frozenset({Role.UNIT_HEAD, Role.CLERK})
READS_ALL_DRAFTS: frozenset[Role] = frozenset({Role.AUDITOR})


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    return user.is_active and not roles.isdisjoint(roles_once(user, day))


def reads_register(user: User, day: date) -> bool:
    """Whether `user` reads every registered document on `day`, not only those of the own units."""
    return _holds(user, READS_THE_REGISTER, day)


def can_keep_register(user: User, day: date) -> bool:
    """Whether `user` may register, number, sign on paper and dispatch documents on `day`."""
    # The installation's own account lives through the demonstration's year; nobody can sign in with it.
    return user.username == SYSTEM_USERNAME or _holds(user, KEEPS_THE_REGISTER, day)


def check_can_keep_register(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may register and number documents on `day`."""
    if not can_keep_register(user, day):
        raise PermissionDenied(_("Only records clerks register, number and dispatch documents."))


def can_set_up_documents(user: User, day: date) -> bool:
    """Whether `user` may change types, books of numbers, routes and correspondents on `day`."""
    return user.username == SYSTEM_USERNAME or _holds(user, SETS_UP_DOCUMENTS, day)


def check_can_set_up_documents(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may change types, books and routes on `day`."""
    if not can_set_up_documents(user, day):
        raise PermissionDenied(
            _("Only records clerks and administrators change types, books, routes and correspondents.")
        )


def can_keep_templates(user: User, day: date) -> bool:
    """Whether `user` may make a text of the department's a template on `day`: heads of units and clerks."""
    return user.username == SYSTEM_USERNAME or _holds(user, KEEPS_TEMPLATES, day)


def check_can_keep_templates(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may keep templates on `day`."""
    if not can_keep_templates(user, day):
        raise PermissionDenied(_("Only heads of units and records clerks keep templates."))


def writing_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units in whose name `user` writes drafts on `day`: those of the own posts; asked once a request."""
    return remembered(
        user,
        "_writes_asked",
        day,
        lambda: frozenset(
            post.unit_id for post in posts_once(user, day) if post.role in WRITES_DRAFTS and user.is_active
        ),
    )


def can_draft_for(user: User, unit: Unit, day: date) -> bool:
    """Whether `user` may begin a draft in the unit's name on `day`."""
    return unit.pk in writing_unit_ids(user, day)


def check_can_draft_for(user: User, unit: Unit, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may begin a draft in the unit's name."""
    if not can_draft_for(user, unit, day):
        raise PermissionDenied(_("You may draft only in the name of a unit in which you hold a post."))


def headed_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units that `user` heads on `day`, without those below; asked once a request."""
    return remembered(
        user,
        "_document_heads_asked",
        day,
        lambda: frozenset(post.unit_id for post in posts_once(user, day) if post.role == Role.UNIT_HEAD),
    )


def sees_draft(user: User, draft: Draft, day: date) -> bool:
    """Whether `user` may read the draft on `day`.

    Its unit reads it, whoever holds a seat that it has reached, the clerks once it is approved, an auditor.
    """
    if not user.is_active:
        return False
    if draft.drafter_id == user.pk or draft.unit_id in writing_unit_ids(user, day):
        return True
    if _holds(user, READS_ALL_DRAFTS, day):
        return True
    if draft.state in {DraftState.APPROVED, DraftState.ISSUED} and can_keep_register(user, day):
        return True
    if draft.signer_id == user.pk and draft.state != DraftState.DRAFTING:
        return True
    # A seat that was skipped at once was never reached: whoever sits on it later was not asked.
    reached = [step for step in draft.review_steps.all() if step.reached_at is not None]
    return any(step.decided_by_id == user.pk or sits_on(user, step, day) for step in reached)


def check_sees_draft(user: User, draft: Draft, day: date) -> None:
    """Raises PermissionDenied unless `user` may read the draft on `day`."""
    if not sees_draft(user, draft, day):
        raise PermissionDenied(_("This draft belongs to another unit."))


def can_comment_on(user: User, draft: Draft, day: date) -> bool:
    """Whether `user` may say something about the draft on `day`: who reads it, but an auditor, while it is open."""
    return draft.state in OPEN_STATES and sees_draft(user, draft, day) and not _only_audits(user, draft, day)


def check_can_comment_on(user: User, draft: Draft, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may comment on the draft on `day`."""
    check_sees_draft(user, draft, day)
    if _only_audits(user, draft, day):
        raise PermissionDenied(_("An auditor reads drafts and writes nothing about them."))
    if draft.state not in OPEN_STATES:
        raise PermissionDenied(_("This draft is issued or given up: nothing more is said about it."))


def _only_audits(user: User, draft: Draft, day: date) -> bool:
    if draft.drafter_id == user.pk or draft.unit_id in writing_unit_ids(user, day):
        return False
    return _holds(user, READS_ALL_DRAFTS, day)


def can_write_draft(user: User, draft: Draft, day: date) -> bool:
    """Whether `user` may change the draft on `day`: its unit's people, while it is not with a reviewer."""
    return draft.state in WRITABLE_STATES and draft.unit_id in writing_unit_ids(user, day)


def check_can_write_draft(user: User, draft: Draft, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may change the draft on `day`."""
    if draft.unit_id not in writing_unit_ids(user, day):
        raise PermissionDenied(_("Only the people of the drafting unit change its draft."))
    if draft.state not in WRITABLE_STATES:
        raise PermissionDenied(_("A draft that is in review, approved or issued is no longer changed."))


def _charges_on(user: User, day: date) -> dict[int, frozenset[int]]:
    """Who has each unit in charge on the day, by the unit's key; asked once a request, however long a list is."""

    def ask() -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for unit, person in Charge.objects.on(day).values_list("unit", "person"):
            found.setdefault(unit, set()).add(person)
        return {unit: frozenset(people) for unit, people in found.items()}

    return remembered(user, "_document_charges_asked", day, ask)


def sits_on(user: User, step: ReviewStep, day: date) -> bool:
    """Whether the step's seat is `user`'s on `day`, whatever the step's state."""
    draft = step.draft
    if step.seat == Seat.SIGNER:
        return draft.signer_id == user.pk
    if step.seat == Seat.DIRECTOR:
        return _holds(user, frozenset({Role.DIRECTOR}), day)
    if step.seat == Seat.DEPUTY:
        in_charge = _charges_on(user, day).get(draft.unit_id, frozenset())
        if in_charge:
            return user.pk in in_charge and _holds(user, DIRECTORS, day)
        return _holds(user, frozenset({Role.DEPUTY_DIRECTOR}), day)
    if step.unit_id is not None:
        return step.unit_id in headed_unit_ids(user, day)
    return False


def can_decide(user: User, step: ReviewStep, day: date) -> bool:
    """Whether `user` may approve or return the draft at this step on `day`."""
    return (
        user.is_active
        and step.state == StepState.CURRENT
        and step.draft.drafter_id != user.pk
        and sits_on(user, step, day)
    )


def check_can_decide(user: User, step: ReviewStep, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may decide at this step on `day`."""
    if step.state != StepState.CURRENT:
        raise PermissionDenied(_("This step is not waiting for a decision."))
    if step.draft.drafter_id == user.pk:
        raise PermissionDenied(_("Nobody decides on the own draft."))
    if not can_decide(user, step, day):
        raise PermissionDenied(_("This step waits for somebody else."))
