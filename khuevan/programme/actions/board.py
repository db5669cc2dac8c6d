"""What moving a card on the board writes, beside the verdicts and the steps."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.programme.actions.replies import save_reply_draft, send_reply
from khuevan.programme.choices import InstalmentState, ReplyState
from khuevan.programme.models import Instalment, Reply
from khuevan.programme.permissions import check_can_reply

BEGINS_FROM = (InstalmentState.WAITING, InstalmentState.RETURNED)


class DraftWaits(ValidationError):
    """The unit has a draft for the instalment: it is sent or discarded first, so that nobody's words are lost."""


@action
def begin_instalment(*, by: User, instalment: Instalment, text: str) -> Reply:
    """The short reply, sent, with which the unit says that it works on the instalment; how far it was stays.

    Raises DraftWaits where somebody of the unit is writing one already.
    """
    fresh = (
        Instalment.objects.select_for_update(of=("self",))
        .select_related("assignment__task")
        .get(pk=instalment.pk)
    )
    check_can_reply(by, fresh.assignment, clock.today())
    if fresh.state not in BEGINS_FROM:
        raise ValidationError(
            _("The card has been moved meanwhile: it stands under “%(state)s”.")
            % {"state": InstalmentState(fresh.state).label}
        )
    if Reply.objects.filter(instalment=fresh, state=ReplyState.DRAFT).exists():
        raise DraftWaits(_("Your unit has a draft for it: send it, or discard it."))
    draft = save_reply_draft(by=by, instalment=fresh, text=text, percent=fresh.percent)
    return send_reply(by=by, reply=draft)
