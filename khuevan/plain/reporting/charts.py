"""Bars of a report as a picture that can be read in black and white: patterns, not colours, tell them apart.

Drawn by Typst in the face of official documents. A figure that is missing is said, never drawn as nothing.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import typst

FONTS: Final = Path(__file__).parents[1] / "official_documents" / "writing" / "fonts"
TEMPLATE: Final = Path(__file__).parent / "bars.typ"
MOST_SERIES: Final = 4
MOST_GROUPS: Final = 40
# Letters of 11 pt stay sharp on paper at this many dots an inch.
DOTS_AN_INCH: Final = 200
_lock = threading.Lock()
_compilers: list[Any] = []


@dataclass(frozen=True, slots=True)
class Group:
    """What stands on one line of the chart: its name, and a figure for each series (None where missing).

    `unit` stands behind its figures where the chart has no unit for all.
    """

    name: str
    figures: tuple[Decimal | None, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars. `series` are the names in the legend (this period, the one before …), at most four.

    `unit` stands behind each figure (“tin”, “%”), empty for none; `missing` is what is said where a figure is
    missing. Figures are drawn as they are: rounding is the caller's. None may be below zero. With `own_scales` the
    longest bar of each group fills the room, for groups of different units; whoever shows the chart says so.
    """

    series: tuple[str, ...]
    groups: tuple[Group, ...]
    unit: str
    missing: str
    own_scales: bool = False


def bars_png(chart: BarChart) -> bytes:
    """The chart as PNG, 160 mm wide at 200 dots an inch; as high as its groups need. Raises ValueError."""
    if not 1 <= len(chart.series) <= MOST_SERIES or not 1 <= len(chart.groups) <= MOST_GROUPS:
        raise ValueError(f"A chart has 1 to {MOST_SERIES} series and 1 to {MOST_GROUPS} groups.")
    if any(len(group.figures) != len(chart.series) for group in chart.groups):
        raise ValueError("Each group needs a figure, or None, for each series.")
    known = [figure for group in chart.groups for figure in group.figures if figure is not None]
    if any(figure < 0 for figure in known):
        raise ValueError("Bars begin at zero: a figure below it is shown in a table.")
    longest = max(known, default=Decimal(0))
    longests = [
        max((figure for figure in group.figures if figure is not None), default=Decimal(0))
        if chart.own_scales
        else longest
        for group in chart.groups
    ]
    data = {
        "series": chart.series,
        "missing": chart.missing,
        "groups": [
            {
                "name": group.name,
                "bars": [
                    None
                    if figure is None
                    else {
                        "share": float(figure / most) if most else 0.0,
                        "text": printed(figure, chart.unit or group.unit),
                    }
                    for figure in group.figures
                ],
            }
            for group, most in zip(chart.groups, longests, strict=True)
        ],
    }
    with _lock:
        if not _compilers:
            fonts = typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
            )
            _compilers.append(typst.Compiler(font_paths=fonts))
        sources = {"main.typ": TEMPLATE.read_bytes(), "chart.json": json.dumps(data).encode()}
        made: bytes = _compilers[0].compile(input=sources, format="png", ppi=DOTS_AN_INCH)
    return made


def printed(figure: Decimal, unit: str = "") -> str:
    """The figure as Vietnamese documents print it: 1.234,5 with its unit behind."""
    whole, _, rest = f"{figure:,f}".partition(".")
    rest = rest.rstrip("0")
    number = whole.replace(",", ".") + (f",{rest}" if rest else "")
    if unit == "%":
        return f"{number}%"
    return f"{number} {unit}" if unit else number
