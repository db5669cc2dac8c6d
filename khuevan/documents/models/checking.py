"""Warnings of the checks that a person answers for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.documents.models.drafts import Draft


class CheckConfirmation(Record):
    """One warning about one draft that a person looked at and lets stand, with the reason.

    `code` is the rule's; `key` tells the words that were looked at: other words are another warning, the same
    words elsewhere in the draft are not. `shown` is what was read then.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="check_confirmations")
    code = models.CharField(_("rule"), max_length=4)
    key = models.CharField(max_length=16)
    shown = models.CharField(_("words of the draft"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("confirmed warning")
        verbose_name_plural = _("confirmed warnings")
        ordering: ClassVar[list[str]] = ["draft", "code", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "key"], name="documents_warning_confirmed_once"),
            models.CheckConstraint(
                name="documents_confirmation_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.shown[:80]}"
