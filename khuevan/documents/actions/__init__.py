"""What people do with official documents, each as one deed."""

from __future__ import annotations

from khuevan.documents.actions.bases import Basis, confirm_basis
from khuevan.documents.actions.comments import comment_on_draft, settle_comment
from khuevan.documents.actions.drafting import (
    DraftChangedMeanwhile,
    DraftContents,
    abandon_draft,
    begin_draft,
    copy_as_draft,
    restore_version,
    save_draft,
)
from khuevan.documents.actions.files import add_received_file, open_document_file, open_document_text
from khuevan.documents.actions.handling import (
    correct_document,
    give_to_unit,
    mark_handled,
    replace_document,
    revoke_document,
)
from khuevan.documents.actions.issuing import issue_document
from khuevan.documents.actions.pictures import add_draft_picture
from khuevan.documents.actions.registering import (
    PossibleDuplicate,
    discard_incoming_file,
    keep_incoming_file,
    register_incoming,
    register_outgoing_paper,
)
from khuevan.documents.actions.setting_up import keep_correspondent, keep_document_type, keep_number_book
from khuevan.documents.actions.templates import keep_template, retire_template

__all__ = [
    "Basis",
    "DraftChangedMeanwhile",
    "DraftContents",
    "PossibleDuplicate",
    "abandon_draft",
    "add_draft_picture",
    "add_received_file",
    "begin_draft",
    "comment_on_draft",
    "confirm_basis",
    "copy_as_draft",
    "correct_document",
    "discard_incoming_file",
    "give_to_unit",
    "issue_document",
    "keep_correspondent",
    "keep_document_type",
    "keep_incoming_file",
    "keep_number_book",
    "keep_template",
    "mark_handled",
    "open_document_file",
    "open_document_text",
    "register_incoming",
    "register_outgoing_paper",
    "replace_document",
    "restore_version",
    "retire_template",
    "revoke_document",
    "save_draft",
    "settle_comment",
]
