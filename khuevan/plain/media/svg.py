"""Drawings (SVG) cleaned by what may stay, not by what must go.

    cleaned = clean_svg(data)
    cleaned.data, cleaned.removed

The tree is built anew from allowed elements, attributes and style declarations: no script, no event, no
foreign content, no animation, no link, nothing from outside, no entity. A drawing that held none of these
looks as before. What was taken out is named, so that an officer can be told. Serve it all the same with a
policy that forbids scripts, as any picture.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from khuevan.plain.media import messages
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.declared_sizes import check_declared
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.media.signatures import Kind, kind_of
from khuevan.plain.media.svg_reading import parsed_drawing
from khuevan.plain.media.svg_references import check_repetition
from khuevan.plain.media.svg_styles import clean_declarations, clean_sheet, is_harmless
from khuevan.plain.media.svg_vocabulary import (
    ATTRIBUTES,
    ELEMENTS,
    HIDDEN,
    REFERRING,
    SHAPES,
    SVG,
    UNWRAPPED,
    XLINK,
    XML,
)
from khuevan.plain.media.windows import Windows

_LOCAL: Final = re.compile(r"#[^\s\"'()<>\\]{1,200}")
_EMBEDDED: Final = re.compile(r"data:image/(png|jpeg|jpg|webp|gif);base64,([A-Za-z0-9+/=\s]*)")
_EMBEDDED_KINDS: Final = {
    "png": Kind.PNG,
    "jpeg": Kind.JPEG,
    "jpg": Kind.JPEG,
    "webp": Kind.WEBP,
    "gif": Kind.GIF,
}
_LENGTH: Final = re.compile(r"\s*(\d{1,7}(?:\.\d{1,6})?)(?:px)?\s*")
_NUMBERS: Final = re.compile(r"[\s,]+")
_XML_VALUES: Final = {
    "space": re.compile(r"preserve|default"),
    "lang": re.compile(r"[A-Za-z0-9-]{0,35}"),
}
_NOTHING: Final = re.compile(r"(?!)")
_NAMED: Final = 60
_TEXT_ELEMENTS: Final = frozenset(["text", "tspan", "textPath", "title", "desc"])


@dataclass(frozen=True, slots=True)
class CleanedSvg:
    """A drawing that may be published.

    `width` and `height` are its own, in pixels, where it says them (by size or by viewBox), else 0.
    `removed` names the elements (<script>), attributes (onload) and styles (style) that were taken out.
    """

    data: bytes
    width: float
    height: float
    removed: tuple[str, ...]


def clean_svg(data: bytes, limits: Limits = DEFAULT_LIMITS) -> CleanedSvg:
    """The drawing with only what may stay; raises `MediaError` where nothing drawable is left."""
    root = parsed_drawing(data, limits)
    if _local(root) != "svg" or _namespace(root) not in (SVG, ""):
        raise MediaError(messages.SVG_NO_ROOT)
    cleaner = _Cleaner()
    new_root = cleaner.copied(root)
    check_repetition(new_root, limits)
    if not _is_drawn(new_root):
        raise MediaError(messages.SVG_NOTHING_LEFT)
    width, height = _size(new_root)
    written = etree.tostring(new_root, xml_declaration=True, encoding="UTF-8")
    return CleanedSvg(written + b"\n", width, height, tuple(sorted(cleaner.removed)))


class _Cleaner:
    """Copies what may stay, and remembers the names of what may not."""

    def __init__(self) -> None:
        self.removed: set[str] = set()

    def copied(self, root: etree._Element) -> etree._Element:
        """A new tree; walks without calling itself, as deep as the bounds allow."""
        new_root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": XLINK})  # type: ignore[dict-item]
        self._take(root, new_root)
        waiting = [(root, new_root)]
        while waiting:
            old, new = waiting.pop()
            last = None
            for child in old:
                made = self._child(child, new)
                if made is not None:
                    last = made
                    # A style sheet was taken whole.
                    if _local(made) != "style":
                        waiting.append((child, made))
                self._add_text(new, last, child.tail)
        etree.cleanup_namespaces(new_root)
        return new_root

    def _child(self, old: etree._Element, parent: etree._Element) -> etree._Element | None:
        """The copy of an element in its new parent; None where it goes with all that is in it."""
        name = _local(old)
        if _namespace(old) not in (SVG, "") or (name not in ELEMENTS and name not in UNWRAPPED):
            self._note(f"<{name}>")
            return None
        if name in UNWRAPPED:
            self._note(f"<{name}>")
            inside_text = _local(parent) in _TEXT_ELEMENTS
            made = etree.SubElement(parent, f"{{{SVG}}}{'tspan' if inside_text else 'g'}")
            self._take(old, made)
            return made
        if name == "style":
            return self._style(old, parent)
        if name == "image" and not _is_embedded(_reference(old)):
            self._note("<image>")
            return None
        # A browser draws nothing that asks for an extension which it does not have, and it has none.
        if old.get("requiredExtensions"):
            self._note(f"<{name}>")
            return None
        made = etree.SubElement(parent, f"{{{SVG}}}{name}")
        self._take(old, made)
        return made

    def _take(self, old: etree._Element, new: etree._Element) -> None:
        """Copies the text and the allowed attributes of an element."""
        self._add_text(new, None, old.text)
        for key, value in old.attrib.items():
            attribute = etree.QName(key)
            kept = self._kept(_local(old), attribute.namespace or "", attribute.localname, str(value))
            if kept is not None:
                new.set(key if attribute.namespace in (XLINK, XML) else attribute.localname, kept)
            else:
                self._note(attribute.localname)

    def _kept(self, element: str, namespace: str, name: str, value: str) -> str | None:
        """The value under which an attribute stays; None where it goes."""
        if namespace == XML:
            return value if _XML_VALUES.get(name, _NOTHING).fullmatch(value) else None
        if name == "href" and namespace in ("", XLINK):
            if element == "image":
                return value if _is_embedded(value) else None
            return value.strip() if element in REFERRING and _LOCAL.fullmatch(value.strip()) else None
        if namespace or name not in ATTRIBUTES:
            return None
        if name == "style":
            cleaned = clean_declarations(value)
            if cleaned.count(":") != len([part for part in value.split(";") if part.strip()]):
                self._note("style")
            return cleaned
        return value if is_harmless(value) or name in ("aria-label", "class", "id") else None

    def _style(self, old: etree._Element, parent: etree._Element) -> etree._Element | None:
        """A style sheet with its harmless rules; None where nothing is left of it."""
        text = "".join(str(text) for text in old.itertext())
        cleaned = clean_sheet(text)
        if text.count("{") != cleaned.count("{") or "@" in text:
            self._note("<style>")
        if not cleaned:
            return None
        made = etree.SubElement(parent, f"{{{SVG}}}style")
        made.text = cleaned
        return made

    def _add_text(self, new: etree._Element, last: etree._Element | None, text: str | None) -> None:
        """Adds text behind the last child; what stands between shapes is never drawn."""
        if not text or (_local(new) not in _TEXT_ELEMENTS and text.strip()):
            return
        if last is not None:
            last.tail = (last.tail or "") + text
        else:
            new.text = (new.text or "") + text

    def _note(self, name: str) -> None:
        if len(self.removed) < _NAMED:
            self.removed.add(name[:_NAMED])


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def _reference(element: etree._Element) -> str:
    return element.get("href") or element.get(f"{{{XLINK}}}href") or ""


def _is_embedded(reference: str) -> bool:
    """Whether a reference carries a picture of pixels in itself, of the kind that it says and not too large."""
    found = _EMBEDDED.fullmatch(reference.strip())
    if found is None:
        return False
    try:
        pixels = base64.b64decode("".join(found[2].split()), validate=True)
    except binascii.Error:
        return False
    if kind_of(Windows(pixels)) is not _EMBEDDED_KINDS[found[1]]:
        return False
    try:
        check_declared(pixels, _EMBEDDED_KINDS[found[1]], DEFAULT_LIMITS)
    except (MediaError, Damage, TooManyPieces):
        return False
    return True


def _is_drawn(root: etree._Element) -> bool:
    """Whether a shape, or a use of one, stands where it is drawn."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for child in element:
            name = _local(child)
            if name in SHAPES or (name == "use" and _reference(child)):
                return True
            if name not in HIDDEN:
                waiting.append(child)
    return False


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in pixels: as said, else those of the viewBox, else 0."""
    box = [part for part in _NUMBERS.split(root.get("viewBox", "").strip()) if part]
    boxed = [float(found[1]) if (found := _LENGTH.fullmatch(part)) else 0.0 for part in box[2:4]]
    sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if all(sides):
        width, height = (float(side[1]) for side in sides if side is not None)
        return width, height
    return (boxed[0], boxed[1]) if len(box) == 4 else (0.0, 0.0)
