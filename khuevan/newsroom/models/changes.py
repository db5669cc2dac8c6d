"""What happened to a piece after it was published: corrections, withdrawals, and passes to what is under embargo."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.newsroom.choices import ChangeKind


class PublicChange(Record):
    """A correction of a published piece, or its withdrawal, in words that readers see.

    A correction stays on the page for good, with its day. A withdrawn piece's address answers with `text` alone;
    feeds and partners are told of both. `page` is the page of one language.
    """

    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="public_changes")
    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind)
    text = models.TextField(_("what readers are told"), max_length=1000)
    made_at = models.DateTimeField(_("at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("correction or withdrawal")
        verbose_name_plural = _("corrections and withdrawals")
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(kind=ChangeKind.WITHDRAWAL), name="public_change_withdrawn_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="public_change_has_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class EmbargoPass(Record):
    """One reporter's way to one piece before its embargo ends.

    Only the digest of the secret address is kept. It ends by itself (`expires_at`), when it is revoked, and when
    the embargo ends. Whether and how often it was used is not written down. Some weeks after the embargo the row goes
    as well (`khuevan.newsroom.actions.passes.forget_passes`): passes are no register of reporters.

    The audit trail says that a pass was made, revoked and taken out, by whom and for which piece, but nothing about
    the reporter: it outlives the pass.
    """

    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="embargo_passes")
    name = models.CharField(_("reporter"), max_length=150)
    outlet = models.CharField(_("outlet"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("digest",)
    derived_fields: ClassVar[tuple[str, ...]] = ("name", "outlet", "email")

    class Meta:
        verbose_name = _("pass to a piece under embargo")
        verbose_name_plural = _("passes to pieces under embargo")
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="embargo_pass_revoked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        # Stands in the audit trail, which outlives the pass: a number and no name.
        return f"№ {self.pk}"

    def is_good_at(self, moment: datetime) -> bool:
        """Whether it opens the piece at the moment."""
        return self.revoked_at is None and moment < self.expires_at
