"""What the actions of the newsroom are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "correct_piece": _("Correct a published piece"),
        "withdraw_piece": _("Withdraw a published piece"),
        "make_pass": _("Let a reporter see a piece under embargo"),
        "revoke_pass": _("Revoke a reporter's pass"),
        "create_demonstration_stories": _("Create the demonstration's pieces"),
        "review_translation": _("Vouch for a machine's translation"),
    }
)
