"""Mails in words: what a state means and what to do about it, who acted on a mail, what stands above the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.core.models import AuditEntry
from khuevan.outbox.choices import MAY_BE_RESENT, MailState, Trouble
from khuevan.outbox.kinds import kind_label
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.queries import Standing

# Backends that print or keep mails: nobody receives anything.
KEEPS_MAILS_HERE: frozenset[str] = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased", "locmem")
)


@dataclass(frozen=True, slots=True)
class StateCount:
    """One state above the list: how many mails are in it, and where they are listed."""

    code: str
    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MailShown:
    """A mail as its page and the list show it. `trouble` is "" where nothing went wrong."""

    mail: OutgoingMail
    state: str
    kind: str
    trouble: str

    @property
    def may_be_resent(self) -> bool:
        """Whether its state lets it be sent again."""
        return self.mail.state in MAY_BE_RESENT

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it can still be held back."""
        return self.mail.state == MailState.WAITING


def shown(mail: OutgoingMail) -> MailShown:
    """The mail in words. What went wrong on the way to a mail that was sent or withdrawn is over."""
    over = mail.state in {MailState.SENT, MailState.WITHDRAWN, MailState.SENDING}
    trouble = "" if over or not mail.trouble else str(Trouble(mail.trouble).label)
    return MailShown(
        mail, capfirst(str(MailState(mail.state).label)), capfirst(kind_label(mail.kind)), trouble
    )


def meaning(mail: OutgoingMail) -> str:
    """What the mail's state means, and what to do about it; stands behind the trouble, if there is any."""
    match MailState(mail.state):
        case MailState.WAITING:
            return _("It leaves by itself; there is nothing to do.")
        case MailState.SENDING:
            return _("It is being handed over to the mail server at this moment.")
        case MailState.SENT:
            return _("The mail server has taken it.")
        case MailState.UNCERTAIN:
            return _(
                "So it may have arrived, or not, and it is never sent again by itself. Ask the recipient; if it did "
                "not arrive, send it again."
            )
        case MailState.REFUSED:
            return _("It is not tried again by itself. Once the cause is mended, send it again.")
        case MailState.WITHDRAWN:
            return _("It was withdrawn before it left, and nobody received it.")


def state_choices() -> list[tuple[str, str]]:
    """Every state as (code, label) for a select field."""
    return [(code, capfirst(str(label))) for code, label in MailState.choices]


def state_counts(standing: Standing, chosen: str) -> list[StateCount]:
    """The states in which there are mails, in the order of their course, each with its list."""
    index = reverse("outbox:index")
    return [
        StateCount(code, label, count, f"{index}?state={code}", code == chosen)
        for code, label in state_choices()
        if (count := standing.counts.get(MailState(code), 0))
    ]


def notices(standing: Standing) -> list[str]:
    """What whoever looks after the mails should know first: nothing leaves, no connection, uncertain mails."""
    told: list[str] = []
    if settings.EMAIL_BACKEND in KEEPS_MAILS_HERE:
        told.append(
            _(
                "No mail server is set up (EMAIL_URL), so mails are only written to the log and counted as sent: "
                "nobody receives them."
            )
        )
    if standing.unreachable:
        told.append(
            _("The mail server cannot be reached (%s); what waits is tried again by itself.") % standing.words
        )
    if uncertain := standing.counts.get(MailState.UNCERTAIN, 0):
        told.append(
            ngettext(
                "%d mail may have arrived or not; a person has to decide whether to send it again.",
                "%d mails may have arrived or not; a person has to decide whether to send them again.",
                uncertain,
            )
            % uncertain
        )
    return told


def deed_words(entry: AuditEntry) -> str:
    """What a person did with the mail, as a sentence without its subject."""
    if entry.verb == "withdraw":
        return _("withdrew the mail")
    if entry.changes.get("state", [""])[0] == MailState.UNCERTAIN:
        return _("had the mail sent again, which perhaps had arrived")
    return _("had the mail sent again, which had not been taken")
