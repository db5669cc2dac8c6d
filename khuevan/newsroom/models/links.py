"""Links of our pages to other sites, and how they stand. Kept by jobs alone: no deeds, so no records of the trail."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.plain.link_health import LinkHealth


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """Filters of checked links."""

    def dead(self) -> LinkCheckQuerySet:
        """Those that failed on so many days that people are told (the same as `LinkHealth.is_dead`)."""
        return self.filter(
            Q(gone_days__gte=settings.LINK_GONE_DAYS) | Q(failed_days__gte=settings.LINK_TROUBLED_DAYS)
        )


class LinkCheck(models.Model):
    """One address of another site that pages of ours link to, and what came of asking it.

    `finding` (a `Finding`) is of the latest question, empty before the first; `status` the last server's, none where
    `obstacle` says what came instead (a name of `khuevan.core.outgoing.Obstacle`, or ROUND: redirects without end).
    `moved_to` is where the address leads for good. The row of failures is `khuevan.plain.link_health.LinkHealth`.
    A row is forgotten once no page links to the address.
    """

    address = models.CharField(_("address"), max_length=2000, unique=True)
    next_at = models.DateTimeField(_("is asked next"), db_index=True)
    asked_at = models.DateTimeField(_("asked last"), null=True, blank=True)
    finding = models.CharField(_("found"), max_length=10, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    obstacle = models.CharField(max_length=12, blank=True)
    moved_to = models.CharField(_("has moved to"), max_length=2000, blank=True)
    failing_since = models.DateTimeField(_("fails since"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failed_days = models.PositiveIntegerField(default=0)
    gone_days = models.PositiveIntegerField(default=0)
    failed_date = models.DateField(null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(failing_since__isnull=True, failures=0, failed_days=0)
                | Q(failing_since__isnull=False, failures__gt=0, failed_days__gt=0),
                name="link_check_fails_since",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def health(self) -> LinkHealth:
        """The row of failures that the link is in."""
        return LinkHealth(
            failing_since=self.failing_since,
            failures=self.failures,
            failed_days=self.failed_days,
            gone_days=self.gone_days,
            failed_date=self.failed_date,
        )


class LinkUse(models.Model):
    """One page that links to an address, with the words that it links; the page's published text comes first.

    `is_published` says that the published text has the link; otherwise the newest draft has it.
    """

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="link_uses")
    link = models.ForeignKey(LinkCheck, models.CASCADE, related_name="uses")
    written = models.CharField(max_length=2000)
    words = models.CharField(max_length=300, blank=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("use of a link")
        verbose_name_plural = _("uses of links")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "link"], name="link_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.link_id}"
