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

    def ready(self) -> None:
        """Names the mails of a review."""
        # Mails' kinds can be named only once all apps are loaded.
        from khuevan.documents.presenters.review_mails import APPROVED, REACHED, RETURNED
        from khuevan.outbox.kinds import register_kind

        register_kind(REACHED, _("draft to decide on"))
        register_kind(RETURNED, _("draft returned"))
        register_kind(APPROVED, _("draft approved"))
        register_kind("DISPATCH", _("official document"))
