"""What published pieces prove."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.newsroom.models.stories import StoryPage


class TaskProof(Record):
    """A published piece as evidence of a task that it serves, in one language.

    Written when the piece is published, in the name of whoever published it. It stays when the piece is withdrawn:
    whoever looks at the task then reads that it was.
    """

    page = models.ForeignKey(StoryPage, models.PROTECT, related_name="task_proofs", verbose_name=_("piece"))
    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="+", verbose_name=_("task"))
    shown_at = models.DateTimeField(_("at"))
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("piece that proves a task")
        verbose_name_plural = _("pieces that prove tasks")
        ordering: ClassVar[list[str]] = ["-shown_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "task"], name="task_proof_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.task_id}"
