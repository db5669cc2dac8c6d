"""Writes of the programme, one file for each of those who write: importers, those who order, who do, who judge."""

from __future__ import annotations

from khuevan.programme.actions.deadlines import set_task_deadline, set_unit_deadline, waive_instalment
from khuevan.programme.actions.imports import (
    carry_out_import,
    choose_amended_plan,
    discard_import,
    import_plan_file,
    save_import_choices,
    start_import,
)
from khuevan.programme.actions.ladder import keep_rung, remove_rung
from khuevan.programme.actions.orders import (
    assign_unit,
    assign_units,
    end_assignment,
    keep_all_instalments,
    put_after,
    reassign,
    release,
    split_group,
)
from khuevan.programme.actions.replies import (
    accept_reply,
    add_file_evidence,
    add_record_evidence,
    add_web_evidence,
    answer_difficulty,
    discard_reply_draft,
    remove_evidence,
    return_reply,
    save_reply_draft,
    send_reply,
)
from khuevan.programme.actions.steps import add_step, edit_step, move_step, remove_step
from khuevan.programme.actions.subscriptions import open_deadline_feed, revoke_deadline_feed

__all__ = [
    "accept_reply",
    "add_file_evidence",
    "add_record_evidence",
    "add_step",
    "add_web_evidence",
    "answer_difficulty",
    "assign_unit",
    "assign_units",
    "carry_out_import",
    "choose_amended_plan",
    "discard_import",
    "discard_reply_draft",
    "edit_step",
    "end_assignment",
    "import_plan_file",
    "keep_all_instalments",
    "keep_rung",
    "move_step",
    "open_deadline_feed",
    "put_after",
    "reassign",
    "release",
    "remove_evidence",
    "remove_rung",
    "remove_step",
    "return_reply",
    "revoke_deadline_feed",
    "save_import_choices",
    "save_reply_draft",
    "send_reply",
    "set_task_deadline",
    "set_unit_deadline",
    "split_group",
    "start_import",
    "waive_instalment",
]
