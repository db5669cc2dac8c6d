"""Every write of reporting."""

from __future__ import annotations

from khuevan.reports.actions.calling import Called, call_by_rule, call_units
from khuevan.reports.actions.composing import (
    WordsChangedMeanwhile,
    compose_report,
    correct_report,
    discard_report,
    edit_english_summary,
    edit_report_words,
    freeze_report,
    gather_again,
    note_export,
)
from khuevan.reports.actions.cycles import close_cycle, open_cycle, open_period, reopen_cycle
from khuevan.reports.actions.exporting import export_cycle, export_unit_report
from khuevan.reports.actions.filling import (
    UnitWords,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)
from khuevan.reports.actions.membership import release_unit, take_unit_in
from khuevan.reports.actions.passages import PassageChangedMeanwhile, edit_passage, move_passage
from khuevan.reports.actions.rule_form import (
    keep_indicator,
    keep_question,
    keep_recipient,
    keep_section,
    move_part,
    remove_part,
)
from khuevan.reports.actions.rules import (
    begin_new_version,
    discard_version,
    end_rule,
    keep_reporters,
    keep_rule,
    put_in_force,
)
from khuevan.reports.actions.targets import TargetEntry, keep_target, keep_targets_of_year, remove_target

__all__ = [
    "Called",
    "PassageChangedMeanwhile",
    "TargetEntry",
    "UnitWords", "WordsChangedMeanwhile",
    "begin_new_version",
    "call_by_rule",
    "call_units",
    "close_cycle",
    "compose_report",
    "correct_report",
    "discard_report",
    "discard_version",
    "edit_english_summary", "edit_passage",
    "edit_report_words",
    "end_rule",
    "export_cycle",
    "export_unit_report",
    "freeze_report",
    "gather_again",
    "keep_indicator",
    "keep_question",
    "keep_recipient",
    "keep_reporters",
    "keep_rule",
    "keep_section",
    "keep_target",
    "keep_targets_of_year",
    "move_part",
    "move_passage",
    "note_export",
    "open_cycle",
    "open_period",
    "put_in_force",
    "release_unit",
    "remove_part",
    "remove_target",
    "reopen_cycle",
    "return_unit_report",
    "save_unit_report",
    "send_unit_report",
    "take_unit_in",
]  # fmt: skip
