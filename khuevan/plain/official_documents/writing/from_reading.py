"""What was read, written again: the composition of a document that the reader returned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import OfficialDocument, Reference
from khuevan.plain.official_documents.document import Section as ReadSection
from khuevan.plain.official_documents.writing.composition import (
    LETTER,
    Block,
    Composition,
    Paragraph,
    Run,
    Section,
)

_NOTATION: Final = re.compile(r"^\s*\d*\s*/\s*")
_LEADER: Final = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Tiếp theo|Triển khai|Thi hành|Trên cơ sở)\b")
_USUAL_LEADER: Final = "Căn cứ "
_ENACTING: Final = frozenset({"quyet dinh", "quyet nghi"})


def from_reading(document: OfficialDocument) -> Composition:
    """The composition that says what the reader read. Tables come back as the sections they were read as.

    A decision's line of authority and its words of enactment, which the reader gives as the first
    paragraphs, are taken to their own places. A basis that opens a letter, or the sentence that says what
    follows ("Thực hiện …, Sở đề nghị …:"), is a paragraph of the body.
    """
    sections = tuple(_section(item) for item in document.sections)
    authority, sections = _enacting(document.type or "", sections)
    clauses = _clauses(document.legal_bases, document.paragraphs, _opening(document))
    opening = [clause for clause in clauses if document.type in (None, LETTER) or clause.endswith(":")]
    sections = _with_opening(opening, sections, document.paragraphs)
    return Composition(
        type=document.type or LETTER,
        number=document.number,
        notation=_NOTATION.sub("", document.symbol or ""),
        parent_body=document.parent_body or "",
        issuer=document.issuer or "",
        place=document.place or "",
        date=document.date,
        title=document.title or "",
        enacting_authority=authority,
        legal_bases=tuple(clause.rstrip(" ;.,") for clause in clauses if clause not in opening),
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


def _opening(document: OfficialDocument) -> frozenset[str]:
    """The paragraphs above the first section that stay in the body."""
    sections = document.sections
    return frozenset(sections[0].paragraphs if sections and not sections[0].label else ())


def _clauses(bases: Iterable[Reference], paragraphs: tuple[str, ...], opening: frozenset[str]) -> list[str]:
    """The whole clauses of the bases: with the words that open them, one clause for what stood in one.

    A basis that a sentence of the opening names (Thực hiện Kế hoạch số …, Sở … như sau:) is written there.
    """
    clauses: list[str] = []
    written: set[int] = set()
    for basis in bases:
        place = basis.place
        whole = paragraphs[place.paragraph] if place is not None and place.paragraph < len(paragraphs) else ""
        if whole and whole in opening:
            continue
        if place is not None and _LEADER.match(whole):
            if place.paragraph not in written:
                written.add(place.paragraph)
                clauses.append(whole)
        else:
            clauses.append(basis.text if _LEADER.match(basis.text) else f"{_USUAL_LEADER}{basis.text}")
    return clauses


def _with_opening(
    clauses: list[str], sections: tuple[Section, ...], paragraphs: tuple[str, ...]
) -> tuple[Section, ...]:
    """The sections with the clauses among the paragraphs that stand above the first number, in reading order."""
    if not clauses:
        return sections
    texts = list(clauses)
    has_opening = bool(sections) and not sections[0].label and sections[0].heading is None
    if has_opening:
        texts += [block.text for block in sections[0].blocks if isinstance(block, Paragraph)]
    order = {text: position for position, text in reversed(list(enumerate(paragraphs)))}
    texts.sort(key=lambda text: order.get(text, -1))
    blocks = tuple(Paragraph((Run(text),)) for text in texts)
    below = sections[0].children if has_opening else ()
    return (Section("", None, blocks, below), *sections[has_opening:])


def _enacting(type_name: str, sections: tuple[Section, ...]) -> tuple[str, tuple[Section, ...]]:
    """The authority of a decision, and the body without it and without QUYẾT ĐỊNH:."""
    if not type_name or not sections or sections[0].label or sections[0].heading:
        return "", sections
    blocks: tuple[Block, ...] = sections[0].blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    words = [fold(text).strip(" :") for text in texts]
    place = next((position for position, text in enumerate(words[:3]) if text in _ENACTING), None)
    if place is None or place > 1:
        return "", sections
    left = blocks[place + 1 :]
    rest = (Section("", None, left, sections[0].children),) if left or sections[0].children else ()
    return texts[0] if place == 1 else "", (*rest, *sections[1:])
