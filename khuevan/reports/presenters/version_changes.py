"""What a corrected version says other than the one before, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from khuevan.plain.reporting.amounts import NO_FIGURE
from khuevan.plain.reporting.charts import printed
from khuevan.reports.models import ComposedReport, ReportFigure


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that differs; `change` has its sign, empty where one side has none. Links where a side has it."""

    code: str
    name: str
    unit: str
    old: str
    new: str
    change: str
    was_there: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """Figures that differ, how many do not, and units that were missing in one version only."""

    figures: tuple[FigureChange, ...]
    same: int
    came: tuple[str, ...]
    went: tuple[str, ...]


def changes_between(old: ComposedReport, new: ComposedReport) -> VersionChanges:
    """What differs; two queries."""
    before, after = _figures(old), _figures(new)
    codes = [*after, *(code for code in before if code not in after)]
    changed = [code for code in codes if _value(before, code) != _value(after, code)]
    was, still = set(old.missing_units), set(new.missing_units)
    return VersionChanges(
        tuple(_change(before.get(code), after.get(code)) for code in changed),
        len(codes) - len(changed),
        tuple(name for name in old.missing_units if name not in still),
        tuple(name for name in new.missing_units if name not in was),
    )


def _figures(report: ComposedReport) -> dict[str, ReportFigure]:
    rows = ReportFigure.objects.filter(report=report).defer("parts").order_by("order")
    return {one.code: one for one in rows}


def _value(figures: dict[str, ReportFigure], code: str) -> Decimal | str | None:
    return figures[code].value if code in figures else ""


def _change(old: ReportFigure | None, new: ReportFigure | None) -> FigureChange:
    shown = new or old
    assert shown is not None
    change = ""
    if old is not None and new is not None and old.value is not None and new.value is not None:
        apart = new.value - old.value
        change = f"+{printed(apart)}" if apart > 0 else f"−{printed(-apart)}"
    return FigureChange(
        shown.code,
        shown.name,
        shown.unit_of_measure,
        _said(old),
        _said(new),
        change,
        old is not None,
        new is not None,
    )


def _said(figure: ReportFigure | None) -> str:
    if figure is None:
        return "–"
    return NO_FIGURE if figure.value is None else printed(figure.value)
