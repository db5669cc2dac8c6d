"""XLIFF 1.2 (OASIS, 1 February 2008): one file for one piece and language.

Marks become `<g id ctype="x-html-…">` and breaks `<x id ctype="lb"/>`, labelled in the source's reading order; a tool
may move them and must keep their labels.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from khuevan.plain.translation_files.inline import (
    MARKS,
    BrokenMarks,
    Mark,
    Piece,
    labelled,
    labels_for,
    pieces_of,
    written,
)
from khuevan.plain.translation_files.units import (
    BROKEN,
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_UNITS,
    FileRefused,
    Incoming,
    Unit,
)

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_KIND: Final = "x-html-"
# What XML 1.0 cannot carry, not even escaped.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xliff_bytes(units: list[Unit], *, original: str, source_language: str, target_language: str) -> bytes:
    """The file, in UTF-8. `original` names the piece and version that it was made from."""
    # The stubs of lxml know no default namespace.
    names: Any = {None: NAMESPACE}
    root = etree.Element(_name("xliff"), {"version": "1.2"}, nsmap=names)
    file = etree.SubElement(
        root,
        _name("file"),
        {
            "original": _clean(original),
            "source-language": source_language,
            "target-language": target_language,
            "datatype": "html",
        },
    )
    body = etree.SubElement(file, _name("body"))
    for unit in units:
        element = etree.SubElement(body, _name("trans-unit"), {"id": unit.key, "resname": unit.path})
        element.set(f"{_XML}space", "preserve")
        try:
            source = pieces_of(_clean(unit.source))
        except BrokenMarks:
            source = [Piece("text", _clean(unit.source))]
        table = labelled(source)
        _fill(etree.SubElement(element, _name("source")), source, list(table))
        if unit.target:
            state = "needs-review-translation" if unit.is_machine else "translated"
            try:
                target = pieces_of(_clean(unit.target))
            except BrokenMarks:
                target = [Piece("text", _clean(unit.target))]
            _fill(
                etree.SubElement(element, _name("target"), {"state": state}),
                target,
                labels_for(target, table),
            )
        if unit.note:
            etree.SubElement(element, _name("note")).text = _clean(unit.note)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)
    return found


def read_xliff(content: bytes) -> tuple[str, str, list[Incoming]]:
    """The language, the target language and the paragraphs that have a translation; raises FileRefused."""
    root = _root(content)
    if root.tag != _name("xliff") or root.get("version") != "1.2":
        raise FileRefused("not_xliff")
    files = root.findall(_name("file"))
    if len(files) != 1:
        raise FileRefused("one_file")
    units = list(files[0].iter(_name("trans-unit")))
    if len(units) > MOST_UNITS:
        raise FileRefused("too_many", most=MOST_UNITS)
    found = [incoming for unit in units if (incoming := _incoming(unit)) is not None]
    return str(files[0].get("source-language") or ""), str(files[0].get("target-language") or ""), found


def _root(content: bytes) -> etree._Element:
    if len(content) > MOST_BYTES:
        raise FileRefused("too_large", most=MOST_BYTES // 1_000_000)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise FileRefused("not_xml") from None
    # The stubs of lxml do not know all of it.
    declared: Any = root.getroottree().docinfo
    if declared.internalDTD is not None or declared.doctype:
        raise FileRefused("has_dtd")
    return root


def _incoming(unit: etree._Element) -> Incoming | None:
    source, target = unit.find(_name("source")), unit.find(_name("target"))
    if target is None or (not len(target) and not (target.text or "").strip()):
        return None
    key = unit.get("id")
    if source is None or key is None:
        return Incoming(key or "", None, "", BROKEN)
    table: dict[str, Mark | None] = {}
    try:
        said = written(_pieces(source, table, learn=True))
    except BrokenMarks:
        return Incoming(key, None, BROKEN, BROKEN)
    try:
        translated = written(_pieces(target, table, learn=False))
    except BrokenMarks:
        translated = BROKEN
    return Incoming(key, None, said, translated[:LONGEST_TEXT])


def _pieces(element: etree._Element, table: dict[str, Mark | None], *, learn: bool) -> list[Piece]:
    """The pieces of a source (whose marks are learnt from what it says of them) or of a target (by number)."""
    found = [Piece("text", element.text)] if element.text else []
    for child in element:
        number = child.get("id") or ""
        if child.tag == _name("x"):
            if learn:
                table[number] = None
            elif table.get(number, ...) is not None:
                raise BrokenMarks(number)
            found.append(Piece("break"))
        elif child.tag == _name("g"):
            if learn:
                table[number] = _mark(child)
            mark = table.get(number)
            if mark is None:
                raise BrokenMarks(number)
            found += [
                Piece("open", mark=mark),
                *_pieces(child, table, learn=learn),
                Piece("close", mark=mark),
            ]
        elif child.tag == _name("mrk"):
            # A tool's own mark (a term, a comment) says nothing of the text.
            found += _pieces(child, table, learn=learn)
        else:
            raise BrokenMarks(str(child.tag))
        if child.tail:
            found.append(Piece("text", child.tail))
    return found


def _mark(element: etree._Element) -> Mark:
    label, name = element.get("id") or "", (element.get("ctype") or "").removeprefix(_KIND)
    if name not in MARKS:
        raise BrokenMarks(name)
    return Mark(name, label if name == "a" and not label.isdigit() else "")


def _fill(element: etree._Element, pieces: list[Piece], labels: list[str]) -> None:
    """Writes the pieces into the element; `labels` holds one for each mark and break in reading order."""
    stack, waiting = [element], iter(labels)
    for piece in pieces:
        if piece.kind == "text":
            _append(stack[-1], piece.text)
        elif piece.kind == "break":
            etree.SubElement(stack[-1], _name("x"), {"id": next(waiting), "ctype": "lb"})
        elif piece.kind == "close":
            stack.pop()
        elif piece.mark is not None:
            values = {"id": next(waiting), "ctype": _KIND + piece.mark.name}
            stack.append(etree.SubElement(stack[-1], _name("g"), values))


def _append(element: etree._Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
