"""The body as it is printed: sections in order, each paragraph with its label, each heading with its style.

The same for PDF, Word and HTML. What is bold, in capitals or centred follows Decree 30/2020/ND-CP, annex I,
part I, II.6; dashes and pluses are practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from khuevan.plain.official_documents.writing.composition import Paragraph, Picture, Run, Section, Table
from khuevan.plain.official_documents.writing.labels import Level, level_of

HeadingStyle = Literal["part", "roman", "article", "number", "letter", "unnumbered"]

_STYLES: dict[Level, HeadingStyle] = {
    Level.PART: "part",
    Level.CHAPTER: "part",
    Level.HEADING: "part",
    Level.CAPITAL: "roman",
    Level.ROMAN: "roman",
    Level.ARTICLE: "article",
    Level.LETTER: "letter",
    Level.DASH: "letter",
    Level.PLUS: "letter",
    Level.TEXT: "unnumbered",
}


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A heading on a line of its own. `level` counts from 1 and leaves none out; `lead` is the label as printed.

    Of a part (Phần, Chương, Mục) the lead stands on its own line above the title; elsewhere before it.
    """

    style: HeadingStyle
    level: int
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph of the body; `lead` is the label that it opens with, empty for none, with its mark."""

    lead: str
    bold_lead: bool
    runs: tuple[Run, ...]


PrintedBlock = PrintedHeading | PrintedParagraph | Table | Picture


def printed_body(sections: Iterable[Section]) -> tuple[PrintedBlock, ...]:
    """Everything that the sections print, in order."""
    return tuple(_printed(sections, 1))


def printed_label(label: str) -> str:
    """The label with its mark: I. · 1. · 1.1. · a) · Điều 1. · Nhiệm vụ 1: · Chương I · - · +."""
    if label.endswith((".", ")", ":")) or _is_annex(label):
        return label
    match level_of(label):
        case Level.TEXT | Level.PART | Level.CHAPTER | Level.HEADING | Level.DASH | Level.PLUS:
            return label
        case Level.LETTER:
            return f"{label})"
        case Level.NUMBER if not label.isdigit():
            return f"{label}:"
        case _:
            return f"{label}."


def heading_style(label: str) -> HeadingStyle:
    """How a heading with this label is set; dashes and pluses are set like points with a letter."""
    return "part" if _is_annex(label) else _STYLES.get(level_of(label), "number")


def stands_as_heading(section: Section) -> bool:
    """Whether its words stand on a line of their own, set as a heading.

    A title with nothing below it is an item's own words; only a part or a Roman number stands by itself.
    """
    style = heading_style(section.label)
    return style == "part" or bool(
        section.heading and (style == "roman" or section.blocks or section.children)
    )


def _is_annex(label: str) -> bool:
    return label.casefold().startswith("phụ lục")


def _printed(sections: Iterable[Section], level: int) -> Iterator[PrintedBlock]:
    for section in sections:
        style, lead, heading = heading_style(section.label), printed_label(section.label), section.heading
        blocks = list(section.blocks)
        below = level
        if stands_as_heading(section):
            yield PrintedHeading(style, level, lead, _in_capitals(style, heading or ""))
            below = level + 1
        elif heading:
            yield PrintedParagraph(lead, style == "article", (Run(heading),))
        elif lead:
            first = blocks[0] if blocks else None
            words = first.runs if isinstance(first, Paragraph) else ()
            blocks = blocks[1:] if isinstance(first, Paragraph) else blocks
            yield PrintedParagraph(lead, style == "article", words)
        for block in blocks:
            yield PrintedParagraph("", False, block.runs) if isinstance(block, Paragraph) else block
        yield from _printed(section.children, below)


def _in_capitals(style: HeadingStyle, heading: str) -> str:
    return heading.upper() if style in ("part", "roman") else heading
