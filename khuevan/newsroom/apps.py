"""The newsroom app: what the city tells the world, in many languages, with pictures that may be used."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    """Stories, press material, the library, their translation, review and release."""

    name = "khuevan.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"
