from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from khuevan.programme.private_addresses import keep_secrets_out_of_the_log


class ProgrammeConfig(AppConfig):
    """Plans, and the work that they order."""

    name = "khuevan.programme"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers plans and official documents as evidence; keeps private addresses out of the log."""
        # Models can be imported only once all apps are loaded.
        from khuevan.programme.document_evidence import DOCUMENT_EVIDENCE
        from khuevan.programme.evidence import register_evidence
        from khuevan.programme.plan_evidence import PLAN_EVIDENCE

        register_evidence(PLAN_EVIDENCE)
        register_evidence(DOCUMENT_EVIDENCE)
        keep_secrets_out_of_the_log()
