"""The geometry of the desks' charts: numbers in, places in an SVG out. Knows no words, no database, no locale.

Widths and horizontal places are percentages ("12.5%"), so that a chart is as wide as its column while letters
and patterns keep their size; heights are pixels. All are text, because a template would write 12,5 in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

# A number inside a segment needs this share of the chart's width for each of its digits, and for its margins.
DIGIT_SHARE, MARGIN_SHARE = 0.024, 0.008
# Nothing that exists is drawn thinner: three pixels of a telephone's width.
LEAST_SHARE = 0.008


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: its code, its number, its place; `middle` is where its number stands, empty for nowhere."""

    code: str
    count: int
    x: str
    width: str
    middle: str


def stacked_bars(rows: Sequence[Sequence[tuple[str, int]]], *, share: bool = False) -> list[list[Segment]]:
    """The segments of each row of (code, count); parts of nothing are left out.

    All rows have one scale, the largest fills the width; with `share` each row fills it by itself.
    """
    largest = max((sum(count for _code, count in row) for row in rows), default=0)
    return [_bar(row, sum(count for _code, count in row) if share else largest) for row in rows]


def _bar(row: Sequence[tuple[str, int]], scale: int) -> list[Segment]:
    parts = [(code, count) for code, count in row if count]
    if not parts:
        return []
    wanted = [count / scale for _code, count in parts]
    widths = [max(width, LEAST_SHARE) for width in wanted]
    # What thin parts were given is taken from the widest, so that the bar keeps its length
    # as long as it has one.
    widest = widths.index(max(widths))
    widths[widest] = max(LEAST_SHARE, widths[widest] - (sum(widths) - sum(wanted)))
    found, x = [], 0.0
    for (code, count), width in zip(parts, widths, strict=True):
        fits = width >= MARGIN_SHARE + DIGIT_SHARE * len(f"{count:,}")
        middle = percent(x + width / 2) if fits else ""
        found.append(Segment(code, count, percent(x), percent(width), middle))
        x += width
    return found


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of a curve: its place, the value."""

    x: str
    y: str
    value: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A horizontal line of the scale, with its value."""

    y: str
    value: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over time, from 0 up. `line` and `area` are paths in a box of 1000 × 1000 that is stretched.

    The box lies from `top` with `height` in the chart; dots and ticks are places in the chart itself.
    """

    line: str
    area: str
    top: str
    height: str
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]


def curve(values: Sequence[int], *, top: int, height: int) -> Curve:
    """The curve of the values, evenly spread from edge to edge, in a box of `height` pixels below `top`."""
    scale = round_scale(max(values, default=0))
    last = max(len(values) - 1, 1)
    places = [(index / last, 1 - value / scale[-1]) for index, value in enumerate(values)]
    points = " ".join(
        f"{'L' if index else 'M'}{x * 1000:.1f} {y * 1000:.1f}" for index, (x, y) in enumerate(places)
    )
    return Curve(
        line=points,
        area=f"{points} L1000 1000 L0 1000 Z" if points else "",
        top=str(top),
        height=str(height),
        dots=tuple(
            Dot(percent(x), f"{top + y * height:.1f}", value)
            for (x, y), value in zip(places, values, strict=True)
        ),
        ticks=tuple(Tick(f"{top + height - value / scale[-1] * height:.1f}", value) for value in scale),
    )


def round_scale(largest: int, steps: int = 4) -> tuple[int, ...]:
    """Round numbers from 0 to the first that reaches `largest`, at most `steps` above 0: 0, 20, 40, 60 for 47."""
    if largest <= 0:
        return (0, 1)
    rough = largest / steps
    power = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = next(int(factor * power) for factor in (1, 2, 5, 10) if factor * power >= rough)
    return tuple(range(0, step * ceil(largest / step) + 1, step))


def percent(share: float) -> str:
    """A share of the width as SVG writes it."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"
