"""Sending what waits: never twice, never lost without a word.

For each mail: make sure that the connection stands; claim the mail; hand it over; write down what came of it.
Several senders may run at once, and each may be killed at any moment.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.outbox import claims
from khuevan.outbox.choices import MailState, Trouble
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.transport import Line, Outcome, Result, line_over, sentence_of

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200
# A run ends before the next is due, so that other work gets its turn.
RUN_LASTS = datetime.timedelta(seconds=50)
# How long waiting mails are left in peace when there is no connection.
UNREACHABLE_PAUSE = datetime.timedelta(minutes=5)


@dataclass(slots=True)
class SendingReport:
    """What one run did: how many mails went each way, and why there was no connection, if there was none."""

    sent: int = 0
    deferred: int = 0
    refused: int = 0
    uncertain: int = 0
    abandoned: int = 0
    unreachable: str = ""

    def count(self, state: MailState | None) -> None:
        """Counts one mail that an attempt has left in the state."""
        match state:
            case MailState.SENT:
                self.sent += 1
            case MailState.WAITING:
                self.deferred += 1
            case MailState.REFUSED:
                self.refused += 1
            case MailState.UNCERTAIN:
                self.uncertain += 1

    def __str__(self) -> str:
        uncertain = self.uncertain + self.abandoned
        counted = (
            (self.sent, ngettext("%d mail sent", "%d mails sent", self.sent)),
            (self.deferred, ngettext("%d put off", "%d put off", self.deferred)),
            (self.refused, ngettext("%d refused", "%d refused", self.refused)),
            (uncertain, ngettext("%d uncertain", "%d uncertain", uncertain)),
        )
        parts = [words % number for number, words in counted if number]
        if self.unreachable:
            parts.append(_("no connection to the mail server: %s") % self.unreachable)
        return "; ".join(parts) or _("nothing to send")


def send_waiting(
    limit: int = MOST_AT_ONCE,
    connection: Any = None,
    *,
    claim_lasts: datetime.timedelta = claims.CLAIM_LASTS,
) -> SendingReport:
    """What became of the mails that were due, at most `limit` of them. Must not run inside a transaction.

    `connection` is an e-mail backend of Django's, the installation's own if left out. `claim_lasts` is how long
    another sender may have a mail in hand before it is taken for dead.
    """
    report = SendingReport()
    with claims.commits_reach_the_disk():
        report.abandoned = claims.find_abandoned(claim_lasts)
        mail = _next_due()
        if mail is not None and limit > 0:
            line = line_over(connection if connection is not None else get_connection())
            try:
                _send_through(line, mail, limit, report)
            finally:
                line.close()
    if report != SendingReport():
        # Numbers only: who gets what is for the page, where it is seen who looks.
        logger.info("Outgoing mail: %s", report)
    return report


def _send_through(line: Line, first: OutgoingMail, limit: int, report: SendingReport) -> None:
    """Sends due mails, beginning with `first`, until there are no more, or enough for this run."""
    until = time.monotonic() + RUN_LASTS.total_seconds()
    mail: OutgoingMail | None = first
    taken = 0
    while mail is not None and taken < limit and time.monotonic() < until:
        prepared = _prepared(line, mail, report)
        if prepared is not None:
            if taken:
                time.sleep(settings.EMAIL_PAUSE)
            try:
                line.make_ready()
            except OSError as error:
                report.unreachable = sentence_of(error)
                _leave_in_peace(report.unreachable)
                return
            token = claims.claim(mail)
            if token is not None:
                taken += 1
                report.count(_hand_over(line, mail, prepared, token))
        mail = _next_due()


def _next_due() -> OutgoingMail | None:
    return OutgoingMail.objects.due(timezone.now()).first()


def _prepared(line: Line, mail: OutgoingMail, report: SendingReport) -> Any:
    """The mail as the line takes it; None for one that cannot be written so, which is refused.

    It was tried when the mail was queued. Should it fail here all the same, one mail must not keep all the
    others back for ever.
    """
    try:
        return line.prepare(mail)
    except Exception as error:
        # Without the error's own words, which may quote the mail.
        logger.error("Mail %s cannot be composed: %s", mail.pk, type(error).__name__)
        if claims.refuse_unfit(mail, sentence_of(error)):
            report.count(MailState.REFUSED)
        return None


def _hand_over(line: Line, mail: OutgoingMail, prepared: Any, token: Any) -> MailState | None:
    """The state in which the attempt leaves the mail; also when it is broken off by an error of ours."""
    with _unclear_if_broken_off(mail, token):
        outcome = line.deliver(mail, prepared, lambda: claims.is_held(mail, token))
    return claims.settle(mail, token, outcome)


@contextmanager
def _unclear_if_broken_off(mail: OutgoingMail, token: Any) -> Iterator[None]:
    """Marks the mail UNCERTAIN when the block is broken off, be it by Ctrl-C: how far it came is unknown."""
    try:
        yield
    except BaseException as error:
        claims.settle(mail, token, Outcome(Result.UNCLEAR, sentence_of(error)))
        raise


def _leave_in_peace(words: str) -> None:
    """Puts what is due off for a while, and says at each mail why it has not left yet."""
    now = timezone.now()
    OutgoingMail.objects.due(now).order_by().update(
        next_attempt_at=now + UNREACHABLE_PAUSE, trouble=Trouble.UNREACHABLE, last_error=words
    )
