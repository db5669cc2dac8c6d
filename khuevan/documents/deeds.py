"""What the actions of official documents are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "issue_document": _("Number and issue a document"),
        "begin_draft": _("Begin a draft"),
        "copy_as_draft": _("Copy a document as a new draft"),
        "save_draft": _("Save a draft"),
        "restore_version": _("Take a draft back to an earlier version"),
        "abandon_draft": _("Give up a draft"),
        "confirm_basis": _("Vouch for a legal basis"),
        "comment_on_draft": _("Comment on a draft"),
        "settle_comment": _("Settle a comment"),
        "add_draft_picture": _("Add a picture to a draft"),
        "keep_template": _("Keep a text as a template"),
        "retire_template": _("Take a template out of use"),
        "keep_incoming_file": _("Upload a file to be registered"),
        "discard_incoming_file": _("Discard a file to be registered"),
        "register_incoming": _("Register an incoming document"),
        "register_outgoing_paper": _("Register a document issued on paper"),
        "add_received_file": _("Add a file to a document"),
        "open_document_file": _("Open a file of a document"),
        "open_document_text": _("Open the text of a document"),
        "correct_document": _("Correct a document's details"),
        "give_to_unit": _("Hand an incoming document to a unit"),
        "mark_handled": _("End the work on an incoming document"),
        "revoke_document": _("Revoke a document"),
        "replace_document": _("Replace a document by another"),
        "keep_document_type": _("Change a type of documents"),
        "keep_number_book": _("Change a book of numbers"),
        "keep_correspondent": _("Change a correspondent"),
    }
)
