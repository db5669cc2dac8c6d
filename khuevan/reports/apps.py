"""The reports app: who reports what by when, what units answer, and the report composed from it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Reporting rules, cycles, forms of units, composed reports."""

    name = "khuevan.reports"
    label = "reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers what the software counts by itself, and names the mails of a cycle."""
        # Models can be imported only once all apps are loaded.
        from khuevan.outbox.kinds import register_kind
        from khuevan.reports.counting import register_source
        from khuevan.reports.sources import documents, newsroom, programme

        for source in (*programme.SOURCES, *documents.SOURCES, *newsroom.SOURCES):
            register_source(source)
        register_kind("REPORT_CALL", _("call to send figures"))
        register_kind("REPORT_RETURNED", _("figures returned"))
