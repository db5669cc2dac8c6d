"""The body of a Word file: sections as paragraphs with style and numbering, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from khuevan.plain.official_documents.writing.composition import (
    Block,
    Paragraph,
    Run,
    Section,
    Table,
)
from khuevan.plain.official_documents.writing.labels import Level, level_of
from khuevan.plain.official_documents.writing.printed_body import (
    heading_style,
    printed_label,
    stands_as_heading,
)
from khuevan.plain.official_documents.writing.word.lists import Lists
from khuevan.plain.official_documents.writing.word.names import paragraph, run, w
from khuevan.plain.official_documents.writing.word.pictures import Pictures
from khuevan.plain.official_documents.writing.word.styles import HEADING_OF, NUMBERED, TEXT_OF, Numbered
from khuevan.plain.official_documents.writing.word.tables import table


class BodyWriter:
    """Writes the sections of one body or annex, on pages whose text is `width` by `height` millimetres.

    `title_in_caps` says whether the titles of parts and chapters are set in capitals.
    """

    def __init__(
        self, lists: Lists, pictures: Pictures, width: float, height: float, *, title_in_caps: bool
    ) -> None:
        self._height = height
        self._title_in_caps = title_in_caps
        self._lists = lists
        self._pictures = pictures
        self._width = width

    def elements(self, sections: Sequence[Section]) -> Iterator[etree._Element]:
        """The paragraphs and tables in reading order."""
        yield from self._sections(sections, self._lists.places(sections))

    def _sections(
        self, sections: Sequence[Section], places: Iterator[Numbered | None]
    ) -> Iterator[etree._Element]:
        for section in sections:
            place = next(places)
            level = level_of(section.label)
            blocks = list(section.blocks)
            words: tuple[Run, ...] = (Run(section.heading),) if section.heading else ()
            titled = stands_as_heading(section)
            if not words and section.label and blocks and isinstance(blocks[0], Paragraph):
                words = blocks[0].runs
                del blocks[0]
            if words or section.label:
                style = _heading_style(section.label, level) if titled else TEXT_OF.get(level, "NoiDung")
                follows = bool(blocks or section.children)
                yield self._labelled(section.label, place, words, style, follows=follows)
            for position, block in enumerate(blocks):
                follows = position + 1 < len(blocks) or bool(section.children)
                yield from self._block(block, follows=follows)
            yield from self._sections(section.children, places)

    def _labelled(
        self,
        label: str,
        place: Numbered | None,
        runs: Sequence[Run],
        style: str,
        *,
        follows: bool,
    ) -> etree._Element:
        """The paragraph that bears the label: numbered by Word, or with the label typed."""
        own_line = heading_style(label) == "part"
        caps = True if own_line and self._title_in_caps else None
        content = [_letters(each, caps=caps) for each in runs]
        if own_line and runs:
            content.insert(0, w("r", w("br")))
        if place is None and label:
            typed = printed_label(label) + ("" if own_line or not runs else " ")
            content.insert(0, run(typed, bold=True if level_of(label) is Level.ARTICLE else None))
        keep = w("keepNext") if _announces(runs) and follows else None
        return paragraph(style, *content, properties=(keep, _number(style, place)))

    def _block(self, block: Block, *, follows: bool) -> Iterator[etree._Element]:
        if isinstance(block, Paragraph):
            keep = w("keepNext") if _announces(block.runs) and follows else None
            yield paragraph("NoiDung", *map(_letters, block.runs), properties=(keep,))
        elif isinstance(block, Table):
            yield from table(block, self._width)
        else:
            yield from self._pictures.elements(block, self._width, self._height)


def _heading_style(label: str, level: Level) -> str:
    """The style of a heading; dashes and pluses with something below them look like any other."""
    if heading_style(label) == "part":
        return HEADING_OF.get(level, HEADING_OF[Level.PART])
    return HEADING_OF.get(level) or TEXT_OF.get(level, HEADING_OF[Level.NUMBER])


def _number(style: str, place: Numbered | None) -> etree._Element | None:
    """Which list a paragraph belongs to; where its label is typed, that it is not in that of its style."""
    if place is not None:
        return place.properties()
    return w("numPr", w("numId", val=0)) if style in NUMBERED.values() else None


def _letters(one: Run, *, caps: bool | None = None) -> etree._Element:
    return run(one.text, bold=one.bold or None, italic=one.italic or None, caps=caps)


def _announces(runs: Sequence[Run]) -> bool:
    """Whether the words announce what stands below, and so must not end a page."""
    return bool(runs) and runs[-1].text.rstrip().endswith(":")
