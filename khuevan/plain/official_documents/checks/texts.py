"""The words of a composition, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khuevan.plain.official_documents.writing.composition import (
    Annex,
    Composition,
    Paragraph,
    Section,
    Table,
)

_QUOTED = re.compile(r"“[^”“]{0,600}”|\"[^\"]{0,600}\"|«[^»«]{0,600}»")


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; `heading` where they are the heading of a section."""

    place: str
    words: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section with its ref, as II.2.-1: labels from the top, dashes, pluses and paragraphs (§) counted.

    The form is that in which comments name a place of a draft.
    """

    ref: str
    section: Section
    above: str = ""
    paragraph: int = 0

    def block_ref(self, number: int) -> str:
        """The ref of the section's block of this number, counted from 0."""
        section = self.section
        if not section.label and not section.heading:
            return _below(self.above, f"§{self.paragraph + number}")
        if section.heading:
            return f"{self.ref}.§{number + 1}"
        return f"{self.ref}.§{number}" if number else self.ref


def _below(above: str, own: str) -> str:
    return f"{above}.{own}" if above else own


def groups(sections: tuple[Section, ...], prefix: str = "") -> Iterator[tuple[PlacedSection, ...]]:
    """Sections that stand side by side, with their refs; each group before those below it."""
    yield from _groups(_siblings(sections, prefix, 0))


def placed(sections: tuple[Section, ...], prefix: str = "") -> Iterator[PlacedSection]:
    """All sections with their refs, each before those below it."""
    yield from _placed(_siblings(sections, prefix, 0))


def _groups(group: tuple[PlacedSection, ...]) -> Iterator[tuple[PlacedSection, ...]]:
    if group:
        yield group
    for item in group:
        yield from _groups(_below_it(item))


def _placed(group: tuple[PlacedSection, ...]) -> Iterator[PlacedSection]:
    for item in group:
        yield item
        yield from _placed(_below_it(item))


def _below_it(item: PlacedSection) -> tuple[PlacedSection, ...]:
    # Paragraphs behind the children go on from those before them.
    before = len(item.section.blocks) - (0 if item.section.heading else 1)
    return _siblings(item.section.children, item.ref, max(before, 0) if item.section.label else 0)


def _siblings(sections: tuple[Section, ...], prefix: str, paragraphs: int) -> tuple[PlacedSection, ...]:
    counts = {"-": 0, "+": 0, "§": paragraphs}
    used: dict[str, int] = {}
    found: list[PlacedSection] = []
    for section in sections:
        own, first = section.label, 0
        if own in ("-", "+", ""):
            sign = own or "§"
            first = counts[sign] + 1
            own = f"{sign}{first}"
            is_bare = sign == "§" and not section.heading
            counts[sign] += max(1, len(section.blocks)) if is_bare else 1
        used[own] = used.get(own, 0) + 1
        if used[own] > 1:
            own = f"{own}({used[own]})"
        found.append(PlacedSection(_below(prefix, own), section, prefix, first))
    return tuple(found)


def bodies(composition: Composition) -> Iterator[tuple[tuple[Section, ...], str]]:
    """The sections of the body and of each annex, with what their refs begin with."""
    yield composition.sections, ""
    for number, annex in enumerate(composition.annexes, start=1):
        yield annex.sections, annex_ref(annex, number)


def annex_ref(annex: Annex, number: int) -> str:
    """How the annex is named: by its label, else by its number."""
    return annex.label or f"Phụ lục ({number})"


def all_sections(composition: Composition) -> Iterator[PlacedSection]:
    """The sections of the body, then those of the annexes, whose refs begin with the annex."""
    for sections, prefix in bodies(composition):
        yield from placed(sections, prefix)


def body_texts(composition: Composition) -> Iterator[Text]:
    """Headings, paragraphs, cells and captions of body and annexes, in order."""
    for item in all_sections(composition):
        yield from _own_texts(item)


def _own_texts(item: PlacedSection) -> Iterator[Text]:
    if item.section.heading:
        yield Text(item.ref, item.section.heading, heading=True)
    for number, block in enumerate(item.section.blocks):
        ref = item.block_ref(number)
        if isinstance(block, Paragraph):
            yield Text(ref, block.text)
        elif isinstance(block, Table):
            if block.caption:
                yield Text(ref, block.caption)
            for row in block.rows:
                yield from (Text(ref, cell) for cell in row if cell)
        elif block.caption:
            yield Text(ref, block.caption)


def basis_texts(composition: Composition) -> Iterator[Text]:
    """The clauses of Căn cứ."""
    for number, clause in enumerate(composition.legal_bases, start=1):
        yield Text(f"legal_bases.{number}", clause)


def all_texts(composition: Composition) -> Iterator[Text]:
    """Everything that is printed, in the order of the page."""
    for name in ("parent_body", "issuer", "notation", "place", "urgency", "circulation", "title"):
        yield Text("title" if name == "title" else "head", getattr(composition, name))
    yield Text("head", composition.enacting_authority)
    for number, name in enumerate(composition.addressees, start=1):
        yield Text(f"addressees.{number}", name)
    yield from basis_texts(composition)
    yield from body_texts(composition)
    for number, annex in enumerate(composition.annexes, start=1):
        yield Text(annex_ref(annex, number), annex.title)
    for number, recipient in enumerate(composition.recipients, start=1):
        words = f"{recipient.name} ({recipient.purpose})" if recipient.purpose else recipient.name
        yield Text(f"recipients.{number}", words)
    signatory = composition.signatory
    if signatory is not None:
        for printed in (signatory.authority, signatory.position, signatory.name):
            yield Text("signatory", printed or "")
    for words in (composition.drafter_mark, composition.contact):
        yield Text("head", words)


def without_quotations(text: str) -> str:
    """The text with what stands in quotation marks blanked out, at the same offsets."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def around(text: str, start: int, end: int, most: int = 60) -> str:
    """The words from `start` to `end` with some of what stands around them, cut at spaces."""
    if len(text) <= most + 20:
        return text.strip()
    room = max(0, (most - (end - start)) // 2)
    first = text.rfind(" ", 0, max(0, start - room)) + 1 if start > room else 0
    last = text.find(" ", min(len(text), end + room))
    cut = text[first:last] if last != -1 else text[first:]
    return f"{'…' if first else ''}{cut.strip()}{'…' if last != -1 else ''}"
