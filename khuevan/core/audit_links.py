"""The link that ties an audit entry into the chain of digests."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.append_only import AppendOnly, AppendOnlyQuerySet
from khuevan.plain.audit_chain import FORM, START


class AuditLink(AppendOnly):
    """One audit entry's place in the chain: first, second and so on without a gap, and its digest.

    The digest covers the entry, the digest of the position before, and everything here (`khuevan.plain.
    audit_chain` says how). The names are those that held when the entry was linked: a person may be renamed
    and a kind of record too, and what was digested must stay. `previous` repeats the digest of the position
    before, so that where a link is taken out the next can still be looked at.
    """

    entry = models.OneToOneField("core.AuditEntry", models.PROTECT, related_name="link", editable=False)
    position = models.PositiveBigIntegerField(_("position"), unique=True, editable=False)
    form = models.PositiveSmallIntegerField(default=FORM, editable=False)
    # By the machine's clock, not the office's: this is when the entry was certainly there.
    linked_at = models.DateTimeField(_("linked at"), editable=False)
    by_username = models.CharField(max_length=150, editable=False)
    by_name = models.CharField(max_length=300, editable=False)
    target_model = models.CharField(max_length=210, editable=False)
    previous = models.CharField(max_length=64, default=START, editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)

    kept_as: ClassVar[str] = "Links of the audit chain"
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the audit chain")
        verbose_name_plural = _("links of the audit chain")
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="core_auditlink_from_one", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.digest[:12]}"
