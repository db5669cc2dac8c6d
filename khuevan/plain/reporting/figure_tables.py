"""Tables of a report: the figures of a part beside what they are held against; the annexes by unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from khuevan.plain.official_documents.writing.composition import CellAlign, Table
from khuevan.plain.reporting.amounts import UNKNOWN, exact, unit_of
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.report import Figure, Part, Report
from khuevan.plain.reporting.unit_words import named, one_line

# Widths in millimetres of letters of 12 points, with what stands between a cell's letters and its rules.
_DIGIT: Final = 2.13
_LETTER: Final = 2.05
_PADDING: Final = 3.4
_UPRIGHT: Final = 160.0
_WIDE: Final = 257.0
_ORDINAL: Final = 10.0
_LEAST_NAME: Final = 40.0
_LEAST_FIGURE: Final = 18.5
_UNIT_NAME: Final = (40.0, 72.0)
# A name of an indicator over a column of figures needs room for its words.
_HEAD: Final = 25.0
_RIGHT: Final[CellAlign] = "right"
_MILLION: Final = Decimal(10) ** 6
_THOUSANDTH: Final = Decimal("0.001")


def part_table(report: Report, part: Part, caption: str) -> Table:
    """TT, chỉ tiêu, đơn vị tính, kỳ này, kỳ trước, cùng kỳ, lũy kế, % kế hoạch.

    Columns for which nobody has a figure are left out.
    """
    columns = [_this_period(report)]
    figures = part.figures
    if any(one.comparison.before is not None for one in figures):
        columns.append(_lines(report.period_before) or "Kỳ trước")
    if _has_last_year(report, part):
        columns.append(_lines(report.period_last_year) or "Cùng kỳ năm trước")
    if _has_sums(figures):
        columns.append("Lũy kế từ đầu năm")
    if any(_plan_rate(one) is not None for one in figures):
        columns.append("% kế hoạch năm")
    rows = [_row(report, part, place, figure) for place, figure in enumerate(figures, 1)]
    head = ("TT", "Chỉ tiêu", "Đơn vị tính", *columns)
    numbers = [_number_width([row[at] for row in rows], _LEAST_FIGURE) for at in range(3, len(head))]
    unit = max(16.0, min(24.0, _PADDING + _DIGIT * max((len(row[2]) for row in rows), default=0)))
    name = max(_LEAST_NAME, _UPRIGHT - _ORDINAL - unit - sum(numbers))
    aligns: tuple[CellAlign, ...] = ("center", "left", "center", *((_RIGHT,) * len(numbers)))
    return Table((_ORDINAL, name, unit, *numbers), aligns, (head, *rows), 1, caption)


def by_unit_tables(part: Part, *, wide: bool) -> tuple[Table, ...]:
    """The part's figures by unit: as many columns of figures a table as the page has room for.

    Figures that no unit gave (rates computed from sums among them) have no column. The last row is the report's own
    figure.
    """
    columns = [
        place for place in range(len(part.figures)) if any(row[place] is not None for _, row in part.by_unit)
    ]
    tables: list[Table] = []
    least, most = _UNIT_NAME
    longest = max((len(one_line(unit)) for unit, _ in part.by_unit), default=0)
    name = min(most, max(least, _PADDING + _LETTER * longest))
    room = (_WIDE if wide else _UPRIGHT) - _ORDINAL - name
    widths = {place: _column_width(part, place) for place in columns}
    while columns:
        taken = [columns.pop(0)]
        while columns and sum(widths[place] for place in (*taken, columns[0])) <= room:
            taken.append(columns.pop(0))
        shares = (_ORDINAL, name, *(widths[place] for place in taken))
        tables.append(_by_unit(part, taken, shares, continued=bool(tables)))
    return tuple(tables)


def fits_upright(part: Part) -> bool:
    """Whether the part's figures by unit stand on one table of an upright page."""
    return len(by_unit_tables(part, wide=False)) <= 1


def units_table(names: Sequence[str]) -> Table:
    """Units that did not send, numbered."""
    rows = tuple((str(place), one_line(name)) for place, name in enumerate(names, 1))
    return Table((_ORDINAL, _UPRIGHT - _ORDINAL), ("center", "left"), (("TT", "Đơn vị"), *rows))


