"""The printed text of a DOCX paragraph: runs as they appear once tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.extraction.docx_names import COMPATIBILITY, MAIN, MATH, value_of
from khuevan.plain.official_documents.extraction.docx_styles import Appearance, Styles, appearance_of
from khuevan.plain.official_documents.extraction.legacy_encodings import tcvn3_to_unicode, vni_to_unicode

_RUN: Final = MAIN + "r"
_RUN_PROPERTIES: Final = MAIN + "rPr"
_TEXT: Final = MAIN + "t"
_ALTERNATE: Final = COMPATIBILITY + "AlternateContent"
_BOX: Final = MAIN + "txbxContent"
_CHOICE: Final = COMPATIBILITY + "Choice"
_FALLBACK: Final = COMPATIBILITY + "Fallback"
_PASSED_THROUGH: Final = frozenset(
    MAIN + name
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
    )
)
_FIXED: Final = {
    MAIN + "tab": "\t",
    MAIN + "ptab": "\t",
    MAIN + "br": "\n",
    MAIN + "cr": "\n",
    MAIN + "noBreakHyphen": "-",
}
_MATHS: Final = (MATH + "oMath", MATH + "oMathPara")
_DRAWINGS: Final = frozenset(MAIN + name for name in ("drawing", "pict", "object"))
_NOTES: Final = {MAIN + "footnoteReference": "footnote", MAIN + "endnoteReference": "endnote"}

# Codes of the symbol fonts (without their 0xF000) that carry meaning in an official document.
_SYMBOLS: Final[dict[str, dict[int, str]]] = {
    "symbol": {
        0xA3: "≤",
        0xB0: "°",
        0xB1: "±",
        0xB3: "≥",
        0xB4: "×",
        0xB7: "•",
        0xB8: "÷",
        0xB9: "≠",
        0xBB: "≈",
        0xAE: "→",
        0x61: "α",
        0x62: "β",
        0x67: "γ",
        0x6D: "μ",
        0x44: "Δ",
        0x53: "Σ",
    },
    "wingdings": {
        0x6F: "□",
        0x71: "□",
        0x6E: "■",
        0xA7: "▪",
        0xA8: "□",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
        0xD8: "➢",
        0xE0: "→",
        0xF0: "⇒",
        0x76: "❖",
    },
}


@dataclass(slots=True)
class ParagraphText:
    """The text of one paragraph, with what is anchored in it and which notes it refers to."""

    text: str
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Collected:
    pieces: list[tuple[str | None, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    open_fields: list[bool] = field(default_factory=list)


class RunReader:
    """Reads paragraphs; `old_fonts` says whether fonts of TCVN3 or VNI occur in the document at all."""

    def __init__(self, styles: Styles, *, old_fonts: bool) -> None:
        self._styles = styles
        self._old_fonts = old_fonts

    def read(self, paragraph: etree._Element, appearance: Appearance) -> ParagraphText:
        """What `paragraph` prints; `appearance` is that of its style. Line breaks are line feeds."""
        collected = _Collected()
        self._children(paragraph, appearance, collected)
        text = (
            _joined(collected.pieces) if self._old_fonts else "".join(piece for _, piece in collected.pieces)
        )
        return ParagraphText(text, collected.boxes, collected.notes)

    def _children(self, parent: etree._Element, appearance: Appearance, collected: _Collected) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, appearance, collected)
            elif tag in _PASSED_THROUGH:
                self._children(child, appearance, collected)
            elif tag == _ALTERNATE:
                for chosen in chosen_of(child):
                    self._children(chosen, appearance, collected)
            elif tag in _MATHS:
                collected.pieces.extend((None, letters.text or "") for letters in child.iter(MATH + "t"))

    def _run(self, run: etree._Element, appearance: Appearance, collected: _Collected) -> None:
        properties = run.find(_RUN_PROPERTIES)
        if properties is not None:
            if (style := value_of(properties, "rStyle")) is not None:
                appearance = appearance.under(self._styles.character(style))
            appearance = appearance.under(appearance_of(properties))
        if not appearance.hidden:
            self._run_content(run, appearance, collected)

    def _run_content(self, run: etree._Element, appearance: Appearance, collected: _Collected) -> None:
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                text = child.text
                if text and True not in collected.open_fields:
                    collected.pieces.append((appearance.font, text.upper() if appearance.capitals else text))
            elif tag in _FIXED:
                if True not in collected.open_fields:
                    collected.pieces.append((None, _FIXED[tag]))
            elif tag in _DRAWINGS:
                collected.boxes.extend(boxes_of(child))
            elif tag == _ALTERNATE:
                for chosen in chosen_of(child):
                    self._run_content(chosen, appearance, collected)
            elif tag == MAIN + "fldChar":
                _follow_field(child, collected.open_fields)
            elif tag == MAIN + "sym":
                collected.pieces.append((None, _symbol(child)))
            elif tag in _NOTES:
                collected.notes.append((_NOTES[tag], child.get(MAIN + "id", "")))
            elif tag == MAIN + "ruby":
                for base in child.iterfind(MAIN + "rubyBase"):
                    self._children(base, appearance, collected)


def chosen_of(alternate: etree._Element) -> Iterator[etree._Element]:
    """The one variant of an `mc:AlternateContent` that counts: the choice, else the fallback."""
    choice = alternate.find(_CHOICE)
    chosen = choice if choice is not None else alternate.find(_FALLBACK)
    if chosen is not None:
        yield chosen


def boxes_of(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes under `element`, in order, each drawing only once."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag == _ALTERNATE:
            for chosen in chosen_of(child):
                yield from boxes_of(chosen)
        else:
            yield from boxes_of(child)


def _follow_field(mark: etree._Element, open_fields: list[bool]) -> None:
    """Keeps `open_fields`: for each open field whether its instruction (True) or result is at hand."""
    kind = mark.get(MAIN + "fldCharType")
    if kind == "begin":
        open_fields.append(True)
    elif kind == "separate" and open_fields:
        open_fields[-1] = False
    elif kind == "end" and open_fields:
        open_fields.pop()


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(MAIN + "char", ""), 16)
    except ValueError:
        return ""
    font = element.get(MAIN + "font", "").lower()
    if 0xF000 <= code <= 0xF0FF or code < 0x100:
        return _SYMBOLS.get(font, {}).get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _joined(pieces: list[tuple[str | None, str]]) -> str:
    """The text of `pieces`, neighbours in the same old font converted together."""
    groups: list[tuple[str, list[str]]] = []
    for font, text in pieces:
        kind = _old_font(font)
        if groups and groups[-1][0] == kind:
            groups[-1][1].append(text)
        else:
            groups.append((kind, [text]))
    return "".join(_converted(kind, "".join(texts)) for kind, texts in groups)


def _old_font(font: str | None) -> str:
    name = (font or "").lower()
    if name.startswith(".vn"):
        return "tcvn3 capitals" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith("vni-") else ""


def _converted(kind: str, text: str) -> str:
    # Letters beyond Latin-1 in an old font were typed in Unicode: the font's name means nothing then.
    if not kind or any("\u0100" <= letter <= "\u1eff" for letter in text):
        return text
    if kind == "vni":
        return vni_to_unicode(text)
    return tcvn3_to_unicode(text, capitals=kind == "tcvn3 capitals")
