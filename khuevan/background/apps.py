"""The background app: jobs that run beside the pages, and the schedule of those that come back."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    """Names the app."""

    name = "khuevan.background"
    label = "background"
    verbose_name = _("background work")
