"""Shapes and colours of the demonstration's drawings, as pieces of SVG on a sheet of 1800 × 1200."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

WIDTH: Final = 1800
HEIGHT: Final = 1200

# The palette of the site, and what it needs beside it.
LACQUER, DEEP, GLOW = "#8c2f1b", "#5e1c10", "#b5472c"
LEAF, GOLD, STRAW = "#d99a1c", "#edc15f", "#f6e2b3"
INK, NIGHT, DUSK = "#231a16", "#2b2a3a", "#4a4458"
PAPER, SHEET, SAND = "#fffdf9", "#f7f0e6", "#e8d6ba"
JADE, PINE, MINT, MIST = "#3f7f6b", "#24544a", "#a9cdbb", "#d9e6da"
PINK, ROSE, BLUSH = "#e59aa6", "#c8637a", "#f7d9d8"
CLAY, EARTH, BARK = "#b9734a", "#8a5a3c", "#5d4132"
COBALT = "#2f5673"


def rect(x: float, y: float, w: float, h: float, fill: str, rx: float = 0, opacity: float = 1) -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{rx:g}" fill="{fill}" opacity="{opacity:g}"/>'


def circle(x: float, y: float, r: float, fill: str, opacity: float = 1) -> str:
    """A disc."""
    return ellipse(x, y, r, r, fill, opacity)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, opacity: float = 1) -> str:
    """An ellipse."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}" opacity="{opacity:g}"/>'


def shape(d: str, fill: str, opacity: float = 1) -> str:
    """A filled outline."""
    return f'<path d="{d}" fill="{fill}" opacity="{opacity:g}"/>'


def line(d: str, stroke: str, width: float = 6, opacity: float = 1) -> str:
    """A stroke with round ends along an outline."""
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round" '
        f'stroke-linejoin="round" opacity="{opacity:g}"/>'
    )


def group(*parts: str, move: str = "", opacity: float = 1) -> str:
    """Parts that are moved, turned or faded together."""
    moved = f' transform="{move}"' if move else ""
    return f'<g{moved} opacity="{opacity:g}">{"".join(parts)}</g>'


def fade(name: str, *stops: str, across: bool = False) -> str:
    """A gradient from the first colour to the last, downwards or across; `url(#name)` fills with it."""
    steps = "".join(
        f'<stop offset="{at / (len(stops) - 1):.3f}" stop-color="{colour}"/>'
        for at, colour in enumerate(stops)
    )
    x2, y2 = (1, 0) if across else (0, 1)
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="{x2}" y2="{y2}">{steps}</linearGradient>'


def sky(*colours: str) -> str:
    """A background from the top colour to the bottom one."""
    return fade("sky", *colours) + rect(0, 0, WIDTH, HEIGHT, "url(#sky)")


def glow(x: float, y: float, r: float, colour: str, steps: int = 4) -> str:
    """Rings of light that grow fainter outwards."""
    return "".join(circle(x, y, r * (1 + 0.45 * step), colour, 0.16) for step in range(steps, 0, -1))


def hills(y: float, rise: float, colour: str, opacity: float = 1, shift: float = 0) -> str:
    """A long soft ridge from edge to edge."""
    d = f"M-200 {HEIGHT + 10}L-200 {y}"
    step = 400
    for at in range(6):
        x = -200 + step * at
        top = y - rise * (0.6 + 0.4 * math.sin(at * 1.9 + shift))
        d += f"C{x + 130} {top:g} {x + 270} {top:g} {x + step} {y}"
    return shape(d + f"L2200 {HEIGHT + 10}Z", colour, opacity)


def ripples(top: float, bottom: float, colour: str, opacity: float = 0.5, count: int = 9) -> str:
    """Short level strokes on water, wider towards the reader."""
    parts = []
    for at in range(count):
        y = top + (bottom - top) * ((at + 0.5) / count) ** 1.25
        x = (at * 619) % 1500 + 60
        w = 90 + 26 * at
        parts.append(line(f"M{x} {y:g}h{w}M{(x + 870) % 1700} {y + 12:g}h{w * 0.6:g}", colour, 5, opacity))
    return "".join(parts)


def roof(
    cx: float, base: float, eave: float, ridge: float, height: float, colour: str, lift: float = 46
) -> str:
    """A tiled roof whose corners rise: half widths of eave and ridge, height from eave to ridge."""
    left, right = cx - eave, cx + eave
    d = (
        f"M{left} {base - lift}C{left + 40} {base - 4} {left + 90} {base} {left + 170} {base}L{right - 170} {base}"
        f"C{right - 90} {base} {right - 40} {base - 4} {right} {base - lift}"
        f"C{right - 110} {base - lift + 6} {cx + ridge + 50} {base - height + 60} {cx + ridge} {base - height}"
        f"L{cx - ridge} {base - height}"
        f"C{cx - ridge - 50} {base - height + 60} {left + 110} {base - lift + 6} {left} {base - lift}Z"
    )
    return shape(d, colour)


def tree(x: float, y: float, size: float, colour: str, trunk: str = BARK) -> str:
    """A round-headed tree that stands at (x, y)."""
    crowns = ((0, -1.5, 0.72), (-0.55, -1.1, 0.55), (0.55, -1.15, 0.58), (0.1, -0.85, 0.6))
    return shape(
        f"M{x - size * 0.07:g} {y}L{x - size * 0.04:g} {y - size}h{size * 0.08:g}L{x + size * 0.07:g} {y}Z",
        trunk,
    ) + "".join(circle(x + size * dx, y + size * dy, size * r, colour) for dx, dy, r in crowns)


def flower(x: float, y: float, r: float, petal: str, heart: str = GOLD, petals: int = 5) -> str:
    """A blossom seen from the front."""
    parts = []
    for at in range(petals):
        turn = 2 * math.pi * at / petals - math.pi / 2
        parts.append(circle(x + r * 0.6 * math.cos(turn), y + r * 0.6 * math.sin(turn), r * 0.5, petal))
    return "".join([*parts, circle(x, y, r * 0.26, heart)])


def along(count: int, first: float, last: float) -> Iterable[float]:
    """Evenly spaced places from the first to the last, both included."""
    return (first + (last - first) * at / (count - 1) for at in range(count))


def star(x: float, y: float, r: float, fill: str, inner: float = 0.382) -> str:
    """A star of five points, one of them upwards."""
    points = []
    for at in range(10):
        reach = r if at % 2 == 0 else r * inner
        turn = math.pi * at / 5 - math.pi / 2
        points.append(f"{x + reach * math.cos(turn):.1f} {y + reach * math.sin(turn):.1f}")
    return shape(f"M{'L'.join(points)}Z", fill)
