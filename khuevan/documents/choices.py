"""The codes that the documents app stores, and what the screens call them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Whether a document came in or goes out."""

    IN = "IN", pgettext_lazy("official document", "Incoming")
    OUT = "OUT", pgettext_lazy("official document", "Outgoing")


class DocumentState(TextChoices):
    """What became of a registered document. An outgoing one is signed or not: see its signatures."""

    REGISTERED = "REGISTERED", _("Registered")
    IN_HAND = "IN_HAND", _("Being handled")
    HANDLED = "HANDLED", _("Handled")
    REVOKED = "REVOKED", _("Revoked")
    REPLACED = "REPLACED", _("Replaced")


class Urgency(TextChoices):
    """How urgent a document is (Decree 30/2020, annex I); Scheduled is edXML's “hẹn giờ”."""

    NORMAL = "NORMAL", _("Normal")
    URGENT = "URGENT", _("Urgent")
    MORE_URGENT = "MORE_URGENT", _("Very urgent")
    EXPRESS = "EXPRESS", _("Express")
    SCHEDULED = "SCHEDULED", _("Express at a set hour")


# What is stamped for each; nothing for a normal document.
URGENCY_MARKS: dict[str, str] = {
    Urgency.URGENT: "KHẨN",
    Urgency.MORE_URGENT: "THƯỢNG KHẨN",
    Urgency.EXPRESS: "HỎA TỐC",
    Urgency.SCHEDULED: "HỎA TỐC",
}


class FileRole(TextChoices):
    """What a file is to its document."""

    RECEIVED = "RECEIVED", _("As received")
    EDITABLE = "EDITABLE", _("Word file")
    PRINTED = "PRINTED", _("PDF, not signed")
    SIGNED = "SIGNED", _("PDF, signed")
    SCANNED = "SCANNED", _("Scan of the signed paper")
    ATTACHMENT = "ATTACHMENT", _("Attachment")
    ENVELOPE = "ENVELOPE", _("edXML file")


class DraftState(TextChoices):
    """Where a draft stands."""

    DRAFTING = "DRAFTING", _("Being drafted")
    IN_REVIEW = "IN_REVIEW", _("In review")
    RETURNED = "RETURNED", _("Returned")
    APPROVED = "APPROVED", _("Approved, to be numbered")
    ISSUED = "ISSUED", _("Issued")
    ABANDONED = "ABANDONED", _("Abandoned")


# States in which the drafter writes.
WRITABLE_STATES: frozenset[str] = frozenset({DraftState.DRAFTING, DraftState.RETURNED})
# States in which the draft is somebody's open work.
OPEN_STATES: frozenset[str] = WRITABLE_STATES | {DraftState.IN_REVIEW, DraftState.APPROVED}


class SigningAuthority(TextChoices):
    """With which authority a person signs (Decree 30/2020, annex I, 7a)."""

    HEAD = "HEAD", _("The head, in person")
    COLLECTIVE = "COLLECTIVE", _("TM. – on behalf of a collective")
    ACTING = "ACTING", _("Q. – acting head")
    DEPUTY = "DEPUTY", _("KT. – deputy for the head")
    BY_ORDER = "BY_ORDER", _("TL. – by order of the head")
    SUB_AUTHORISED = "SUB_AUTHORISED", _("TUQ. – sub-authorised by the head")


AUTHORITY_PREFIXES: dict[str, str] = {
    SigningAuthority.HEAD: "",
    SigningAuthority.COLLECTIVE: "TM.",
    SigningAuthority.ACTING: "Q.",
    SigningAuthority.DEPUTY: "KT.",
    SigningAuthority.BY_ORDER: "TL.",
    SigningAuthority.SUB_AUTHORISED: "TUQ.",
}


class Seat(TextChoices):
    """Who decides at one step of a route."""

    DRAFTING_HEAD = "DRAFTING_HEAD", _("Head of the drafting unit")
    OFFICE = "OFFICE", _("Head of the office")
    DEPUTY = "DEPUTY", _("Deputy director in charge")
    DIRECTOR = "DIRECTOR", _("Director")
    SIGNER = "SIGNER", _("Whoever signs")
    UNIT_HEAD = "UNIT_HEAD", _("Head of a named unit")


class StepState(TextChoices):
    """What came of one step of a review."""

    WAITING = "WAITING", _("Not yet reached")
    CURRENT = "CURRENT", _("Waiting for a decision")
    APPROVED = "APPROVED", _("Approved")
    RETURNED = "RETURNED", _("Returned")
    SKIPPED = "SKIPPED", _("Skipped")


class SignatureKind(TextChoices):
    """How a document was signed."""

    PAPER = "PAPER", _("On paper")
    DIGITAL = "DIGITAL", _("Digitally, by the signer")
    SEAL = "SEAL", _("The body's digital seal")


class Channel(TextChoices):
    """How a document reaches a recipient."""

    EMAIL = "EMAIL", _("E-mail")
    PRINTED = "PRINTED", pgettext_lazy("channel", "On paper")
    EDXML = "EDXML", _("edXML file")
    INTERNAL = "INTERNAL", _("In this software")


class DispatchState(TextChoices):
    """How far a document came on its way to one recipient (the status codes of edXML are finer)."""

    PREPARED = "PREPARED", _("To be sent")
    QUEUED = "QUEUED", _("Leaving")
    UNCERTAIN = "UNCERTAIN", _("Perhaps arrived")
    SENT = "SENT", _("Sent")
    ARRIVED = "ARRIVED", _("Arrived")
    RECEIVED = "RECEIVED", _("Received")
    REFUSED = "REFUSED", _("Refused")
    PROCESSED = "PROCESSED", _("Processed")
    FAILED = "FAILED", _("Not sent")
    RECALLED = "RECALLED", _("Recalled")


# States in which the document has not come to the recipient, or was taken back.
NOT_WITH_THE_RECIPIENT: frozenset[str] = frozenset(
    {DispatchState.PREPARED, DispatchState.QUEUED, DispatchState.FAILED, DispatchState.RECALLED}
)
# What waits to be sent: not yet, or not with success.
TO_SEND: frozenset[str] = frozenset({DispatchState.PREPARED, DispatchState.FAILED})
# What a clerk may change and send, also once more after a refusal.
SENDABLE: frozenset[str] = TO_SEND | {DispatchState.REFUSED}


class ExchangeKind(TextChoices):
    """What an edXML message is; empty where it could not be read."""

    DOCUMENT = "DOCUMENT", _("Document")
    STATUS = "STATUS", _("Status")


class ExchangeState(TextChoices):
    """What became of an edXML message that came."""

    WAITING = "WAITING", _("To be registered")
    REGISTERED = "REGISTERED", pgettext_lazy("edXML message", "Registered")
    APPLIED = "APPLIED", _("Noted at its document")
    UNMATCHED = "UNMATCHED", _("Answers no document")
    DECLINED = "DECLINED", _("Returned to the sender")
    REFUSED = "REFUSED", _("Not read")
