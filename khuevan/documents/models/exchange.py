"""What came as edXML, and what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.core.private_files import private_storage
from khuevan.documents.choices import ExchangeKind, ExchangeState
from khuevan.documents.models.leaving import Dispatch
from khuevan.documents.models.register import Document, file_path


class EdxmlMessage(Record):
    """One edXML message that came: a document that waits to be registered, or a status of one that we sent.

    `file` is the message as it came; empty where it was refused, because of what cannot be read nothing is kept but
    why. The other fields are what its header says: `edxml_id` is the sender's for the document (for a status: of
    the document that it answers), `business` is edXML's code (1 revoke, 2 update, 3 replace) with the identity of
    the document that it speaks of. `document` is what it was registered as, `dispatch` what a status was noted at.
    `came_by` is empty for a file that lay in the exchange's folder.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=ExchangeKind, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ExchangeState, default=ExchangeState.WAITING)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=file_path, max_length=200, blank=True
    )
    filename = models.CharField(_("name of the file"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    sender_code = models.CharField(_("code of the sender"), max_length=35, blank=True)
    sender_name = models.CharField(_("sender"), max_length=255, blank=True)
    edxml_id = models.CharField(_("identifier in edXML"), max_length=255, blank=True, db_index=True)
    symbol = models.CharField(_("number and symbol"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    issued_date = models.DateField(_("dated"), null=True, blank=True)
    business = models.PositiveSmallIntegerField(null=True, blank=True)
    business_reason = models.CharField(_("reason"), max_length=500, blank=True)
    business_edxml_id = models.CharField(max_length=255, blank=True)
    status_code = models.CharField(max_length=4, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    trouble = models.CharField(_("trouble"), max_length=500, blank=True)
    came_at = models.DateTimeField(_("came at"))
    came_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("uploaded by"),
    )  # fmt: skip
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="edxml_messages", null=True, blank=True,
        verbose_name=_("registered as"),
    )  # fmt: skip
    dispatch = models.ForeignKey(
        Dispatch, models.PROTECT, related_name="edxml_messages", null=True, blank=True
    )

    class Meta:
        verbose_name = _("edXML message")
        verbose_name_plural = _("edXML messages")
        ordering: ClassVar[list[str]] = ["-came_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-came_at"], name="documents_edxml_newest")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(sha256=""), name="documents_edxml_file_once"
            ),
            models.CheckConstraint(
                name="documents_edxml_registered_names_its_document",
                condition=~Q(state=ExchangeState.REGISTERED) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="documents_edxml_refused_says_why",
                condition=~Q(state__in=[ExchangeState.REFUSED, ExchangeState.UNMATCHED]) | ~Q(trouble=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()[:200] or self.filename


class EdxmlStatus(Record):
    """One status that we told the sender of a document that came as edXML: received, refused, completed.

    `file` is the status as an edXML file; `staged_name` is its name in the exchange's folder once it was laid there.
    """

    message = models.ForeignKey(EdxmlMessage, models.PROTECT, related_name="answers")
    code = models.CharField(_("status"), max_length=4)
    words = models.CharField(_("words"), max_length=500, blank=True)
    told_at = models.DateTimeField(_("told at"))
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    staged_name = models.CharField(max_length=200, blank=True)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("edXML status")
        verbose_name_plural = _("edXML statuses")
        ordering: ClassVar[list[str]] = ["message", "told_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "code"], name="documents_edxml_status_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.message_id}"
