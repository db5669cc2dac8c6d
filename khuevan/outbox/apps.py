"""The outbox app: what the installation sends by e-mail, to whom, and what came of it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Names the app."""

    name = "khuevan.outbox"
    label = "outbox"
    verbose_name = _("outgoing mail")

    def ready(self) -> None:
        """Registers the check of the sender's address."""
        # Importing it registers it; models exist only now.
        from khuevan.outbox import checks  # noqa: F401
