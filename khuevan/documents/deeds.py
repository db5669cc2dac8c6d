"""What the actions of official documents are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "issue_document": _("Number and issue a document"),
    }
)
