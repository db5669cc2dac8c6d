"""The core app: base record, audit trail, search folding."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy


class CoreConfig(AppConfig):
    """Names the app, and listens for deletions so that cascades reach the audit trail too."""

    name = "khuevan.core"
    label = "core"
    verbose_name = "Khuê Văn"

    def ready(self) -> None:
        """Connects the audit trail to the deletion of every kind of record."""
        # Models exist only once all apps are loaded; importing the checks registers them.
        from wagtail.admin.viewsets.chooser import ChooserViewSet

        from khuevan.core import checks  # noqa: F401
        from khuevan.core.models import Record, record_deletion

        # Wagtail translates it when it is imported, before anybody's language is known.
        ChooserViewSet.search_tab_label = gettext_lazy("Search")
        # Each app's own names for its actions.
        autodiscover_modules("deeds")
        for model in apps.get_models():
            if issubclass(model, Record):
                post_delete.connect(record_deletion, sender=model, dispatch_uid=f"audit-{model._meta.label}")
