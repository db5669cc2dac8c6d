"""The documents app: official documents in and out, from the first draft to what the recipient answered."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Official documents: the register, drafts, numbers, signatures, dispatch."""

    name = "khuevan.documents"
    label = "documents"
    verbose_name = _("Official documents")
    default_auto_field = "django.db.models.BigAutoField"
