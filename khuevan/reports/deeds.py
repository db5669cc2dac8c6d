"""What the actions of reporting are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "put_in_bundled_rule": _("Put in a reporting rule that comes with the software"),
        "create_demonstration_targets": _("Create demonstration targets"),
        "keep_rule": _("Save a reporting rule"),
        "keep_reporters": _("Say which units report"),
        "keep_recipient": _("Save a recipient of a report"),
        "keep_section": _("Save a section of a form"),
        "keep_indicator": _("Save an indicator"),
        "keep_question": _("Save a question of a form"),
        "move_part": _("Change the order of a form"),
        "remove_part": _("Remove a part of a form"),
        "begin_new_version": _("Begin a new version of a reporting rule"),
        "put_in_force": _("Put a reporting rule in force"),
        "end_rule": _("End a reporting rule"),
        "discard_version": _("Discard a version of a reporting rule"),
        "keep_target": _("Save a target"),
        "keep_targets_of_year": _("Save the targets of a year"),
        "remove_target": _("Remove a target"),
        "open_period": _("Open a reporting cycle"),
        "open_cycle": _("Open a thematic or ad-hoc report"),
        "close_cycle": _("Close a reporting cycle"),
        "reopen_cycle": _("Open a reporting cycle again"),
        "call_units": _("Remind units of a report"),
        "export_cycle": _("Take the data of a reporting cycle along"),
        "export_unit_report": _("Take a unit's form along"),
        "call_by_rule": _("Remind units as the rule says"),
        "save_unit_report": _("Save a unit's figures"),
        "send_unit_report": _("Send a unit's figures"),
        "return_unit_report": _("Return a unit's figures"),
        "take_unit_in": _("Take a unit into a reporting cycle"),
        "release_unit": _("Release a unit from its report"),
        "compose_report": _("Compose a report"),
        "correct_report": _("Correct a report"),
        "gather_again": _("Gather a report's figures anew"),
        "edit_report_words": _("Edit a report's words"),
        "edit_english_summary": _("Edit a report's English summary"),
        "edit_passage": _("Edit a unit's words in a report"),
        "move_passage": _("Move a unit's words in a report"),
        "note_export": _("Take the data behind a report along"),
        "freeze_report": _("Freeze a report and draft its document"),
        "discard_report": _("Discard a composed report"),
    }
)
