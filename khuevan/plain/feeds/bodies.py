"""The body of an item as feeds carry it: harmless HTML, every address absolute."""

from __future__ import annotations

import html
import re
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.body_markup import (
    ADDRESSES,
    ATTRIBUTES,
    ATTRIBUTES_OF,
    DROPPED,
    EMPTY,
    FRAMES,
    KEPT,
    LINK_SCHEMES,
    RIGHT_TO_LEFT,
    WEB_SCHEMES,
)
from khuevan.plain.feeds.values import FeedItem

# A candidate of a srcset: an address without spaces, then what it is for (HTML, 4.8.4.2.1).
_CANDIDATE: Final = re.compile(
    r"\s*(?P<address>[^\s,]\S*[^\s,]|[^\s,])(?P<size>(?:\s+[0-9.]+[wxh])*)\s*(?:,|\Z)"
)
# What follows a page's end would be lost; in a body they end nothing.
_PAGE_ENDS: Final = re.compile(r"</(?:html|body)\b[^>]*>", re.IGNORECASE)
_EMPTY_ENDS: Final = re.compile(f"</(?:{'|'.join(EMPTY)})>")


def syndicated_body(item: FeedItem) -> str:
    """The HTML of `item` for readers elsewhere: its correction first, then its text.

    Scripts, styles, forms and what is embedded are left out, an embedded page becomes a link to it. A
    language that runs from right to left is said so, as our stylesheet does not travel along.
    """
    written = syndicated_html(item.body, base=item.address)
    note = html.escape(texts.lines(item.correction.text), quote=False) if item.correction else ""
    if note:
        lines = note.replace("\n", "<br>")
        written = f"<aside><p>{lines}</p></aside>\n{written}"
    if written and item.language.partition("-")[0].lower() in RIGHT_TO_LEFT:
        written = f'<div dir="rtl" lang="{item.language}">{written}</div>'
    return written


def syndicated_html(body: str, *, base: str) -> str:
    """`body`, HTML of a page at the address `base`, as it may stand anywhere; also what was badly written.

    What is nested deeper than two thousand elements is lost.
    """
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    markup = _PAGE_ENDS.sub("", texts.clean(body))
    document = etree.fromstring(f"<html><body><div>{markup}".encode(), parser)
    if not isinstance(document, HtmlElement):
        return ""
    _keep_harmless(document, base)
    _take_content_out(document)
    inner = [html.escape(document.text or "", quote=False)]
    inner += [etree.tostring(child, method="html", encoding="unicode") for child in document]
    # Texts and attributes have their "<" escaped, so that these ends are ends of elements.
    return _EMPTY_ENDS.sub("", "".join(inner)).strip()


def _keep_harmless(document: HtmlElement, base: str) -> None:
    # The first div is the one written around the body; further ones are the body's own.
    wrapper = next(document.iter("div"), None)
    for element in list(document.iter()):
        if element is document or element.getparent() is None:
            continue
        if element is wrapper or (element.tag not in KEPT and element.tag not in DROPPED | FRAMES):
            element.drop_tag()
        elif element.tag in DROPPED:
            element.drop_tree()
        elif element.tag in FRAMES:
            _make_link(element, base)
        else:
            _keep_attributes(element, base)


def _take_content_out(document: HtmlElement) -> None:
    for element in list(document.iter(*EMPTY)):
        alone = element.makeelement(element.tag, dict(element.attrib))
        element.addprevious(alone)
        element.drop_tag()


def _make_link(frame: HtmlElement, base: str) -> None:
    address = _absolute(frame.get("src") or "", base, WEB_SCHEMES)
    if not address:
        frame.drop_tree()
        return
    text = frame.get("title") or address
    frame.attrib.clear()
    for child in list(frame):
        frame.remove(child)
    frame.tag, frame.text = "a", text
    frame.set("href", address)


def _keep_attributes(element: HtmlElement, base: str) -> None:
    allowed = ATTRIBUTES | ATTRIBUTES_OF.get(element.tag, frozenset())
    found = [(key, value) for key, value in element.attrib.items() if key in allowed]
    # Cleared at once: a name such as "{" is one that lxml finds and cannot delete.
    element.attrib.clear()
    for key, value in found:
        if key not in ADDRESSES and key != "srcset":
            element.set(key, value)
        elif absolute := _absolute_value(key, value, base):
            element.set(key, absolute)
    if element.tag == "img" and "src" not in element.attrib:
        # The words that stand for a picture are worth more than a broken frame.
        element.tail = (element.get("alt") or "") + (element.tail or "")
        element.drop_tree()


def _absolute_value(key: str, value: str, base: str) -> str:
    if key == "srcset":
        return _absolute_set(value, base)
    return _absolute(value, base, LINK_SCHEMES if key == "href" else WEB_SCHEMES)


def _absolute(reference: str, base: str, schemes: frozenset[str]) -> str:
    address = addresses.resolve(base, reference)
    scheme = addresses.scheme_of(address)
    if scheme not in schemes:
        return ""
    try:
        return addresses.as_uri(address) if scheme in WEB_SCHEMES else address
    except ValueError:
        return ""


def _absolute_set(candidates: str, base: str) -> str:
    kept = []
    for match in _CANDIDATE.finditer(candidates):
        address = _absolute(match["address"], base, WEB_SCHEMES)
        if address:
            # A comma at the end of an address would end the candidate.
            kept.append(address.replace(",", "%2C") + " ".join(["", *match["size"].split()]))
    return ", ".join(kept)
