"""Writes about what came back: the recipient's word, the outbox's, a status message's."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.holding_back import mails_held_back
from khuevan.documents.choices import Channel, DispatchState
from khuevan.documents.dispatch_course import leads_to, reach
from khuevan.documents.dispatch_permissions import check_can_confirm_receipt
from khuevan.documents.models import Dispatch
from khuevan.documents.permissions import check_can_keep_register
from khuevan.outbox.choices import MailState, Trouble
from khuevan.outbox.queries import MailCourse, courses_of
from khuevan.people.models import User

# What a clerk may be told by telephone, on paper, or by a signature in the delivery book.
MAY_BE_RECORDED: tuple[DispatchState, ...] = (
    DispatchState.SENT,
    DispatchState.ARRIVED,
    DispatchState.RECEIVED,
    DispatchState.PROCESSED,
    DispatchState.REFUSED,
    DispatchState.FAILED,
)
MAILS_AT_ONCE = 500


def recordable_states(dispatch: Dispatch) -> list[DispatchState]:
    """The states that a clerk may record for the dispatch as it stands now."""
    if dispatch.state in {DispatchState.PREPARED, DispatchState.RECALLED}:
        return []
    return [state for state in MAY_BE_RECORDED if leads_to(dispatch.state, state)]


@action
def record_answer(*, by: User, dispatch: Dispatch, state: DispatchState | str, words: str = "") -> Dispatch:
    """The dispatch with what the clerk was told of it: handed over, signed for, refused, not arrived.

    `words` say by whom or why; a refusal needs them. A mail that still waits is withdrawn by it; while one is leaving
    it raises ValidationError.
    """
    check_can_keep_register(by, clock.today())
    fresh = _locked(dispatch)
    said = DispatchState(state)
    if said not in recordable_states(fresh):
        raise ValidationError(
            {"state": _("This does not follow from how it stands now: %s.") % fresh.get_state_display()}
        )
    text = words.strip()
    if said in {DispatchState.REFUSED, DispatchState.FAILED} and not text:
        raise ValidationError({"words": _("Say why: whoever looks at it next will ask.")})
    trouble = text if said in {DispatchState.REFUSED, DispatchState.FAILED} else ""
    if said in {DispatchState.FAILED, DispatchState.REFUSED}:
        # The clerk knows better than the mail server: its mail is no longer followed. One that still waits must
        # not leave later beside the next one.
        _held, leaving = mails_held_back([fresh])
        if leaving:
            raise ValidationError(_("A mail is just leaving: try again in a minute."))
        fresh.mail_key = ""
    reach(fresh, said, told_by=by, words=text, trouble=trouble)
    return fresh


@action
def confirm_receipt(*, by: User, dispatch: Dispatch, words: str = "", finished: bool = False) -> Dispatch:
    """The dispatch that the receiving unit has; `finished`: it has also done what was asked."""
    fresh = _locked(dispatch)
    check_can_confirm_receipt(by, fresh, clock.today())
    if fresh.state == DispatchState.RECALLED:
        raise ValidationError(_("The document was recalled by its sender: it is no longer used."))
    state = DispatchState.PROCESSED if finished else DispatchState.RECEIVED
    if fresh.state == DispatchState.PREPARED or not leads_to(fresh.state, state):
        raise ValidationError(_("Somebody of your unit has confirmed this already."))
    reach(fresh, state, told_by=by, words=words.strip())
    return fresh


@action
def follow_mail_courses(*, by: User) -> int:
    """How many dispatches moved because of what became of their mails. The outbox knows; it is asked here.

    Nobody tells it, so the events name no person.
    """
    rows = (
        Dispatch.objects.select_for_update(of=("self",))
        .filter(
            channel=Channel.EMAIL,
            state__in=[DispatchState.QUEUED, DispatchState.UNCERTAIN, DispatchState.FAILED],
        )
        .exclude(mail_key="")
        .order_by("pk")
    )
    moved = 0
    open_rows = list(rows)
    for start in range(0, len(open_rows), MAILS_AT_ONCE):
        piece: Sequence[Dispatch] = open_rows[start : start + MAILS_AT_ONCE]
        courses = courses_of([row.mail_key for row in piece])
        for row in piece:
            course = courses.get(row.mail_key)
            state = _state_of(course) if course is not None else None
            if course is None or state is None or not leads_to(row.state, state):
                continue
            reach(row, state, told_by=None, trouble=_trouble_of(course))
            moved += 1
    return moved


def _state_of(course: MailCourse) -> DispatchState | None:
    match course.state:
        case MailState.SENT:
            return DispatchState.SENT
        case MailState.REFUSED | MailState.WITHDRAWN:
            return DispatchState.FAILED
        case MailState.UNCERTAIN:
            return DispatchState.UNCERTAIN
        case MailState.WAITING | MailState.SENDING:
            return DispatchState.QUEUED


def _trouble_of(course: MailCourse) -> str:
    if course.state == MailState.WITHDRAWN:
        return _("The mail was withdrawn before it left.")
    if course.state not in {MailState.REFUSED, MailState.UNCERTAIN} or not course.trouble:
        return ""
    told = str(Trouble(course.trouble).label)
    return f"{told} ({course.last_error})" if course.last_error else told


def _locked(dispatch: Dispatch) -> Dispatch:
    fresh: Dispatch = (
        Dispatch.objects.select_for_update(of=("self",)).select_related("correspondent").get(pk=dispatch.pk)
    )
    return fresh
