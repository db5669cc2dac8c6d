"""Routes to try, and drafts of the demonstration on their way along them.

Written by the same actions as people's clicks. A second call adds nothing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from khuevan.core import clock
from khuevan.documents.actions import SeatOnRoute, approve_step, keep_route, submit_draft
from khuevan.documents.choices import DraftState, Seat, StepState
from khuevan.documents.models import DocumentType, Draft, DraftVersion, ReviewStep, Route
from khuevan.documents.queries.reviewing import holders_of
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User

STANDARD = "Quy trình chung"
LETTERS = "Quy trình công văn"
# How far each draft has come, in the order in which they were begun: approvals after it was submitted.
_APPROVALS = (2, 1)

log = logging.getLogger(__name__)


def create_demonstration_routes(*, by: User) -> int:
    """How many routes were added: one for all types, a short one for letters."""
    check_demonstration_is_allowed()
    if Route.objects.exists():
        return 0
    letter = DocumentType.objects.filter(name="Công văn").first()
    keep_route(
        by=by,
        route=Route(name=STANDARD),
        seats=[
            SeatOnRoute(seat)
            for seat in (Seat.DRAFTING_HEAD, Seat.OFFICE, Seat.DEPUTY, Seat.DIRECTOR, Seat.SIGNER)
        ],
    )
    keep_route(
        by=by,
        route=Route(name=LETTERS, type=letter),
        seats=[SeatOnRoute(seat) for seat in (Seat.DRAFTING_HEAD, Seat.DEPUTY, Seat.SIGNER)],
    )
    return 2


def move_demonstration_drafts() -> int:
    """How many drafts were submitted by their drafters and approved by those who hold the first seats."""
    check_demonstration_is_allowed()
    if ReviewStep.objects.exists():
        return 0
    moved = 0
    # The words that are kept are the office's, whatever language the command speaks.
    with translation.override("vi"):
        for draft in Draft.objects.filter(state=DraftState.DRAFTING).order_by("pk"):
            if moved == len(_APPROVALS):
                break
            moved += _moved(draft, _APPROVALS[moved])
    return moved


def _moved(draft: Draft, approvals: int) -> int:
    last = DraftVersion.objects.filter(draft=draft).order_by("-number").first()
    moment = (last.saved_at if last is not None else clock.now()) + timedelta(hours=1)
    try:
        with clock.stopped_at(moment):
            submitted = submit_draft(by=draft.drafter, draft=draft, words="Kính trình lãnh đạo xem xét.")
    except (PermissionDenied, ValidationError) as refused:
        # A draft that the checks stop stays with its drafter, as in an office.
        log.debug("Demonstration draft %s was not submitted: %s", draft.pk, refused)
        return 0
    for number in range(approvals):
        if not _approved(submitted, moment + timedelta(hours=number + 1)):
            break
    return 1


def _approved(draft: Draft, moment: datetime) -> bool:
    step = ReviewStep.objects.filter(draft=draft, state=StepState.CURRENT).select_related("unit").first()
    if step is None:
        return False
    with clock.stopped_at(moment):
        day = clock.today()
        holders = [
            person for person in holders_of(step.seat, step.unit, draft, day) if person != draft.drafter
        ]
        if not holders:
            return False
        approve_step(by=holders[0], step=step, seen_version=draft.version)
    return True
