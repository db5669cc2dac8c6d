"""Rows of the schedule, the workers, and what people did to either. None is a record of the audit trail.

The trail (`khuevan.core`) stands above this app, and a worker writes here every few seconds. What a person did
is kept in `Intervention` instead.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeriodicJob(models.Model):
    """How one job of the schedule stands: when it ran last and runs next, and how that went.

    One row a job, made when a worker starts. The job's title and rhythm stand in the code; a job that is no
    longer there keeps its row, with `vanished_at`. `task_id` is the task (of django_tasks_db) of the latest run,
    which may still wait or be running: while it does, no other is queued, so that a job never runs twice at once.
    A run that a crash interrupts begins anew: `last_started_at` is of its latest beginning.
    """

    name = models.CharField(_("name"), max_length=50, unique=True)
    next_run_at = models.DateTimeField(_("next run"), null=True, blank=True)
    task_id = models.UUIDField(null=True, blank=True, editable=False)
    last_started_at = models.DateTimeField(_("last run"), null=True, blank=True)
    last_finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    last_succeeded_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_report = models.TextField(_("last report"), blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("paused by"),
    )
    vanished_at = models.DateTimeField(_("no longer part of the software since"), null=True, blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="background_job_paused_by_someone",
                condition=Q(paused_at__isnull=True, paused_by__isnull=True)
                | Q(paused_at__isnull=False, paused_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Filters of workers."""

    def not_ended(self) -> WorkerQuerySet:
        """Workers that have neither ended nor been given up; they may have died without saying so."""
        return self.filter(ended_at__isnull=True)

    def alive(self) -> WorkerQuerySet:
        """Workers that said within the lease that they live."""
        return self.not_ended().filter(seen_at__gt=timezone.now() - settings.BACKGROUND_LEASE)


class Worker(models.Model):
    """One run of a worker process. Its key is what the task's `worker_ids` hold.

    `seen_at` is its heartbeat. `task_id` is the task that it holds at this moment: taken and given back in the
    transactions that change the task itself, so that a task RUNNING that no living worker holds is orphaned.
    `ended_at` is set by the worker when it ends, or by another that gave it up; it never works again after that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.CharField(_("machine"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    task_id = models.UUIDField(null=True, blank=True, editable=False)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering: ClassVar[list[str]] = ["started_at"]

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class Intervention(models.Model):
    """What one person did to background work: paused or resumed a job, or had something run out of turn.

    `subject` is the periodic job's name or, for RUN_AGAIN, the path of the task's function, because both may
    be gone from the software later.
    """

    class Kind(models.TextChoices):
        """What the person did."""

        PAUSED = "PAUSED", _("paused")
        RESUMED = "RESUMED", _("resumed")
        RUN_NOW = "RUN_NOW", _("run now")
        RUN_AGAIN = "RUN_AGAIN", _("run again")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject = models.CharField(max_length=255)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()}"
