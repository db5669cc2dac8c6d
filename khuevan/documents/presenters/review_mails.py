"""Mails of a review: to whoever a draft reaches, and to its drafter when it comes back or is approved.

Who looks after the outbox reads every mail, but not every draft: title and reviewers' words stay behind the link.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from khuevan.documents.models import Draft, ReviewStep
from khuevan.outbox.actions import queue_mail
from khuevan.people.models import User

REACHED = "DRAFT_TO_DECIDE"
RETURNED = "DRAFT_RETURNED"
APPROVED = "DRAFT_APPROVED"


def tell_reached(step: ReviewStep, holders: Iterable[User]) -> None:
    """Writes one mail to each who may decide now. The key is the step and the person: told once."""
    draft = step.draft
    for person in holders:
        with translation.override(person.language):
            _send(
                key=f"review:{step.pk}:reached:{person.pk}",
                kind=REACHED,
                person=person,
                subject=_("For your decision: %(type)s") % {"type": draft.type.name},
                lines=(
                    _("%(drafter)s, %(unit)s, submits a draft that waits for your decision:")
                    % {"drafter": draft.drafter.full_name, "unit": draft.unit.name},
                    draft.type.name,
                    _("Version %(number)s.") % {"number": draft.version},
                ),
                draft=draft,
                reason=_("You hold the seat “%(seat)s” on the way of this draft.")
                % {"seat": step.get_seat_display()},
            )


def tell_returned(step: ReviewStep) -> None:
    """Writes to the drafter that the draft came back; what is to be changed stands at the draft."""
    draft = step.draft
    with translation.override(draft.drafter.language):
        _send(
            key=f"review:{step.pk}:returned",
            kind=RETURNED,
            person=draft.drafter,
            subject=_("Returned: %(type)s") % {"type": draft.type.name},
            lines=(
                _("%(person)s returned your draft:")
                % {"person": step.decided_by.full_name if step.decided_by else ""},
                draft.type.name,
            ),
            draft=draft,
            reason=_("You drafted this document."),
        )


def tell_approved(draft: Draft) -> None:
    """Writes to the drafter that every seat has approved the draft."""
    with translation.override(draft.drafter.language):
        _send(
            key=f"review:{draft.pk}:{draft.review_round}:approved",
            kind=APPROVED,
            person=draft.drafter,
            subject=_("Approved: %(type)s") % {"type": draft.type.name},
            lines=(
                _("Your draft is approved and waits for its number:"),
                draft.type.name,
            ),
            draft=draft,
            reason=_("You drafted this document."),
        )


def _send(
    *, key: str, kind: str, person: User, subject: str, lines: Iterable[str], draft: Draft, reason: str
) -> None:
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('documents:draft', args=[draft.pk])}"
    queue_mail(
        key=key,
        kind=kind,
        person=person,
        subject=" ".join(subject.split()),
        text="\n\n".join((*(line for line in lines if line), address)) + "\n",
        reason=reason,
    )
