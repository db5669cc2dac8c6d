"""Real multi-level numbering: which paragraph is in which list of numbering.xml, so that Word counts the labels.

Word's own counting is followed here, paragraph by paragraph. Where it would print another label than the one
given, a new instance of the list starts at the number wanted; where Word cannot print the label at all (it has
no đ among its letters, no “Phần thứ nhất”), the label is typed. Letters that go beyond d are typed for the
whole of their list, so that no list is half counted and half typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.composition import Section
from khuevan.plain.official_documents.writing.labels import (
    RUN_THROUGH,
    Level,
    label_for,
    level_of,
    ordinal_of,
)
from khuevan.plain.official_documents.writing.word.names import on, twips, w
from khuevan.plain.official_documents.writing.word.styles import FONT

_MOST_LEVELS: Final = 9
_COUNTED: Final = tuple(level for level in Level if level not in (Level.DASH, Level.PLUS, Level.TEXT))
_OWN_LINE: Final = frozenset({Level.PART, Level.CHAPTER, Level.HEADING})
# Word's letters are the English ones; up to here they are the Vietnamese ones, too.
_LAST_COMMON_LETTER: Final = 4
_FORMATS: Final = {
    Level.PART: ("upperRoman", "Phần %{own}"),
    Level.CHAPTER: ("upperRoman", "Chương %{own}"),
    Level.HEADING: ("decimal", "Mục %{own}"),
    Level.CAPITAL: ("upperLetter", "%{own}."),
    Level.ROMAN: ("upperRoman", "%{own}."),
    Level.ARTICLE: ("decimal", "Điều %{own}."),
    Level.NUMBER: ("decimal", "%{own}."),
    Level.DECIMAL: ("decimal", "%{above}.%{own}."),
    Level.SUBDECIMAL: ("decimal", "%{first}.%{above}.%{own}."),
    Level.LETTER: ("lowerLetter", "%{own})"),
}
BULLETS: Final = 1
"""The instance of the list of dashes and pluses, the same for the whole file."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's place: the list's instance and the level in it, from 0."""

    number: int
    level: int


@dataclass(slots=True)
class _Outline:
    """The list of one body or annex: its levels, and how far Word has counted each."""

    abstract: int
    levels: tuple[Level, ...]
    above_decimal: Level
    counts: dict[Level, int] = field(default_factory=dict)


