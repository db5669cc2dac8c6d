"""What was read, written again: the composition of a document that the reader returned."""

from __future__ import annotations

import re
from typing import Any

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import OfficialDocument
from khuevan.plain.official_documents.document import Section as ReadSection
from khuevan.plain.official_documents.writing.composition import Composition, Paragraph, Run, Section

_NOTATION = re.compile(r"^\s*\d*\s*/\s*")


def from_reading(document: OfficialDocument) -> Composition:
    """The composition that says what the reader read. Tables come back as the sections they were read as.

    A decision's line of authority and its words of enactment, which the reader gives as the first
    paragraphs, are taken to their own places.
    """
    sections = tuple(_section(item) for item in document.sections)
    authority, sections = _enacting(document.type or "", sections)
    return Composition(
        type=document.type or "Công văn",
        number=document.number,
        notation=_NOTATION.sub("", document.symbol or ""),
        parent_body=document.parent_body or "",
        issuer=document.issuer or "",
        place=document.place or "",
        date=document.date,
        title=document.title or "",
        enacting_authority=authority,
        legal_bases=tuple(basis.text for basis in document.legal_bases),
        sections=sections,
        recipients=document.recipients,
        signatory=document.signatory,
    )


def _section(read: ReadSection) -> Section:
    return Section(
        label=read.label,
        heading=read.heading,
        blocks=tuple(Paragraph((Run(text),)) for text in read.paragraphs),
        children=tuple(_section(child) for child in read.children),
    )


def _enacting(type_name: str, sections: tuple[Section, ...]) -> tuple[str, tuple[Section, ...]]:
    """The authority of a decision, and the body without it and without QUYẾT ĐỊNH:."""
    if not sections or sections[0].label or sections[0].heading:
        return "", sections
    blocks: list[Any] = list(sections[0].blocks)
    words = [fold(block.text).strip(" :") for block in blocks]
    enacting = {"quyet dinh", "quyet nghi"}
    if not type_name or not enacting & set(words[:3]):
        return "", sections
    place = next(position for position, text in enumerate(words) if text in enacting)
    authority = blocks[0].text if place == 1 else ""
    left = blocks[place + 1 :] if place <= 1 else blocks
    rest = (Section("", None, tuple(left), sections[0].children),) if left or sections[0].children else ()
    return authority, (*rest, *sections[1:])
