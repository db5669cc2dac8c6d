from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """Plans, and the work that they order."""

    name = "khuevan.programme"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"
