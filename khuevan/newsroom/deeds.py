"""What the actions of the newsroom are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "prove_tasks": _("Show a published piece as evidence of a task"),
        "correct_piece": _("Correct a published piece"),
        "withdraw_piece": _("Withdraw a published piece"),
        "correct_in_languages": _("Correct a published piece in its languages"),
        "withdraw_in_languages": _("Withdraw a published piece in its languages"),
        "begin_piece": _("Begin a piece"),
        "give_pass": _("Give a reporter a pass"),
        "make_pass": _("Let a reporter see a piece under embargo"),
        "revoke_pass": _("Revoke a reporter's pass"),
        "forget_passes": _("Delete passes of embargoes that are over"),
        "create_demonstration_library": _("Create the demonstration's library"),
        "create_demonstration_stories": _("Create the demonstration's pieces"),
        "ask_accreditation": _("Take a request for accreditation"),
        "decide_accreditation": _("Decide a request for accreditation"),
        "approve_accreditations": _("Approve requests for accreditation"),
        "delete_accreditation": _("Delete a request for accreditation"),
        "delete_outdated_accreditations": _("Delete outdated requests for accreditation"),
        "keep_contact": _("Keep a contact for the press"),
        "create_demonstration_press": _("Create the demonstration's press room"),
        "review_translation": _("Vouch for a machine's translation"),
        "begin_translations": _("Begin translations of a piece"),
        "write_paragraphs": _("Write paragraphs of a translation"),
        "write_machine_translation": _("Let a machine translate"),
        "take_new_source": _("Take the original's new version"),
        "submit_for_review": _("Submit a piece for review"),
        "load_framework_elements": _("Enter the national framework's elements"),
    }
)
