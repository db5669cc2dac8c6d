"""What the actions of the programme are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "start_import": _("Upload a plan's file"),
        "save_import_choices": _("Save the choices of an import"),
        "choose_amended_plan": _("Choose which plan a file amends"),
        "discard_import": _("Discard an import"),
        "carry_out_import": _("Put a plan into the programme"),
        "assign_unit": _("Assign a unit to a task"),
        "assign_units": _("Assign units to a task"),
        "reassign": _("Hand an assignment to another unit"),
        "end_assignment": _("End an assignment"),
        "split_group": _("Split a group's assignment among its units"),
        "set_task_deadline": _("Set a task's deadline"),
        "set_unit_deadline": _("Set a unit's own deadline"),
        "waive_instalment": _("Waive an instalment"),
        "put_after": _("Put a task after another"),
        "release": _("Let a task no longer wait for another"),
        "keep_all_instalments": _("Keep the instalments up to date"),
        "begin_instalment": _("Report that work has begun"),
        "save_reply_draft": _("Save the draft of a reply"),
        "send_reply": _("Send a reply"),
        "discard_reply_draft": _("Discard the draft of a reply"),
        "add_web_evidence": _("Add evidence on the web"),
        "add_file_evidence": _("Add a file as evidence"),
        "add_record_evidence": _("Add a record as evidence"),
        "remove_evidence": _("Remove evidence"),
        "accept_reply": _("Accept a reply"),
        "return_reply": _("Return a reply"),
        "answer_difficulty": _("Answer a difficulty"),
        "add_step": _("Add a step"),
        "edit_step": _("Edit a step"),
        "remove_step": _("Remove a step"),
        "move_step": _("Move a step on"),
        "keep_rung": _("Set a rung of reminders"),
        "remove_rung": _("Remove a rung of reminders"),
        "open_deadline_feed": _("Open a feed of deadlines"),
        "revoke_deadline_feed": _("Close a feed of deadlines"),
    }
)