class Lists:
    """The numbering of one file."""

    def __init__(self, first_line: float) -> None:
        self._first_line = first_line
        self._outlines: list[_Outline] = []
        self._instances: list[tuple[int, int | None, int]] = [(0, None, 0)]

    def places(self, sections: Sequence[Section]) -> Iterator[Numbered | None]:
        """The place of every section of a body, in reading order; None where its label is to be typed."""
        outline = _Outline(len(self._outlines) + 1, _levels_in(sections), _above_decimal(sections))
        number = BULLETS
        if outline.levels:
            self._outlines.append(outline)
            number = self._new_instance(outline, None, 0)
        places: list[Numbered | None] = []
        self._place(sections, outline, number, places)
        return iter(places)

    def _place(
        self, sections: Sequence[Section], outline: _Outline, number: int, places: list[Numbered | None]
    ) -> None:
        typed = any(
            level_of(each.label) is Level.LETTER and not 0 < ordinal_of(each.label) <= _LAST_COMMON_LETTER
            for each in sections
        )
        for section in sections:
            level = level_of(section.label)
            place = None
            if not _has_words(section) or (typed and level is Level.LETTER):
                pass
            elif level in (Level.DASH, Level.PLUS):
                place = Numbered(BULLETS, 0 if level is Level.DASH else 1)
            elif level in outline.levels:
                place = self._counted(section.label, level, outline, number)
                number = number if place is None else place.number
            places.append(place)
            self._place(section.children, outline, number, places)

    def _counted(self, label: str, level: Level, outline: _Outline, number: int) -> Numbered | None:
        """Where Word prints the label: in this instance, else in a new one; None where it cannot."""
        prefix = self._prefix(level, outline)
        if prefix is None:
            return None
        following = outline.counts.get(level, 0) + 1
        if label_for(level, following, prefix) != label:
            following = ordinal_of(label)
            if not following or label_for(level, following, prefix) != label:
                return None
            number = self._new_instance(outline, following, outline.levels.index(level))
        outline.counts[level] = following
        for deeper in outline.levels[outline.levels.index(level) + 1 :]:
            if deeper not in RUN_THROUGH:
                outline.counts.pop(deeper, None)
        return Numbered(number, outline.levels.index(level))

    def _prefix(self, level: Level, outline: _Outline) -> str | None:
        """What Word prints before the own number of a decimal, None where it counts nothing there."""
        if level not in (Level.DECIMAL, Level.SUBDECIMAL):
            return ""
        first = outline.counts.get(outline.above_decimal)
        if outline.above_decimal not in outline.levels or first is None:
            return None
        if level is Level.DECIMAL:
            return str(first)
        second = outline.counts.get(Level.DECIMAL)
        return None if second is None else f"{first}.{second}"

    def _new_instance(self, outline: _Outline, start: int | None, level: int) -> int:
        self._instances.append((outline.abstract, start, level))
        return len(self._instances)

    def part(self) -> etree._Element:
        """numbering.xml."""
        root = w("numbering", self._bullet_list())
        for outline in self._outlines:
            root.append(self._outline_list(outline))
        for number, (abstract, start, level) in enumerate(self._instances, 1):
            override = None if start is None else w("lvlOverride", w("startOverride", val=start), ilvl=level)
            root.append(w("num", w("abstractNumId", val=abstract), override, numId=number))
        return root

    def _outline_list(self, outline: _Outline) -> etree._Element:
        abstract = w(
            "abstractNum",
            w("nsid", val=f"{0x4B560000 + outline.abstract:08X}"),
            w("multiLevelType", val="multilevel"),
            w("tmpl", val=f"{0x56410000 + outline.abstract:08X}"),
            abstractNumId=outline.abstract,
        )
        for place, level in enumerate(outline.levels):
            form, text = _FORMATS[level]
            numbers = {"own": place + 1}
            if level in (Level.DECIMAL, Level.SUBDECIMAL):
                first = outline.above_decimal
                above = first if level is Level.DECIMAL else Level.DECIMAL
                numbers["above"] = outline.levels.index(above) + 1 if above in outline.levels else place + 1
                numbers["first"] = outline.levels.index(first) + 1 if first in outline.levels else place + 1
            legal = level in (Level.DECIMAL, Level.SUBDECIMAL)
            bold = level in _OWN_LINE or level is Level.ARTICLE
            abstract.append(
                w(
                    "lvl",
                    w("start", val=1),
                    w("numFmt", val=form),
                    w("lvlRestart", val=0) if level in RUN_THROUGH else None,
                    on("isLgl", legal),
                    w("suff", val="nothing" if level in _OWN_LINE else "space"),
                    w("lvlText", val=text.format(**numbers)),
                    w("lvlJc", val="left"),
                    w("pPr", self._indent(level)),
                    w("rPr", w("b"), w("caps", val="0")) if bold else None,
                    ilvl=place,
                )
            )
        return abstract

    def _indent(self, level: Level) -> etree._Element:
        return w("ind", left=0, firstLine=0 if level in _OWN_LINE else twips(self._first_line))

    def _bullet_list(self) -> etree._Element:
        return w(
            "abstractNum",
            w("nsid", val="4B560000"),
            w("multiLevelType", val="multilevel"),
            w("tmpl", val="56410000"),
            *(
                w(
                    "lvl",
                    w("start", val=1),
                    w("numFmt", val="bullet"),
                    w("suff", val="space"),
                    w("lvlText", val=sign),
                    w("lvlJc", val="left"),
                    w("pPr", w("ind", left=0, firstLine=twips(self._first_line))),
                    w("rPr", w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)),
                    ilvl=place,
                )
                for place, sign in enumerate(("-", "+"))
            ),
            abstractNumId=0,
        )


def _has_words(section: Section) -> bool:
    """Whether its own paragraph will have words: Word numbers an empty one, but readers take it for a slip."""
    return bool(section.heading) or bool(section.blocks and getattr(section.blocks[0], "text", ""))


def _levels_in(sections: Sequence[Section]) -> tuple[Level, ...]:
    """The levels that the body counts, the highest first; those beyond Word's nine are typed."""
    seen: set[Level] = set()

    def look(below: Sequence[Section]) -> None:
        for section in below:
            seen.add(level_of(section.label))
            look(section.children)

    look(sections)
    return tuple(level for level in _COUNTED if level in seen)[:_MOST_LEVELS]


def _above_decimal(sections: Sequence[Section]) -> Level:
    """The level that decimals go on from: that of the first item found with a decimal directly below it."""
    for section in sections:
        level = level_of(section.label)
        if level in (Level.NUMBER, Level.ARTICLE, Level.ROMAN) and any(
            level_of(child.label) is Level.DECIMAL for child in section.children
        ):
            return level
        if section.children and (found := _above_decimal(section.children)) is not Level.TEXT:
            return found
    return Level.TEXT
