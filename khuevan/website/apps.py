"""The website app: the public pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """Names the app."""

    name = "khuevan.website"
    label = "website"
    verbose_name = _("public site")
