"""The people app: accounts, units, and who holds which post when."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Names the app."""

    name = "khuevan.people"
    label = "people"
    verbose_name = _("people and units")
