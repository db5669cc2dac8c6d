"""What the styles of a DOCX say of text: capitals, hidden, font, numbering."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.extraction.docx_names import MAIN, is_on, value_of

_DEEPEST_STYLE: Final = 50


@dataclass(frozen=True, slots=True)
class Appearance:
    """Properties of a run or of a style; None where nothing is said."""

    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def under(self, closer: Appearance) -> Appearance:
        """These properties with those of a `closer` setting laid over them."""
        return Appearance(
            self.capitals if closer.capitals is None else closer.capitals,
            self.hidden if closer.hidden is None else closer.hidden,
            self.font if closer.font is None else closer.font,
        )


PLAIN: Final = Appearance()


def appearance_of(properties: etree._Element | None) -> Appearance:
    """What a `w:rPr` itself says."""
    if properties is None or len(properties) == 0:
        return PLAIN
    fonts = properties.find(MAIN + "rFonts")
    font = None
    if fonts is not None:
        font = fonts.get(MAIN + "ascii") or fonts.get(MAIN + "hAnsi")
    capitals = is_on(properties, "caps")
    if not capitals and is_on(properties, "smallCaps"):
        capitals = True  # small capitals are printed as capitals, too
    return Appearance(capitals, is_on(properties, "vanish"), font)


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits; `numbering` is (numId, level), level None where not given."""

    appearance: Appearance = PLAIN
    numbering: tuple[str, str | None] | None = None


class Styles:
    """The styles of a document, each resolved along its `basedOn` chain when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._defaults = Style()
        self.default_paragraph: str | None = None
        if root is None:
            return
        for element in root.iterfind(MAIN + "style"):
            name = element.get(MAIN + "styleId")
            if name is None:
                continue
            self._elements.setdefault(name, element)
            is_default = element.get(MAIN + "default") in ("1", "true", "on")
            if is_default and element.get(MAIN + "type") == "paragraph":
                self.default_paragraph = name
        defaults = root.find(f"{MAIN}docDefaults/{MAIN}rPrDefault/{MAIN}rPr")
        self._defaults = Style(appearance_of(defaults))

    def paragraph(self, name: str | None) -> Style:
        """The style of a paragraph that names `name`; the default style where it names none."""
        return self._style(name or self.default_paragraph, self._defaults, 0)

    def character(self, name: str | None) -> Appearance:
        """What a character style alone says."""
        return PLAIN if name is None else self._style(name, Style(), 0).appearance

    def _style(self, name: str | None, start: Style, depth: int) -> Style:
        if name is None or name not in self._elements or depth > _DEEPEST_STYLE:
            return start
        if (known := self._resolved.get(name)) is not None:
            return known
        element = self._elements[name]
        style = self._style(value_of(element, "basedOn"), start, depth + 1)
        style = replace(style, appearance=style.appearance.under(appearance_of(element.find(MAIN + "rPr"))))
        numbering = element.find(f"{MAIN}pPr/{MAIN}numPr")
        if numbering is not None:
            inherited = style.numbering or (None, None)
            number = value_of(numbering, "numId") or inherited[0]
            level = value_of(numbering, "ilvl") or inherited[1]
            if number is not None:
                style = replace(style, numbering=(number, level))
        self._resolved[name] = style
        return style
