"""Drafts: what is written, its versions, what is said about it, and the way it takes to be approved."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.core.append_only import AppendOnly
from khuevan.core.models import Record, RecordQuerySet
from khuevan.core.private_files import private_storage
from khuevan.core.search import SearchableRecord
from khuevan.documents.choices import OPEN_STATES, DraftState, Seat, SigningAuthority, StepState, Urgency
from khuevan.documents.models.kinds import DocumentType, NumberBook, ValidityQuerySet
from khuevan.documents.models.register import Document, file_path


class Route(Record):
    """A way to approval: the seats that a draft passes, one after another; the last is who signs.

    `type` empty: for all types that have no route of their own.
    """

    name = models.CharField(_("name"), max_length=150, unique=True)
    type = models.ForeignKey(
        DocumentType,
        models.PROTECT,
        related_name="routes",
        null=True,
        blank=True,
        verbose_name=_("for the type"),
    )
    valid_from = models.DateField(_("in use from"), null=True, blank=True)
    valid_to = models.DateField(_("in use until"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("route of approval")
        verbose_name_plural = _("routes of approval")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class RouteStep(Record):
    """One seat of a route; `unit` only for the head of a named unit."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    seat = models.CharField(_("who decides"), max_length=14, choices=Seat)
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("unit")
    )

    class Meta:
        verbose_name = _("step of a route")
        verbose_name_plural = _("steps of routes")
        ordering: ClassVar[list[str]] = ["route", "order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["route", "order"], name="documents_route_order_once"),
            models.CheckConstraint(
                name="documents_route_unit_for_its_head",
                condition=Q(seat=Seat.UNIT_HEAD, unit__isnull=False)
                | (~Q(seat=Seat.UNIT_HEAD) & Q(unit__isnull=True)),
                violation_error_message=_("Name the unit whose head decides, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_seat_display()}"


class DraftQuerySet(RecordQuerySet[Any]):
    """Chainable questions about drafts."""

    def open(self) -> Self:
        """Those still somebody's work: not issued, not abandoned."""
        return self.filter(state__in=OPEN_STATES)


class Draft(SearchableRecord):
    """A document while it is being written.

    `content` is the composition as `composition_form` stores it, with neither number nor date, its pictures by
    name (`DraftPicture`); `version` counts the saves that changed it. Legal bases are rows (`LegalBasis`),
    from which those of the composition are made. `signer` signs with `authority`; `signer_position` and
    `authority_words` are what is printed. `approved_version` is the version that the last seat approved: a
    change afterwards begins anew. `document` is what it was issued as.
    """

    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="drafts", verbose_name=_("type"))
    book = models.ForeignKey(
        NumberBook, models.PROTECT, related_name="drafts", verbose_name=_("book of numbers")
    )
    title = models.CharField(_("title"), max_length=1000)
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="drafts", verbose_name=_("drafting unit")
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts", verbose_name=_("drafter")
    )
    state = models.CharField(_("state"), max_length=10, choices=DraftState, default=DraftState.DRAFTING)
    content = models.JSONField()
    version = models.PositiveIntegerField(_("version"), default=1)
    approved_version = models.PositiveIntegerField(_("approved version"), null=True, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts_to_sign", null=True, blank=True,
        verbose_name=_("signer"),
    )  # fmt: skip
    authority = models.CharField(
        _("signing authority"), max_length=14, choices=SigningAuthority, default=SigningAuthority.HEAD
    )
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    due_date = models.DateField(_("to be issued by"), null=True, blank=True)
    answers = models.ForeignKey(
        Document, models.PROTECT, related_name="drafted_answers", null=True, blank=True,
        verbose_name=_("answers"),
    )  # fmt: skip
    route = models.ForeignKey(
        Route,
        models.PROTECT,
        related_name="drafts",
        null=True,
        blank=True,
        verbose_name=_("route of approval"),
    )
    review_round = models.PositiveSmallIntegerField(_("round of review"), default=0)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="draft", null=True, blank=True, verbose_name=_("issued as")
    )
    abandoned_reason = models.CharField(_("why it was abandoned"), max_length=500, blank=True)

    folded_fields: ClassVar[tuple[str, ...]] = ("title",)
    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("content",)
    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering: ClassVar[list[str]] = ["-updated_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_draft_issued_names_its_document",
                condition=Q(state=DraftState.ISSUED, document__isnull=False)
                | (~Q(state=DraftState.ISSUED) & Q(document__isnull=True)),
            ),
            models.CheckConstraint(
                name="documents_draft_approved_names_its_version",
                condition=~Q(state__in=[DraftState.APPROVED, DraftState.ISSUED])
                | Q(approved_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title[:200]

    def get_absolute_url(self) -> str:
        return reverse("documents:draft", args=[self.pk])


class DraftTemplate(Record):
    """A text of the department's own that drafts begin from, beside those that come with the software.

    `content` is a composition as a draft holds it, without number, date and signer. `unit` empty: for all.
    """

    name = models.CharField(_("name"), max_length=150, unique=True)
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="templates", verbose_name=_("type"))
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("for the unit")
    )
    content = models.JSONField()
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("in use from"), null=True, blank=True)
    valid_to = models.DateField(_("in use until"), null=True, blank=True)

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("content",)
    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class DraftVersion(AppendOnly):
    """A draft as it was saved once, whole: who, when, and with which legal bases (as printed)."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    kept_as: ClassVar[str] = "Versions of drafts"

    class Meta:
        verbose_name = _("version of a draft")
        verbose_name_plural = _("versions of drafts")
        ordering: ClassVar[list[str]] = ["draft", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "number"], name="documents_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.number}"


class DraftPicture(Record):
    """A picture that a draft shows, found by its name in the composition; checked and re-encoded."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="pictures")
    name = models.CharField(max_length=80)
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("picture of a draft")
        verbose_name_plural = _("pictures of drafts")
        ordering: ClassVar[list[str]] = ["draft", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "name"], name="documents_picture_name_once"),
        ]

    def __str__(self) -> str:
        return self.filename


