"""Records of reporting: rules with their forms, cycles with what units answer, composed reports."""

from __future__ import annotations

from khuevan.reports.models.answers import UnitAnswer, UnitDifficulty, UnitFigure, UnitReport
from khuevan.reports.models.composed import ComposedReport, Passage, ReportFigure
from khuevan.reports.models.cycles import Cycle
from khuevan.reports.models.rules import (
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    RuleRecipient,
    RuleReporter,
    Target,
)

__all__ = [
    "ComposedReport",
    "Cycle",
    "FormSection",
    "Indicator",
    "Passage",
    "Question",
    "ReportFigure",
    "ReportingRule",
    "RuleRecipient",
    "RuleReporter",
    "Target",
    "UnitAnswer",
    "UnitDifficulty",
    "UnitFigure",
    "UnitReport",
]
