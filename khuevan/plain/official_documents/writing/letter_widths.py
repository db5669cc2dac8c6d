"""How wide words are in Times New Roman: the widths of Tinos, which are the same (metric-compatible).

Word lays lines out itself; this is for what must be as long as a line (the rule below the motto), and for
lines of a head or title that are to be of about equal length.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import Final

_FONTS: Final = Path(__file__).parent / "fonts"
_FILES: Final = {
    (False, False): "Tinos_400Regular.ttf",
    (False, True): "Tinos_400Regular_Italic.ttf",
    (True, False): "Tinos_700Bold.ttf",
    (True, True): "Tinos_700Bold_Italic.ttf",
}
_MM_OF_POINT: Final = 25.4 / 72
# Room for what our sum of widths does not know: kerning, rounding of a screen.
_SLACK_MM: Final = 1.0


def width_of(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of one line in millimetres; `size` in points."""
    widths = _widths(_FILES[bold, italic])
    unknown = widths.get(ord("n"), 0.5)
    return sum(widths.get(ord(letter), unknown) for letter in text) * size * _MM_OF_POINT


def even_width(text: str, size: float, available: float, *, bold: bool = False) -> float:
    """The width in millimetres in which the text takes as few lines as in the available, of about equal length."""
    # Not at no-break spaces.
    words = [width_of(word, size, bold=bold) for word in text.split(" ") if word]
    space = width_of(" ", size, bold=bold)
    fewest = _lines(words, space, available)
    if fewest < 2:
        return available
    low, high = max(words, default=0.0), available
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if _lines(words, space, middle) <= fewest else (middle, high)
    return min(high + _SLACK_MM, available)


def longest_line(text: str, size: float, available: float, *, bold: bool = False) -> float:
    """The width in millimetres of the longest line that the text makes in the available width."""
    return min(width_of(text, size, bold=bold), even_width(text, size, available, bold=bold))


def _lines(words: list[float], space: float, available: float) -> int:
    count, used = 1, 0.0
    for word in words:
        if used and used + space + word > available:
            count, used = count + 1, word
        else:
            used += (space if used else 0) + word
    return count


@cache
def _widths(name: str) -> dict[int, float]:
    """The advance width of each character of the font, in ems."""
    data = (_FONTS / name).read_bytes()
    tables = {}
    for place in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        tables[tag] = offset
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    measured = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    advances = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * glyph)[0] for glyph in range(measured)]
    return {
        code: advances[min(glyph, measured - 1)] / units
        for code, glyph in _glyphs(data, tables[b"cmap"]).items()
    }


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """The glyph of each character of the Basic Multilingual Plane (cmap format 4, OpenType 1.9)."""
    start = next(
        cmap + offset
        for platform, encoding, offset in (
            struct.unpack_from(">HHL", data, cmap + 4 + 8 * place)
            for place in range(struct.unpack_from(">H", data, cmap + 2)[0])
        )
        if (platform, encoding) == (3, 1)
    )
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    firsts = struct.unpack_from(f">{count}H", data, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}h", data, start + 16 + 4 * count)
    ranges_at = start + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    glyphs: dict[int, int] = {}
    for place, (first, last, delta, offset) in enumerate(zip(firsts, ends, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset:
                at = ranges_at + 2 * place + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, at)[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                glyphs[code] = glyph
    return glyphs
