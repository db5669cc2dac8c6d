"""The website app: the public pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """Names the app."""

    name = "khuevan.website"
    label = "website"
    verbose_name = _("public site")

    def ready(self) -> None:
        """Lets publication outdate the pages that are kept, and reach the search."""
        # Signals name models, which can be imported only once all apps are loaded.
        from khuevan.website import keeping, search_upkeep

        keeping.connect_signals()
        search_upkeep.connect_signals()
