"""Every write of reporting."""

from __future__ import annotations

from khuevan.reports.actions.composing import (
    compose_report,
    correct_report,
    discard_report,
    edit_passage,
    edit_report_words,
    freeze_report,
    gather_again,
)
from khuevan.reports.actions.cycles import call_units, close_cycle, open_cycle, open_period, reopen_cycle
from khuevan.reports.actions.filling import (
    UnitWords,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)

__all__ = [
    "UnitWords", "call_units", "close_cycle", "compose_report", "correct_report", "discard_report",
    "edit_passage", "edit_report_words", "freeze_report", "gather_again", "open_cycle", "open_period",
    "reopen_cycle", "return_unit_report", "save_unit_report", "send_unit_report",
]  # fmt: skip
