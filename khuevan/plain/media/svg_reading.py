"""The tree of a drawing, parsed within bounds: no entities, no document type, nothing from the network."""

from __future__ import annotations

import codecs
import re
from typing import Final

from lxml import etree

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.limits import MEGABYTE, Limits

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parsed_drawing(data: bytes, limits: Limits) -> etree._Element:
    """The root of a drawing; raises `MediaError` for what is no XML, declares entities or is over a bound."""
    if len(data) > limits.svg_bytes:
        raise MediaError(messages.SVG_TOO_BIG, megabytes=limits.svg_bytes // MEGABYTE)
    text = _without_document_type(_decoded(data))
    # Before a tree is built: an element has at most two tags.
    if text.count("<") > 2 * limits.svg_elements + 1_000:
        raise MediaError(messages.SVG_TOO_MANY, elements=limits.svg_elements)
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    leading = len(text) - len(text.lstrip())
    first = text.count("\n", 0, leading)
    try:
        root = etree.fromstring(text[leading:].encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:  # type: ignore[attr-defined]
            raise MediaError(messages.SVG_TOO_DEEP, depth=limits.svg_depth) from None
        raise MediaError(messages.SVG_NOT_XML, line=max(1, (error.lineno or 1) + first)) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs do not know it
        raise MediaError(messages.SVG_ENTITIES, line=1)
    _check_bounds(root, limits)
    return root


def _without_document_type(text: str) -> str:
    """The drawing without the line that only names the standard; its lines stay as they are counted.

    Searched sign by sign and not by a pattern, which a file could make try again and again.
    """
    entity, start = text.find("<!ENTITY"), text.find("<!DOCTYPE")
    end = text.find(">", start) if start != -1 else -1
    if start != -1 and text.find("[", start, end if end != -1 else len(text)) != -1:
        entity = start
    if entity != -1:
        raise MediaError(messages.SVG_ENTITIES, line=text.count("\n", 0, entity) + 1)
    if start == -1 or end == -1:
        return text
    return text[:start] + "\n" * text.count("\n", start, end) + text[end + 1 :]


def _decoded(data: bytes) -> str:
    """The text of a drawing in UTF-8 or UTF-16, the encodings that every XML reader must know."""
    try:
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise MediaError(messages.SVG_ENCODING) from None


def _check_bounds(root: etree._Element, limits: Limits) -> None:
    """Counts elements and depth without calling itself, however deep the tree."""
    count, depth = 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        # An entity that was never declared stands as a node of its own kind.
        if not isinstance(element.tag, str):
            raise MediaError(messages.SVG_ENTITIES, line=element.sourceline or 1)
        if depth > limits.svg_depth:
            raise MediaError(messages.SVG_TOO_DEEP, depth=limits.svg_depth)
        if count > limits.svg_elements or len(element.attrib) > limits.attributes:
            raise MediaError(messages.SVG_TOO_MANY, elements=limits.svg_elements)
