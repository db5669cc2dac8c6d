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
        """Lets publication outdate what is kept and reach the search; keeps reporters' passes out of the log."""
        # Signals name models, which can be imported only once all apps are loaded.
        from khuevan.programme.private_addresses import keep_out_of_the_log
        from khuevan.website import keeping, search_upkeep, websub
        from khuevan.website.private_addresses import SECRET_IN_ADDRESS

        keep_out_of_the_log(SECRET_IN_ADDRESS, "/pass/…")
        keeping.connect_signals()
        search_upkeep.connect_signals()
        websub.connect_signals()
