"""The register: documents in and out, their files, and the bodies that one writes to."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.core.models import Record, RecordQuerySet
from khuevan.core.private_files import private_storage
from khuevan.core.search import SearchableRecord, folded_words
from khuevan.documents.body_words import body_words
from khuevan.documents.choices import Channel, Direction, DocumentState, FileRole, Urgency
from khuevan.documents.models.kinds import DocumentType, NumberBook


def file_path(instance: models.Model, filename: str) -> str:
    """A file's place under its own digest; the name that it came with is kept in a field."""
    sha256 = str(getattr(instance, "sha256"))  # noqa: B009  (shared by several models)
    return f"documents/{sha256[:2]}/{sha256}"


class Correspondent(SearchableRecord):
    """A body or person that documents go to or come from.

    `unit` is the registered unit, if it is one. `organ_code` is the body's code in edXML (data: codes change).
    `channel` is how documents reach it unless somebody chooses otherwise.
    """

    name = models.CharField(_("name"), max_length=255)
    unit = models.OneToOneField(
        "people.Unit", models.PROTECT, related_name="correspondent", null=True, blank=True,
        verbose_name=_("registered unit"),
    )  # fmt: skip
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One on each line, as documents print them.")
    )
    organ_code = models.CharField(_("code in edXML"), max_length=35, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    channel = models.CharField(_("usual channel"), max_length=10, choices=Channel, default=Channel.PRINTED)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)

    folded_fields: ClassVar[tuple[str, ...]] = ("name", "other_names", "organ_code", "email")

    class Meta:
        verbose_name = _("correspondent")
        verbose_name_plural = _("correspondents")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name"], name="documents_correspondent_once"),
            models.UniqueConstraint(
                fields=["organ_code"], condition=~Q(organ_code=""), name="documents_organ_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(RecordQuerySet[Any]):
    """Chainable questions about registered documents."""

    def incoming(self) -> Self:
        """Those that came in."""
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> Self:
        """Those that the department issued."""
        return self.filter(direction=Direction.OUT)

    def in_force(self) -> Self:
        """Those neither revoked nor replaced."""
        return self.exclude(state__in=[DocumentState.REVOKED, DocumentState.REPLACED])


class Document(SearchableRecord):
    """One official document in the register, come in or gone out (Decree 30/2020, annex VI).

    `number` and `notation` are the two halves of `symbol` (48, KH-UBND, 48/KH-UBND): the document's own.
    The number under which an incoming one was entered in its book is in `issued_number`; for an outgoing one
    that is the document's number. `type` is empty where the type is none that we know; `type_name` is what is
    printed. `issuer` and `sender` are empty where the body printed is not registered. `drafting_unit` wrote an
    outgoing document, `handling_unit` deals with an incoming one. `received_date` is the day on which an
    incoming one came. `content` is the composition that an outgoing one was written from, `reading` what the
    reader read in an incoming one (both as their modules store them). `recipient_lines` are the lines of
    Nơi nhận as printed. `page_count` and `copy_count` are empty where nobody counted.
    """

    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    book = models.ForeignKey(
        NumberBook, models.PROTECT, related_name="documents", verbose_name=_("book of numbers")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=DocumentState, default=DocumentState.REGISTERED
    )

    type = models.ForeignKey(
        DocumentType, models.PROTECT, related_name="documents", null=True, blank=True, verbose_name=_("type")
    )
    type_name = models.CharField(_("type as printed"), max_length=100, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    notation = models.CharField(_("notation"), max_length=60, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=80, blank=True, db_index=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    issued_date = models.DateField(_("dated"), null=True, blank=True)
    title = models.CharField(pgettext_lazy("official document", "title"), max_length=1000)
    issuer_name = models.CharField(_("issued by"), max_length=255, blank=True)
    issuer = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="documents_issued", null=True, blank=True,
        verbose_name=_("issuing unit"),
    )  # fmt: skip
    signer_name = models.CharField(_("signed by"), max_length=150, blank=True)
    signer_position = models.CharField(_("post of the signer"), max_length=200, blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    circulation = models.CharField(_("circulation"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=20, default="Tiếng Việt", blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    copy_count = models.PositiveIntegerField(_("copies"), null=True, blank=True)
    due_date = models.DateField(_("to be answered by"), null=True, blank=True)
    summary = models.TextField(_("remarks"), blank=True)
    file_code = models.CharField(_("code of the case file"), max_length=50, blank=True)

    received_date = models.DateField(_("received on"), null=True, blank=True)
    sender = models.ForeignKey(
        Correspondent,
        models.PROTECT,
        related_name="documents",
        null=True,
        blank=True,
        verbose_name=_("sender"),
    )
    drafting_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="documents_drafted", null=True, blank=True,
        verbose_name=_("drafting unit"),
    )  # fmt: skip
    handling_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="documents_handled", null=True, blank=True,
        verbose_name=_("handling unit"),
    )  # fmt: skip
    handling_words = models.CharField(_("what is to be done"), max_length=500, blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    handled_words = models.CharField(_("what was done"), max_length=500, blank=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, related_name="answered_by", null=True, blank=True, verbose_name=_("answers")
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, related_name="replaces", null=True, blank=True, verbose_name=_("replaced by")
    )
    revoked_reason = models.CharField(_("why it was revoked"), max_length=500, blank=True)

    content = models.JSONField(null=True, blank=True)
    reading = models.JSONField(null=True, blank=True)
    recipient_lines = models.JSONField(_("recipients as printed"), default=list, blank=True)
    edxml_id = models.CharField(_("identifier in edXML"), max_length=100, blank=True, db_index=True)
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents_registered"
    )

    folded_fields: ClassVar[tuple[str, ...]] = (
        "title", "symbol", "issuer_name", "type_name", "signer_name", "summary", "recipients_text", "place",
        "file_code", "handling_words", "handled_words", "body_text",
    )  # fmt: skip
    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("content", "reading")
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering: ClassVar[list[str]] = ["-registered_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["direction", "-registered_at"], name="documents_newest"),
            models.Index(fields=["issued_date"], name="documents_by_day"),
            # Whether a document that comes is there already: asked while the clerk waits.
            models.Index(fields=["direction", "number"], name="documents_by_number"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_handled_at_and_by",
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="documents_incoming_has_a_day",
                condition=~Q(direction=Direction.IN) | Q(received_date__isnull=False),
                violation_error_message=_("Give the day on which the document came."),
            ),
            models.CheckConstraint(
                name="documents_revoked_has_a_reason",
                condition=~Q(state=DocumentState.REVOKED) | ~Q(revoked_reason=""),
            ),
            models.CheckConstraint(
                name="documents_replaced_names_the_new_one",
                condition=~Q(state=DocumentState.REPLACED) | Q(replaced_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()[:200]

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    def recipients_text(self) -> str:
        """The recipients' lines as one text, for search."""
        return " ".join(str(line) for line in self.recipient_lines)

    def body_text(self) -> str:
        """The beginning of the document's own words, for search."""
        return body_words(reading=self.reading, content=self.content)


class DocumentFile(Record):
    """One file of a document, kept as it is with its hash. Files are added, never changed or taken away."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    role = models.CharField(_("what it is"), max_length=12, choices=FileRole)
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering: ClassVar[list[str]] = ["document", "added_at", "id"]

    def __str__(self) -> str:
        return self.filename


class IncomingFile(Record):
    """A file that was read and waits to be registered; registering or discarding it ends the row.

    It bears no state-secret marking: files are read before anything is kept. `reading` is what the reader read,
    empty for a file that can be kept but not read (a sheet, a picture without text).
    """

    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, unique=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    reading = models.JSONField(null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("reading",)

    class Meta:
        verbose_name = _("file to be registered")
        verbose_name_plural = _("files to be registered")
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.filename


class CitedName(models.Model):
    """One folded name under which a correspondent is found in documents; follows from the correspondent."""

    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="cited_names")
    folded = models.CharField(max_length=255, db_index=True)

    class Meta:
        verbose_name = _("name of a correspondent")
        verbose_name_plural = _("names of correspondents")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["correspondent", "folded"], name="documents_cited_name_once"),
        ]

    def __str__(self) -> str:
        return self.folded


def folded_names(correspondent: Correspondent) -> set[str]:
    """All names under which a document may cite the correspondent, folded."""
    names = [correspondent.name, *correspondent.other_names.splitlines()]
    return {folded for name in names if (folded := folded_words(name)[:255])}
