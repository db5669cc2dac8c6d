"""The charts of a part: bars of the figures that are asked to stand in one, beside those of earlier periods."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from khuevan.plain.official_documents.writing.composition import Picture
from khuevan.plain.reporting.amounts import MONEY_SCALES, NO_FIGURE, amount, unit_of
from khuevan.plain.reporting.charts import BarChart, Group, bars_png
from khuevan.plain.reporting.report import Figure, Part, Report
from khuevan.plain.reporting.unit_words import one_line

# More lines than that do not stand on half a page.
MOST_LINES: Final = 12
MOST_CHARTS: Final = 24
_LONGEST_NAME: Final = 90
_THOUSANDTH: Final = Decimal("0.001")


def part_charts(report: Report, part: Part, number: int = 1) -> tuple[Picture, ...]:
    """The part's charts, captioned from Biểu đồ `number` on.

    Figures of one unit share a scale; where units differ each figure has its own, and the caption says so. A figure
    below zero is in the table only, for bars begin at zero. Bars show one thing beside another: a chart of a single
    bar, or of none that is longer than nothing, is not drawn.
    """
    figures = [
        figure
        for figure in part.figures
        if figure.in_chart and all(value is None or value >= 0 for value in _values(figure))
    ]
    pictures: list[Picture] = []
    for start in range(0, len(figures), MOST_LINES):
        shown = figures[start : start + MOST_LINES]
        if _says_something(shown) and number + len(pictures) <= MOST_CHARTS:
            pictures.append(_picture(report, part, shown, number + len(pictures)))
    return tuple(pictures)


def _says_something(figures: Sequence[Figure]) -> bool:
    """Whether a bar of this period stands beside another, and one of them is longer than nothing."""
    if len({unit_of(figure) for figure in figures}) > 1:
        # On scales of their own, bars of different figures say nothing beside each other.
        return any(_says_something([figure]) for figure in figures)
    known = [value for figure in figures for value in _values(figure) if value is not None]
    return len(known) > 1 and any(known) and any(figure.value is not None for figure in figures)


def _values(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return figure.value, figure.comparison.before, figure.comparison.last_year


def _picture(report: Report, part: Part, figures: Sequence[Figure], number: int) -> Picture:
    names = (report.period or "Kỳ này", report.period_before or "Kỳ trước", report.period_last_year)
    series = [0]
    if any(_values(figure)[1] is not None for figure in figures):
        series.append(1)
    if names[2] and names[2] != names[1] and any(_values(figure)[2] is not None for figure in figures):
        series.append(2)
    units = {unit_of(figure) for figure in figures}
    heading = one_line(part.heading)
    if len(units) > 1:
        groups = tuple(_group(figure, series, *_scale([figure]), with_unit=True) for figure in figures)
        about, unit = f"{heading} (mỗi chỉ tiêu một thang đo)", ""
    else:
        scale, unit = _scale(figures)
        groups = tuple(_group(figure, series, scale, unit, with_unit=False) for figure in figures)
        about = f"{heading} ({unit})" if unit else heading
    chart = BarChart(
        tuple(names[place] for place in series), groups, "%" if unit == "%" else "", NO_FIGURE, len(units) > 1
    )
    return Picture(bars_png(chart), _told(figures, series, names), f"Biểu đồ {number}. {about}")


def _group(figure: Figure, series: Sequence[int], scale: Decimal, unit: str, *, with_unit: bool) -> Group:
    name = _name(figure)
    if with_unit and unit and unit != "%":
        name += f" ({unit})"
    values = tuple(_scaled(_values(figure)[place], scale) for place in series)
    return Group(name, values, "%" if with_unit and unit == "%" else "")


def _scale(figures: Sequence[Figure]) -> tuple[Decimal, str]:
    """Money in tỷ or triệu, as its largest sum asks; the exact sums stand in the text and in the annex."""
    unit = unit_of(figures[0])
    if figures[0].type == "MONEY" and unit == "đồng":
        values = [value for figure in figures for value in _values(figure) if value is not None]
        for scale, name in MONEY_SCALES:
            if max(values, default=Decimal(0)) >= scale:
                return scale, name
    return Decimal(1), unit


def _scaled(value: Decimal | None, scale: Decimal) -> Decimal | None:
    if value is None or scale == 1:
        return value
    return (value / scale).quantize(_THOUSANDTH, ROUND_HALF_UP)


def _name(figure: Figure) -> str:
    name = one_line(figure.name)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _told(figures: Sequence[Figure], series: Sequence[int], names: Sequence[str]) -> str:
    """What the chart shows, in words, for whoever cannot see it."""
    lines = []
    for figure in figures:
        values = _values(figure)
        said = [
            f"{names[place]}: {amount(figure, value) if (value := values[place]) is not None else NO_FIGURE}"
            for place in series
        ]
        lines.append(f"{one_line(figure.name)} – {', '.join(said)}")
    return f"Biểu đồ thanh ngang. {'; '.join(lines)}."
