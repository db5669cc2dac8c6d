"""How much a drawing draws once each <use> is followed: small files can ask for billions of shapes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.svg_styles import local_references
from khuevan.plain.media.svg_vocabulary import SVG, XLINK


def check_repetition(root: etree._Element, limits: Limits) -> None:
    """Refuses a drawing whose parts use each other in a circle, or that draws more than the bound."""
    by_id: dict[str, etree._Element] = {}
    for element in root.iter():
        by_id.setdefault(element.get("id", ""), element)
    by_id.pop("", None)
    drawn: dict[etree._Element, int] = {}
    open_now: set[etree._Element] = set()
    # Depth first without calling itself: an element is weighed when all that it draws has been.
    waiting = [(root, False)]
    while waiting:
        element, done = waiting.pop()
        parts = [*element, *_referred(element, by_id)]
        if done:
            open_now.discard(element)
            drawn[element] = 1 + sum(drawn.get(part, 0) for part in parts)
            if drawn[element] > limits.svg_drawn:
                raise MediaError(messages.SVG_USES, elements=limits.svg_drawn)
        elif element not in drawn and element not in open_now:
            open_now.add(element)
            waiting.append((element, True))
            for part in parts:
                if part in open_now:
                    raise MediaError(messages.SVG_USES, elements=limits.svg_drawn)
                waiting.append((part, False))


def _referred(element: etree._Element, by_id: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """What an element draws beside its children: the part it uses, its pattern, mask, marker or filter."""
    reference = element.get("href") or element.get(f"{{{XLINK}}}href") or ""
    if reference.startswith("#") and reference[1:] in by_id and element.tag != f"{{{SVG}}}textPath":
        yield by_id[reference[1:]]
    for value in element.attrib.values():
        for identifier in local_references(str(value)):
            if identifier in by_id:
                yield by_id[identifier]
