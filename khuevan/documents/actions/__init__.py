"""What people do with official documents, each as one deed."""

from __future__ import annotations

from khuevan.documents.actions.bases import Basis, confirm_basis
from khuevan.documents.actions.comments import comment_on_draft, settle_comment
from khuevan.documents.actions.dispatching import (
    DispatchLine,
    change_dispatch,
    prepare_dispatches,
    recall_dispatches,
    remove_dispatch,
    send_dispatches,
    update_dispatches,
)
from khuevan.documents.actions.drafting import (
    DraftChangedMeanwhile,
    DraftContents,
    abandon_draft,
    begin_draft,
    copy_as_draft,
    restore_version,
    save_draft,
)
from khuevan.documents.actions.envelopes import (
    decline_edxml,
    keep_edxml_message,
    mark_status_handed_over,
    note_refused_edxml,
    register_edxml,
    settle_edxml_business,
    tell_status,
)
from khuevan.documents.actions.exchanging import hand_out_staged, stage_files
from khuevan.documents.actions.files import add_received_file, open_document_file, open_document_text
from khuevan.documents.actions.filing import make_document_files
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
from khuevan.documents.actions.reviewing import (
    approve_step,
    confirm_warning,
    return_step,
    submit_draft,
    take_back,
)
from khuevan.documents.actions.routes import SeatOnRoute, keep_route
from khuevan.documents.actions.setting_up import keep_correspondent, keep_document_type, keep_number_book
from khuevan.documents.actions.signing import (
    keep_digital_signature,
    keep_signature_image,
    remove_signature_image,
    sign_on_paper,
)
from khuevan.documents.actions.statuses import confirm_receipt, follow_mail_courses, record_answer
from khuevan.documents.actions.templates import keep_template, retire_template

__all__ = [
    "Basis",
    "DispatchLine",
    "DraftChangedMeanwhile",
    "DraftContents",
    "PossibleDuplicate",
    "SeatOnRoute",
    "abandon_draft",
    "add_draft_picture",
    "add_received_file",
    "approve_step",
    "begin_draft",
    "change_dispatch",
    "comment_on_draft",
    "confirm_basis",
    "confirm_receipt",
    "confirm_warning",
    "copy_as_draft",
    "correct_document",
    "decline_edxml",
    "discard_incoming_file",
    "follow_mail_courses",
    "give_to_unit",
    "hand_out_staged",
    "issue_document",
    "keep_correspondent",
    "keep_digital_signature",
    "keep_document_type",
    "keep_edxml_message",
    "keep_incoming_file",
    "keep_number_book",
    "keep_route",
    "keep_signature_image",
    "keep_template",
    "make_document_files",
    "mark_handled",
    "mark_status_handed_over",
    "note_refused_edxml",
    "open_document_file",
    "open_document_text",
    "prepare_dispatches",
    "recall_dispatches",
    "record_answer",
    "register_edxml",
    "register_incoming",
    "register_outgoing_paper",
    "remove_dispatch",
    "remove_signature_image",
    "replace_document",
    "restore_version",
    "retire_template",
    "return_step",
    "revoke_document",
    "save_draft",
    "send_dispatches",
    "settle_comment",
    "settle_edxml_business",
    "sign_on_paper",
    "stage_files",
    "submit_draft",
    "take_back",
    "tell_status",
    "update_dispatches",
]