class LegalBasis(Record):
    """One clause of Căn cứ: a document of the register, or words alone.

    `words` is the whole clause as printed, without its final mark. A clause that names no document of the
    register wants a person who confirms it (`confirmed_by`).
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="legal_bases")
    order = models.PositiveSmallIntegerField(_("order"))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="cited_in", null=True, blank=True,
        verbose_name=_("document of the register"),
    )  # fmt: skip
    words = models.CharField(_("clause"), max_length=1500)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering: ClassVar[list[str]] = ["draft", "order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_basis_confirmed_at_and_by",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:100]


class Comment(Record):
    """What a person says about a draft, or about one place of it (`ref`, as II.2.-1; empty for the whole).

    `version` is the version that it speaks of. It stays open until somebody settles it.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="comments")
    version = models.PositiveIntegerField(_("version"))
    ref = models.CharField(_("place in the draft"), max_length=120, blank=True)
    text = models.TextField(_("comment"), max_length=4000)
    parent = models.ForeignKey("self", models.PROTECT, related_name="answers", null=True, blank=True)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar[list[str]] = ["draft", "written_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_comment_settled_at_and_by",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:100]


class ReviewStep(Record):
    """One seat that a draft passes in one round of its review, and what was decided there on which version.

    `unit` is whose head decides, where the seat is a unit's. `words` is the reason of a return, or what the
    approval says; for a skipped seat why it was skipped.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="review_steps")
    round = models.PositiveSmallIntegerField(_("round"))
    order = models.PositiveSmallIntegerField(_("order"))
    seat = models.CharField(_("who decides"), max_length=14, choices=Seat)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=StepState, default=StepState.WAITING)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    words = models.TextField(_("words"), blank=True, max_length=4000)
    reached_at = models.DateTimeField(_("reached at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        ordering: ClassVar[list[str]] = ["draft", "round", "order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "round", "order"], name="documents_review_order_once"),
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state=StepState.CURRENT), name="documents_review_one_current"
            ),
            models.CheckConstraint(
                name="documents_review_decided_at_and_by",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_seat_display()}"
