"""Writes of a review: a draft submitted, approved or returned at each seat, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.comments import comment_on_draft
from khuevan.documents.choices import DraftState, Seat, StepState
from khuevan.documents.draft_secrecy import refuse_marked_lines
from khuevan.documents.models import CheckConfirmation, Draft, ReviewStep
from khuevan.documents.permissions import check_can_decide, check_can_write_draft
from khuevan.documents.presenters.checks import check_sentence
from khuevan.documents.presenters.review_mails import tell_approved, tell_reached, tell_returned
from khuevan.documents.queries.reviewing import PlannedStep, holders_of, planned_steps, route_of
from khuevan.documents.review_permissions import check_can_confirm_warning, check_can_take_back
from khuevan.documents.rules import checks_of, errors_of
from khuevan.people.models import User

MOST_CHARACTERS = 4000


@action
def submit_draft(*, by: User, draft: Draft, words: str = "") -> Draft:
    """The draft, on its way to approval: a new round of its route, the first seat told by mail.

    `words` go along as a comment on the whole draft. Raises ValidationError with one sentence for each check that
    stands in the way, or where nobody could decide.
    """
    day = clock.today()
    fresh = _locked(draft)
    check_can_write_draft(by, fresh, day)
    if failed := errors_of(fresh, day):
        raise ValidationError([check_sentence(item.finding) for item in failed])
    planned = _way_of(fresh, day)
    if words.strip():
        comment_on_draft(by=by, draft=fresh, text=words)
    fresh.review_round += 1
    fresh.state, fresh.approved_version = DraftState.IN_REVIEW, None
    fresh.save()
    _keep_steps(fresh, planned)
    _open_next(fresh, day)
    return fresh


@action
def approve_step(*, by: User, step: ReviewStep, seen_version: int, words: str = "") -> Draft:
    """The draft, approved at this seat and passed on to the next; after the last seat it waits for its number."""
    day = clock.today()
    fresh, own = _locked_step(step)
    check_can_decide(by, own, day)
    if seen_version != fresh.version:
        raise ValidationError(
            _("The draft is no longer the version that you read: look at version %(number)s first.")
            % {"number": fresh.version}
        )
    _decide(by, own, StepState.APPROVED, words)
    _open_next(fresh, day)
    return fresh


@action
def return_step(*, by: User, step: ReviewStep, reason: str) -> Draft:
    """The draft, back with whoever writes it; what was decided at earlier seats stays readable."""
    fresh, own = _locked_step(step)
    check_can_decide(by, own, clock.today())
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is to be changed.")})
    _decide(by, own, StepState.RETURNED, reason)
    fresh.state = DraftState.RETURNED
    fresh.save()
    tell_returned(own)
    return fresh


@action
def take_back(*, by: User, draft: Draft, reason: str = "") -> Draft:
    """The draft, in the drafter's hands again; with a reason once somebody has decided on it."""
    fresh = _locked(draft)
    check_can_take_back(by, fresh, clock.today())
    words = _checked_words(reason)
    steps = fresh.review_steps.filter(round=fresh.review_round)
    if not words and steps.filter(decided_by__isnull=False).exists():
        raise ValidationError({"reason": _("Somebody has decided on the draft already: give the reason.")})
    for current in steps.filter(state=StepState.CURRENT):
        current.state = StepState.SKIPPED
        current.words = _("Taken back by %(person)s.") % {"person": by.full_name} + (
            f" {words}" if words else ""
        )
        current.save()
    fresh.state, fresh.approved_version = DraftState.DRAFTING, None
    fresh.save()
    if words and not steps.filter(words__endswith=words).exists():
        comment_on_draft(by=by, draft=fresh, text=words)
    return fresh


