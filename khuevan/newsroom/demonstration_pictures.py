"""Pictures for trying the software, drawn by the project: no photograph, nobody else's work.

The shapes are written as SVG (`khuevan.newsroom.demonstration_drawings`), Typst turns them into dots.
"""

from __future__ import annotations

import io
from typing import Any, Final

import typst
from PIL import Image

from khuevan.newsroom.demonstration_drawings import DRAWINGS
from khuevan.newsroom.demonstration_drawings.shapes import HEIGHT, WIDTH

QUALITY: Final = 86


def drawn(name: str) -> bytes:
    """The picture as a JPEG of 1800 × 1200; the same name gives the same bytes."""
    return _jpeg(_dots([svg_of(name)])[0])


def all_drawn() -> dict[str, bytes]:
    """Every picture by its name; one run of Typst for all is quicker than one for each."""
    sheets = _dots([svg_of(name) for name in DRAWINGS])
    return {name: _jpeg(sheet) for name, sheet in zip(DRAWINGS, sheets, strict=True)}


def svg_of(name: str) -> str:
    """The picture as SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}">{DRAWINGS[name]()}</svg>'
    )


def _dots(drawings: list[str]) -> list[bytes]:
    """One PNG a drawing, a dot a point."""
    pages = [
        f'#image(bytes("{drawing.replace(chr(34), chr(92) + chr(34))}"), format: "svg", width: 100%)'
        for drawing in drawings
    ]
    source = f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n" + "\n#pagebreak()\n".join(
        pages
    )
    # One page comes alone, several as a list.
    made: Any = typst.compile(source.encode(), format="png", ppi=72)
    return made if isinstance(made, list) else [made]


def _jpeg(png: bytes) -> bytes:
    stream = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()
