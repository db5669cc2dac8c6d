"""What people do with official documents, each as one deed."""

from __future__ import annotations

from khuevan.documents.actions.files import add_received_file, open_document_file, open_document_text
from khuevan.documents.actions.handling import (
    correct_document,
    give_to_unit,
    mark_handled,
    replace_document,
    revoke_document,
)
from khuevan.documents.actions.issuing import issue_document
from khuevan.documents.actions.registering import (
    PossibleDuplicate,
    discard_incoming_file,
    keep_incoming_file,
    register_incoming,
    register_outgoing_paper,
)
from khuevan.documents.actions.setting_up import keep_correspondent, keep_document_type, keep_number_book

__all__ = [
    "PossibleDuplicate",
    "add_received_file",
    "correct_document",
    "discard_incoming_file",
    "give_to_unit",
    "issue_document",
    "keep_correspondent",
    "keep_document_type",
    "keep_incoming_file",
    "keep_number_book",
    "mark_handled",
    "open_document_file",
    "open_document_text",
    "register_incoming",
    "register_outgoing_paper",
    "replace_document",
    "revoke_document",
]
