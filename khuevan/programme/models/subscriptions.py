"""Private addresses under which a person's deadlines can be subscribed to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record


class DeadlineFeed(Record):
    """One private address of one person's deadlines as iCalendar; a person has one in force at most.

    The address itself is not kept, only the SHA-256 of its secret part: whoever reads the database cannot
    read anybody's calendar. `revoked_at` ends it for good.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deadline_feeds")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("digest",)

    class Meta:
        verbose_name = _("private calendar address")
        verbose_name_plural = _("private calendar addresses")
        ordering: ClassVar[list[str]] = ["person", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="deadline_feed_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.pk}"
