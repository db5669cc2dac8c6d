"""Every write of reporting."""

from __future__ import annotations

from khuevan.reports.actions.calling import Called, call_by_rule, call_units
from khuevan.reports.actions.composing import (
    compose_report,
    correct_report,
    discard_report,
    edit_report_words,
    freeze_report,
    gather_again,
    note_export,
)
from khuevan.reports.actions.cycles import close_cycle, open_cycle, open_period, reopen_cycle
from khuevan.reports.actions.filling import (
    UnitWords,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)
from khuevan.reports.actions.passages import PassageChangedMeanwhile, edit_passage, move_passage

__all__ = [
    "Called",
    "PassageChangedMeanwhile",
    "UnitWords",
    "call_by_rule",
    "call_units",
    "close_cycle",
    "compose_report",
    "correct_report",
    "discard_report",
    "edit_passage",
    "edit_report_words",
    "freeze_report",
    "gather_again",
    "move_passage",
    "note_export",
    "open_cycle",
    "open_period",
    "reopen_cycle",
    "return_unit_report",
    "save_unit_report",
    "send_unit_report",
]  # fmt: skip
