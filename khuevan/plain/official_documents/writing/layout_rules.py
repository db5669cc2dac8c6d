"""How official documents of a day are laid out: what a regulation sets, read from its data file.

Lengths of the page are in millimetres, sizes of letters and gaps in points.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

Align = Literal["left", "center", "justify"]
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Component:
    """One component of a document: the size set, the sizes allowed (both inclusive), and the style."""

    size: float
    allowed: tuple[float, float]
    align: Align
    bold: bool = False
    italic: bool = False
    caps: bool = False
    gap_before: float = 0


@dataclass(frozen=True, slots=True)
class PageRules:
    """The page and its margins in millimetres; `ranges` holds what is allowed, by side."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    ranges: dict[str, tuple[float, float]]

    @property
    def text_width(self) -> float:
        """The width between the margins, in millimetres."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """The layout that one regulation sets, from `valid_from` on.

    `types` maps a type's name in sentence case to its code, empty for a type without one; `urgency` maps
    each mark to the width and height of its box.
    """

    name: str
    valid_from: date
    page: PageRules
    first_line: float
    paragraph_gap: float
    line_spacing: float
    head_left: float
    head_right: float
    issuer_rule: float
    title_rule: float
    components: dict[str, Component]
    urgency: dict[str, tuple[float, float]]
    circulation: tuple[str, ...]
    types: dict[str, str]
    enacting: dict[str, str]

    def component(self, name: str) -> Component:
        """The component of this name; raises KeyError for one that the regulation does not know."""
        return self.components[name]


def rules_on(day: date) -> LayoutRules:
    """The rules in force on the day; for a day before the first of them, the first."""
    known = all_rules()
    return next((rules for rules in reversed(known) if rules.valid_from <= day), known[0])


@cache
def all_rules() -> tuple[LayoutRules, ...]:
    """Every regulation that there is data of, the oldest first."""
    read = [_rules(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(DATA.glob("*.toml"))]
    return tuple(sorted(read, key=lambda rules: rules.valid_from))


def _rules(data: dict[str, Any]) -> LayoutRules:
    page, body, head = data["page"], data["body"], data["head"]
    return LayoutRules(
        name=data["name"],
        valid_from=data["valid_from"],
        page=PageRules(
            **{side: page[side] for side in ("width", "height", "top", "bottom", "left", "right")},
            ranges={side: (low, high) for side, (low, high) in page["ranges"].items()},
        ),
        first_line=body["first_line"],
        paragraph_gap=body["paragraph_gap"],
        line_spacing=body["line_spacing"],
        head_left=head["left"],
        head_right=head["right"],
        issuer_rule=head["issuer_rule"],
        title_rule=head["title_rule"],
        components={
            name: Component(**{**values, "allowed": tuple(values["allowed"])})
            for name, values in data["components"].items()
        },
        urgency={mark: (width, height) for mark, (width, height) in data["urgency"].items()},
        circulation=tuple(data["circulation"]["marks"]),
        types=dict(data["types"]),
        enacting=dict(data["enacting"]),
    )
