"""A consolidated report as values: figures with what they are held against, units' words, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from khuevan.plain.reporting.comparisons import Comparison

FigureType = Literal["COUNT", "DECIMAL", "MONEY", "PERCENT"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `comparison.plan` is the year's target and `year_sum` what is held against it.

    `missing` are the units that sent without it; `in_chart` puts it into its part's chart. `english_name` and
    `english_unit` are empty where nobody gave them.
    """

    code: str
    name: str
    unit: str
    type: FigureType
    comparison: Comparison
    year_sum: Decimal | None = None
    missing: tuple[str, ...] = ()
    in_chart: bool = False
    english_name: str = ""
    english_unit: str = ""

    @property
    def value(self) -> Decimal | None:
        """The figure itself; None where no unit gave it."""
        return self.comparison.value


@dataclass(frozen=True, slots=True)
class Words:
    """What one unit says, as the report says it; paragraphs apart by newlines."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with the units' words."""

    question: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the report: its heading, the plan's section that it answers to, figures, words.

    `by_unit` are the annex's rows: a unit's name and its value for each figure, in the figures' order (None
    where it gave none).
    """

    heading: str
    plan_ref: str
    figures: tuple[Figure, ...]
    answered: tuple[Answered, ...] = ()
    by_unit: tuple[tuple[str, tuple[Decimal | None, ...]], ...] = ()
    english_heading: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `first` and `last` are the days that it counts, both inclusive.

    `period`, `period_before` and `period_last_year` are names (Quý I năm 2025), empty for a report without a
    period. `missing_units` had not sent when it was composed. `corrects` names the version that it corrects
    (“Báo cáo số 12/BC-SVHTT ngày …”), empty for none, with `correction_reason`.
    """

    title: str
    period: str
    first: date
    last: date
    parts: tuple[Part, ...]
    unit_count: int
    missing_units: tuple[str, ...]
    period_before: str = ""
    period_last_year: str = ""
    plan_title: str = ""
    opening: str = ""
    assessment: str = ""
    next_steps: str = ""
    difficulties: tuple[Words, ...] = ()
    proposals: tuple[Words, ...] = ()
    corrects: str = ""
    correction_reason: str = ""
    english_title: str = ""
