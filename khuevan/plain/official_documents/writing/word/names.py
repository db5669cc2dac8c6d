"""Elements of WordprocessingML, made short, and words made safe for XML."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.xml_text import safe

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WORD_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMESPACES: Final = {
    "w": MAIN,
    "r": RELATIONSHIPS,
    "a": DRAWING,
    "pic": PICTURE,
    "wp": WORD_DRAWING,
}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# Elements are made by the thousand: each with all the prefixes would take ten times as long.
_MAIN_ALONE: Final = {"w": MAIN}
_TWIPS_OF_MM: Final = 1440 / 25.4
_PIECES: Final = re.compile(r"\t|\r\n?|\n|[^\t\r\n]+")


def w(name: str, /, *children: etree._Element | None, **attributes: object) -> etree._Element:
    """The element w:name with its children (None left out) and w: attributes."""
    element = etree.Element(f"{{{MAIN}}}{name}", nsmap=_MAIN_ALONE)
    for key, value in attributes.items():
        element.set(f"{{{MAIN}}}{key}", str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def rooted(name: str, *children: etree._Element) -> etree._Element:
    """The element w:name that heads a part, with the prefixes of everything that may stand in it."""
    element = etree.Element(f"{{{MAIN}}}{name}", nsmap=NAMESPACES)
    element.extend(children)
    return element


def related(name: str, relation: str, **attributes: object) -> etree._Element:
    """The element w:name that names another part by the identifier of its relationship."""
    element = etree.Element(f"{{{MAIN}}}{name}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        element.set(f"{{{MAIN}}}{key}", str(value))
    element.set(f"{{{RELATIONSHIPS}}}id", relation)
    return element


def on(name: str, wanted: bool = True) -> etree._Element | None:
    """The on/off property where it is wanted."""
    return w(name) if wanted else None


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * _TWIPS_OF_MM)


def points(size: float) -> int:
    """Twentieths of a point, from points."""
    return round(size * 20)


def run(
    text: str, *, bold: bool | None = None, italic: bool | None = None, caps: bool | None = None
) -> etree._Element:
    """Letters in one style; None leaves to the paragraph's style what it says. Tabs and new lines are kept."""
    properties = w("rPr")
    for name, wanted in (("b", bold), ("i", italic), ("caps", caps)):
        if wanted is not None:
            properties.append(w(name) if wanted else w(name, val="0"))
    element = w("r", properties if len(properties) else None)
    for piece in _PIECES.findall(safe(text)):
        if piece == "\t":
            element.append(w("tab"))
        elif piece[0] in "\r\n":
            element.append(w("br"))
        else:
            words = w("t")
            words.text = piece
            if piece != piece.strip(" ") or "  " in piece:
                words.set(_SPACE, "preserve")
            element.append(words)
    return element


def paragraph(
    style: str, *content: etree._Element, properties: tuple[etree._Element | None, ...] = ()
) -> etree._Element:
    """A paragraph in a named style; `properties` in the order that the schema wants (keepNext … ind, jc)."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def borders(name: str, line: str = "nil", **more: object) -> etree._Element:
    """The borders of a table or cell, all alike."""
    sides = ("top", "left", "bottom", "right") + (("insideH", "insideV") if name == "tblBorders" else ())
    return w(name, *(w(side, val=line, **more) for side in sides))
