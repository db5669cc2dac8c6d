"""How a document leaves the house: signatures, and its way to each recipient."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.append_only import AppendOnly
from khuevan.core.models import Record
from khuevan.documents.choices import Channel, DispatchState, SignatureKind
from khuevan.documents.models.register import Correspondent, Document, DocumentFile


class Signature(Record):
    """One signature under an outgoing document. `file` is the signed PDF, or the scan of the signed paper.

    `signer_name` is who signed, as printed or as the certificate says; `certificate` is its subject, empty on
    paper. `recorded_by` made or registered it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    kind = models.CharField(_("how"), max_length=8, choices=SignatureKind)
    signer_name = models.CharField(_("signed by"), max_length=200)
    certificate = models.CharField(_("certificate"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("signed at"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.ForeignKey(DocumentFile, models.PROTECT, related_name="signatures", null=True, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar[list[str]] = ["document", "signed_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_digital_signature_has_its_file",
                condition=Q(kind=SignatureKind.PAPER) | Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.signer_name}"


class Dispatch(Record):
    """The way of one document to one recipient by one channel.

    `name` and `purpose` are the recipient's line as printed. `mail_key` is the key of its mail in the outbox;
    `file` the edXML file that was made for it, which several recipients may share; `staged_name` is the name under
    which that file was laid into the exchange's folder, empty before. `trouble` says why it was not sent or was
    refused. `sent_at` and `sent_by` say who sent it; what became of that is in `state`.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="dispatches")
    correspondent = models.ForeignKey(
        Correspondent, models.PROTECT, related_name="dispatches", null=True, blank=True
    )
    name = models.CharField(_("recipient"), max_length=500)
    purpose = models.CharField(_("for"), max_length=200, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.CharField(_("address"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DispatchState, default=DispatchState.PREPARED)
    copy_count = models.PositiveSmallIntegerField(_("copies"), default=1)
    prepared_at = models.DateTimeField(_("prepared at"))
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    mail_key = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(DocumentFile, models.PROTECT, related_name="+", null=True, blank=True)
    staged_name = models.CharField(max_length=200, blank=True)
    trouble = models.CharField(_("trouble"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering: ClassVar[list[str]] = ["document", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state"], name="documents_dispatch_state"),
            # Which dispatches a mail or an edXML file belongs to: asked by the jobs that follow them.
            models.Index(fields=["mail_key"], name="documents_dispatch_mail"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_sent_at_and_by",
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["document", "name", "channel"],
                condition=~Q(state=DispatchState.RECALLED),
                name="documents_dispatch_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_channel_display()})"


class DispatchEvent(AppendOnly):
    """One thing that happened on the way: a state reached, by whom it was told, with which words.

    `status_code` is edXML's (01 arrived, 03 received …) where a status message brought it; `told_by` is empty
    where a machine did (the outbox, a status message).
    """

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=DispatchState)
    at = models.DateTimeField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    channel = models.CharField(max_length=10, choices=Channel)
    status_code = models.CharField(max_length=4, blank=True)
    words = models.CharField(max_length=500, blank=True)

    kept_as: ClassVar[str] = "Events of dispatches"

    class Meta:
        verbose_name = _("event of a dispatch")
        verbose_name_plural = _("events of dispatches")
        ordering: ClassVar[list[str]] = ["dispatch", "at", "id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.at}"
