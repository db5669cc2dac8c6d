"""The background app: jobs that run beside the pages, and the schedule of those that come back."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    """Names the app, and finds the jobs of all apps."""

    name = "khuevan.background"
    label = "background"
    verbose_name = _("background work")

    def ready(self) -> None:
        """Imports the `jobs` module of every app, whose decorators fill the schedule."""
        autodiscover_modules("jobs")
