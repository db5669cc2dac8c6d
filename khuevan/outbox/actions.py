"""Queueing a mail, sending one again, withdrawing one, holding back what another app queued."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.core.actions import action, note
from khuevan.core.search import folded_words
from khuevan.outbox import acceptance
from khuevan.outbox.acceptance import UnfitMail
from khuevan.outbox.attachments import Attached, checked, keep
from khuevan.outbox.choices import MAY_BE_RESENT, MailState
from khuevan.outbox.kinds import is_kind
from khuevan.outbox.message import as_sent, composed, sender_domain
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.permissions import check_can_change_mails

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: the outbox knows nothing of people when it runs.

__all__ = ["UnfitMail", "hold_back", "queue_mail", "resend", "withdraw"]


def queue_mail(
    *,
    key: str,
    kind: str,
    subject: str,
    text: str,
    reason: str,
    html: str = "",
    person: User | None = None,
    to_name: str = "",
    to_address: str = "",
    attachments: Sequence[Attached] = (),
) -> OutgoingMail | None:
    """The mail that will be sent once; None where the person's account holds no address that mail can go to.

    Joins the caller's transaction: the mail is kept with the caller's other rows, or not at all. The same
    `key` gives the mail that is already kept, whatever it says, and nothing more is sent.

    The recipient is a `person` (with the name and address of the account) or, for somebody without one, a
    `to_address`; `to_name` may stand beside either. `kind` is a code known to `khuevan.outbox.kinds`. `reason`
    is one sentence, in the recipient's language, that says why this person gets it; it is shown to staff and
    is not part of the mail.

    `attachments` go along as files, kept by their digest; `khuevan.outbox.attachments.fits` says how much does.

    Raises UnfitMail for what the caller gave and mail cannot carry: a line break in subject, name or reason, a
    `to_address` that is none, an empty text, files that are too large. Then nothing was written.
    """
    if not is_kind(kind):
        raise UnfitMail(f"{kind!r} is not a known kind of mail: register it with khuevan.outbox.kinds.")
    if (person is None) == (not to_address):
        raise UnfitMail("A mail goes to a person, or to an address: name one of the two.")
    if person is not None:
        # An account may hold anything; what is wrong with it is for the caller to say, not an error of the call.
        to_name = to_name or " ".join(person.get_full_name().split())
        try:
            to_address = acceptance.address(person.email)
        except UnfitMail:
            return None
    mail = OutgoingMail(
        key=acceptance.one_line(key, "key", 200),
        kind=kind,
        person=person,
        to_name=acceptance.one_line(to_name, _("The recipient's name"), 150),
        to_address=acceptance.address(to_address),
        subject=acceptance.one_line(subject, _("The subject"), 300),
        text=acceptance.body(text),
        html=acceptance.body(html),
        reason=acceptance.one_line(reason, _("The reason"), 300),
        message_id=f"<{uuid.uuid4().hex}@{sender_domain()}>",
        next_attempt_at=timezone.now(),
    )
    if not (mail.key and mail.subject and mail.text and mail.reason):
        raise UnfitMail(_("A mail needs a key, a subject, a text and a reason."))
    mail.folded = folded_words(f"{mail.to_name} {mail.to_address}")[:410]
    files = checked(attachments)
    # Tried now, so that the caller hears of it, and not the sender at night. What the files hold cannot fail, and
    # encoding a large one for each of a hundred recipients would keep the caller's transaction open for a minute.
    as_sent(composed(mail, [replace(file, data=b"-") for file in files]))
    fields = {field.attname: getattr(mail, field.attname) for field in mail._meta.concrete_fields}
    del fields["id"], fields["key"]
    # Mail and files together or not at all, also for a caller without a transaction.
    with transaction.atomic():
        kept, created = OutgoingMail.objects.get_or_create(key=mail.key, defaults=fields)
        if created:
            keep(kept, files)
    return kept


@action
def resend(*, by: User, mail: OutgoingMail) -> OutgoingMail:
    """The uncertain or refused mail, waiting again with its own Message-ID; its attempts are counted anew.

    Raises ValidationError where the mail is in another state by now.
    """
    check_can_change_mails(by)
    changed = OutgoingMail.objects.filter(pk=mail.pk, state=mail.state, state__in=MAY_BE_RESENT).update(
        state=MailState.WAITING,
        next_attempt_at=timezone.now(),
        attempts=0,
        # Whoever had it in hand has no say any more.
        claim=None,
        claimed_at=None,
    )
    if not changed:
        raise ValidationError(_("This mail is no longer one that can be sent again. Look at it anew."))
    note(mail, {"state": [mail.state, MailState.WAITING], "attempts": [mail.attempts, 0]})
    return OutgoingMail.objects.get(pk=mail.pk)


@action
def withdraw(*, by: User, mail: OutgoingMail) -> OutgoingMail:
    """The waiting mail, which will never be sent now. Raises ValidationError where it is no longer waiting."""
    check_can_change_mails(by)
    changed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
        state=MailState.WITHDRAWN, next_attempt_at=None
    )
    if not changed:
        raise ValidationError(_("This mail is no longer waiting, so it cannot be withdrawn."))
    note(mail, {"state": [MailState.WAITING, MailState.WITHDRAWN]})
    return OutgoingMail.objects.get(pk=mail.pk)


def hold_back(*, keys: Collection[str]) -> frozenset[str]:
    """The keys of the mails that cannot be held back, because they are leaving now; none that waited leaves any more.

    For the app that queued them, inside its own action: what it asked for it may take back. Mails that have left
    already are no part of the answer; `khuevan.outbox.queries.courses_of` tells of them.
    """
    for mail in OutgoingMail.objects.filter(key__in=keys, state=MailState.WAITING):
        if OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
            state=MailState.WITHDRAWN, next_attempt_at=None
        ):
            note(mail, {"state": [MailState.WAITING, MailState.WITHDRAWN]})
    leaving = OutgoingMail.objects.filter(key__in=keys, state__in=[MailState.SENDING, MailState.WAITING])
    return frozenset(leaving.values_list("key", flat=True))