@action
def confirm_warning(*, by: User, draft: Draft, key: str, reason: str) -> CheckConfirmation:
    """The warning that the person lets stand; raises ValidationError where the draft bears no such warning now."""
    day = clock.today()
    fresh = _locked(draft)
    check_can_confirm_warning(by, fresh, day)
    found = next((item for item in checks_of(fresh, day) if item.finding.key == key), None)
    if found is None:
        raise ValidationError(_("The draft no longer bears this warning: look at it anew."))
    if found.is_error:
        raise ValidationError(_("This is not a warning: it has to be mended."))
    if found.confirmation is not None:
        return found.confirmation
    words = _checked_words(reason)
    if not words:
        raise ValidationError({"reason": _("Say why the warning may stand.")})
    confirmation = CheckConfirmation(
        draft=fresh,
        code=found.finding.rule.code,
        key=key,
        shown=found.finding.found.shown[:500],
        reason=words[:500],
        confirmed_at=clock.now(),
        confirmed_by=by,
    )
    confirmation.save()
    return confirmation


def _locked(draft: Draft) -> Draft:
    fresh: Draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("book__unit", "type", "unit", "drafter", "signer", "route")
        .get(pk=draft.pk)
    )
    return fresh


def _locked_step(step: ReviewStep) -> tuple[Draft, ReviewStep]:
    # The draft first, as everywhere, so that two who decide at once wait for each other at one row.
    fresh = _locked(step.draft)
    own: ReviewStep = ReviewStep.objects.select_related("unit").get(pk=step.pk)
    own.draft = fresh
    return fresh, own


def _checked_words(text: str) -> str:
    words = text.strip()
    if len(words) > MOST_CHARACTERS:
        raise ValidationError(_("At most %(most)s characters are kept.") % {"most": MOST_CHARACTERS})
    refuse_marked_lines(words.splitlines())
    return words


def _way_of(draft: Draft, day: date) -> list[PlannedStep]:
    route = route_of(draft, day)
    if route is None:
        raise ValidationError(
            _(
                "No route of approval is in use for this type: a records clerk or an administrator sets one up."
            )
        )
    planned = planned_steps(draft, route, day)
    if any(item.seat == Seat.SIGNER and not item.holders for item in planned):
        raise ValidationError(
            _("Choose who signs: without a signer nobody can approve the draft at the end.")
        )
    if all(item.skipped_because for item in planned):
        raise ValidationError(
            _(
                "Every seat of the route would be skipped, so nobody could approve: choose another signer or route."
            )
        )
    return planned


def _keep_steps(draft: Draft, planned: Sequence[PlannedStep]) -> None:
    for order, item in enumerate(planned, start=1):
        step = ReviewStep(
            draft=draft,
            round=draft.review_round,
            order=order,
            seat=item.seat,
            unit=item.unit,
            state=StepState.SKIPPED if item.skipped_because else StepState.WAITING,
            words=item.skipped_because,
        )
        step.save()


def _decide(by: User, step: ReviewStep, state: StepState, words: str) -> None:
    step.state, step.words = state, _checked_words(words)
    step.version = step.draft.version
    step.decided_at, step.decided_by = clock.now(), by
    step.save()


def _open_next(draft: Draft, day: date) -> None:
    """Passes the draft on to the next seat; approves it where none is left."""
    waiting = draft.review_steps.filter(round=draft.review_round, state=StepState.WAITING)
    for step in waiting.select_related("unit").order_by("order"):
        step.draft = draft
        holders = [
            person for person in holders_of(step.seat, step.unit, draft, day) if person.pk != draft.drafter_id
        ]
        if not holders and step.seat != Seat.SIGNER:
            # Vacated since the draft was submitted.
            step.state, step.words = StepState.SKIPPED, _("Nobody holds this seat.")
            step.save()
            continue
        step.state, step.reached_at = StepState.CURRENT, clock.now()
        step.save()
        tell_reached(step, holders)
        return
    draft.state, draft.approved_version = DraftState.APPROVED, draft.version
    draft.save()
    tell_approved(draft)
