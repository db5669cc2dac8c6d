"""The elements, attributes and style properties that may stay in a drawing (`data/svg_vocabulary.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

_DATA: Final[dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "svg_vocabulary.toml").read_text(encoding="utf-8")
)

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"

SHAPES: Final = frozenset(_DATA["shapes"])
HIDDEN: Final = frozenset(_DATA["hidden"])
ELEMENTS: Final = SHAPES | HIDDEN | frozenset(_DATA["filters"]) | frozenset(_DATA["others"])
UNWRAPPED: Final = frozenset(_DATA["unwrapped"])
REFERRING: Final = frozenset(_DATA["referring"])
PROPERTIES: Final = frozenset(_DATA["properties"])
ATTRIBUTES: Final = PROPERTIES | frozenset(_DATA["attributes"])
