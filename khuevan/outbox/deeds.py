"""What the actions of outgoing mail are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "resend": _("Send a mail again"),
        "withdraw": _("Withdraw a mail"),
    }
)