def missing_table(figures: Sequence[Figure]) -> Table:
    """For each figure the units that sent without it, all of them named."""
    rows = tuple(
        (str(place), one_line(figure.name), named(figure.missing, most=len(figure.missing)))
        for place, figure in enumerate(figures, 1)
    )
    head = ("TT", "Chỉ tiêu", "Đơn vị chưa có số liệu")
    return Table((_ORDINAL, 55.0, _UPRIGHT - _ORDINAL - 55.0), ("center", "left", "left"), (head, *rows))


def has_unknown(table: Table) -> bool:
    """Whether a cell says that nobody knows its figure."""
    return any(UNKNOWN in row for row in table.rows)


def rounds(part: Part) -> bool:
    """Whether a sum of money in the part's table is rounded to nghìn đồng."""
    return any(
        _scale(figure, values)[0] != 1 and any(value is not None and value % 1000 for value in values)
        for figure in part.figures
        if (values := [*_held(figure), figure.year_sum])
    )


def _held(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return figure.value, figure.comparison.before, figure.comparison.last_year


def _this_period(report: Report) -> str:
    return _lines(report.period) or "Kỳ này"


def _lines(period: str) -> str:
    """The period's name over two lines: Quý II / năm 2025."""
    return period.replace(" năm ", "\nnăm ")


def _has_last_year(report: Report, part: Part) -> bool:
    apart = not report.period_last_year or report.period_last_year != report.period_before
    return apart and any(one.comparison.last_year is not None for one in part.figures)


def _has_sums(figures: Sequence[Figure]) -> bool:
    """Whether a year's sum says more than the figure itself; rates have none."""
    return any(one.year_sum not in (None, one.value) for one in figures if one.type != "PERCENT")


def _plan_rate(figure: Figure) -> Decimal | None:
    if figure.type == "PERCENT":
        return None
    return Comparison(figure.year_sum, plan=figure.comparison.plan).plan_rate


def _row(report: Report, part: Part, place: int, figure: Figure) -> tuple[str, ...]:
    comparison = figure.comparison
    values = [figure.value]
    if any(one.comparison.before is not None for one in part.figures):
        values.append(comparison.before)
    if _has_last_year(report, part):
        values.append(comparison.last_year)
    is_rate = figure.type == "PERCENT"
    sums = _has_sums(part.figures)
    scale, unit = _scale(figure, [*values, figure.year_sum])
    cells = [_scaled(value, scale) for value in values]
    if sums:
        # A rate has no sum.
        cells.append("" if is_rate else _scaled(figure.year_sum, scale))
    if any(_plan_rate(one) is not None for one in part.figures):
        share = _plan_rate(figure)
        cells.append(printed(share) if share is not None else "")
    return (str(place), one_line(figure.name), unit, *cells)


def _scale(figure: Figure, values: Sequence[Decimal | None]) -> tuple[Decimal, str]:
    """Money of a row in triệu, to nghìn đồng, so that columns are narrow enough."""
    unit = unit_of(figure)
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0))
    if figure.type == "MONEY" and unit == "đồng" and largest >= _MILLION:
        return _MILLION, "triệu đồng"
    return Decimal(1), unit


def _scaled(value: Decimal | None, scale: Decimal) -> str:
    if value is None or scale == 1:
        return exact(value)
    return exact((value / scale).quantize(_THOUSANDTH, ROUND_HALF_UP))


def _number_width(cells: Sequence[str], least: float) -> float:
    return max(least, _PADDING + _DIGIT * max(map(len, cells), default=0))


def _column_width(part: Part, place: int) -> float:
    figure = part.figures[place]
    cells = [exact(row[place]) for _, row in part.by_unit]
    return _number_width([*cells, exact(figure.value)], _HEAD)


def _by_unit(part: Part, places: list[int], widths: tuple[float, ...], *, continued: bool) -> Table:
    heads = []
    for place in places:
        figure = part.figures[place]
        unit = unit_of(figure)
        heads.append(one_line(figure.name) + (f"\n({unit})" if unit else ""))
    rows = [
        (str(number), one_line(name), *(exact(row[place]) for place in places))
        for number, (name, row) in enumerate(part.by_unit, 1)
    ]
    whole = ("", "Tổng hợp", *(exact(part.figures[place].value) for place in places))
    aligns: tuple[CellAlign, ...] = ("center", "left", *((_RIGHT,) * len(places)))
    return Table(
        widths,
        aligns,
        (("TT", "Đơn vị", *heads), *rows, whole),
        1,
        f"{one_line(part.heading)} (tiếp theo)" if continued else "",
    )
