"""Real multi-level numbering: which paragraph is in which list of numbering.xml, so that Word counts the labels.

Word's own counting is followed here, paragraph by paragraph. Where it would print another label than the one
given, a new instance of the list starts at the number wanted; where Word cannot print the label at all (it has
no đ among its letters, no “Phần thứ nhất”), the label is typed. Letters that go beyond d are typed for the
whole of their list, so that no list is half counted and half typed.

Articles and chapters are counted through the document. Word could be told so within one list
(`w:lvlRestart`), but LibreOffice 7.4 starts anew all the same: each of them heads a list of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.composition import Section
from khuevan.plain.official_documents.writing.labels import (
    Level,
    label_for,
    level_of,
    ordinal_of,
)
from khuevan.plain.official_documents.writing.word.names import on, twips, w
from khuevan.plain.official_documents.writing.word.styles import FONT, NUMBERED, Numbered

_BELOW: Final = (Level.NUMBER, Level.DECIMAL, Level.SUBDECIMAL, Level.LETTER)
_FAMILIES: Final = (
    (Level.PART,),
    (Level.CHAPTER, Level.HEADING),
    (Level.ARTICLE, *_BELOW),
    (Level.CAPITAL, Level.ROMAN, *_BELOW),
)
_OWN_LINE: Final = frozenset({Level.PART, Level.CHAPTER, Level.HEADING})
# Word's letters are the English ones; up to here they are the Vietnamese ones, too.
_LAST_COMMON_LETTER: Final = 4
_LETTERED: Final = frozenset({Level.CAPITAL, Level.LETTER})
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


@dataclass(slots=True)
class _List:
    """One list of one body or annex: its levels, and how far Word has counted each."""

    abstract: int
    levels: tuple[Level, ...]
    above_decimal: Level
    number: int
    main: bool
    counts: dict[Level, int] = field(default_factory=dict)


class Lists:
    """The numbering of one file. The first body is the main one: its lists are those of the styles."""

    def __init__(self, first_line: float) -> None:
        self._first_line = first_line
        self._lists: list[_List] = []
        self._instances: list[tuple[int, int | None, int]] = [(0, None, 0)]
        self._bodies = 0

    def places(self, sections: Sequence[Section]) -> Iterator[Numbered | None]:
        """The place of every section of a body, in reading order; None where its label is to be typed."""
        self._bodies += 1
        return iter(_Body(self, sections).places)

    @property
    def of_styles(self) -> dict[str, Numbered]:
        """The list and level that each style brings with it, as far as the main body has such a list."""
        found = {
            NUMBERED[level]: Numbered(each.number, place)
            for each in self._lists
            if each.main
            for place, level in enumerate(each.levels)
            if level in NUMBERED
        }
        return {
            **found,
            NUMBERED[Level.DASH]: Numbered(BULLETS, 0),
            NUMBERED[Level.PLUS]: Numbered(BULLETS, 1),
        }

    def new_list(self, levels: tuple[Level, ...], above_decimal: Level) -> _List:
        """A list with these levels."""
        made = _List(len(self._lists) + 1, levels, above_decimal, 0, self._bodies == 1)
        made.number = self.new_instance(made, None, 0)
        self._lists.append(made)
        return made

    def new_instance(self, of: _List, start: int | None, level: int) -> int:
        """Another instance of the list, which goes on counting, but begins the level at `start`."""
        self._instances.append((of.abstract, start, level))
        return len(self._instances)

    def part(self) -> etree._Element:
        """numbering.xml."""
        root = w("numbering", self._bullet_list())
        for each in self._lists:
            root.append(self._counting_list(each))
        for number, (abstract, start, level) in enumerate(self._instances, 1):
            override = None
            if start is not None:
                override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
            root.append(w("num", w("abstractNumId", val=abstract), override, numId=number))
        return root

    def _counting_list(self, of: _List) -> etree._Element:
        abstract = w(
            "abstractNum",
            w("nsid", val=f"{0x4B560000 + of.abstract:08X}"),
            w("multiLevelType", val="multilevel"),
            w("tmpl", val=f"{0x56410000 + of.abstract:08X}"),
            abstractNumId=of.abstract,
        )
        for place, level in enumerate(of.levels):
            form, text = _FORMATS[level]
            legal = level in (Level.DECIMAL, Level.SUBDECIMAL)
            first = (
                of.levels.index(of.above_decimal) + 1 if legal and of.above_decimal in of.levels else place
            )
            numbers = {"own": place + 1, "above": first if level is Level.DECIMAL else place, "first": first}
            bold = level in _OWN_LINE or level is Level.ARTICLE
            abstract.append(
                w(
                    "lvl",
                    w("start", val=1),
                    w("numFmt", val=form),
                    w("pStyle", val=NUMBERED[level]) if of.main and level in NUMBERED else None,
                    on("isLgl", legal),
                    w("suff", val="nothing" if level in _OWN_LINE else "space"),
                    w("lvlText", val=text.format(**numbers)),
                    w("lvlJc", val="left"),
                    w("pPr", self._indent(level)),
                    w("rPr", w("b")) if bold else None,
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
                    w("pStyle", val=NUMBERED[level]),
                    w("suff", val="space"),
                    w("lvlText", val=sign),
                    w("lvlJc", val="left"),
                    w("pPr", w("ind", left=0, firstLine=twips(self._first_line))),
                    w("rPr", w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)),
                    ilvl=place,
                )
                for place, (sign, level) in enumerate((("-", Level.DASH), ("+", Level.PLUS)))
            ),
            abstractNumId=0,
        )


class _Body:
    """The places of one body's sections, in `places`."""

    def __init__(self, lists: Lists, sections: Sequence[Section]) -> None:
        self.places: list[Numbered | None] = []
        self._lists = lists
        self._made: dict[tuple[Level, ...], _List] = {}
        self._above_decimal = _above_decimal(sections)
        self._place(sections, _FAMILIES[-1], {})

    def _place(
        self, sections: Sequence[Section], below: tuple[Level, ...], numbers: dict[tuple[Level, ...], int]
    ) -> None:
        """Place the sections; `below` is the family that numbers and letters belong to here, `numbers` the
        instance of each family that is at hand."""
        numbers = dict(numbers)
        typed = {
            level_of(each.label)
            for each in sections
            if level_of(each.label) in _LETTERED and not 0 < ordinal_of(each.label) <= _LAST_COMMON_LETTER
        }
        for section in sections:
            level = level_of(section.label)
            family = next((each for each in _FAMILIES if level in each and level not in _BELOW), below)
            place = None
            if not _has_words(section) or level in typed:
                pass
            elif level in (Level.DASH, Level.PLUS):
                place = Numbered(BULLETS, 0 if level is Level.DASH else 1)
            elif level in family:
                of = self._list(family)
                place = self._counted(section.label, level, of, numbers.get(family, of.number))
                if place is not None:
                    numbers[family] = place.number
            self.places.append(place)
            self._place(section.children, family if level is not Level.TEXT else below, numbers)

    def _list(self, family: tuple[Level, ...]) -> _List:
        if family not in self._made:
            self._made[family] = self._lists.new_list(family, self._above_decimal)
        return self._made[family]

    def _counted(self, label: str, level: Level, of: _List, number: int) -> Numbered | None:
        """Where Word prints the label: in this instance, else in a new one; None where it cannot."""
        prefix = _prefix(level, of)
        if prefix is None:
            return None
        following = of.counts.get(level, 0) + 1
        if label_for(level, following, prefix) != label:
            following = ordinal_of(label)
            if not following or label_for(level, following, prefix) != label:
                return None
            number = self._lists.new_instance(of, following, of.levels.index(level))
        of.counts[level] = following
        for deeper in of.levels[of.levels.index(level) + 1 :]:
            of.counts.pop(deeper, None)
        return Numbered(number, of.levels.index(level))


def _prefix(level: Level, of: _List) -> str | None:
    """What Word prints before the own number of a decimal, None where it counts nothing there."""
    if level not in (Level.DECIMAL, Level.SUBDECIMAL):
        return ""
    first = of.counts.get(of.above_decimal)
    if first is None:
        return None
    if level is Level.DECIMAL:
        return str(first)
    second = of.counts.get(Level.DECIMAL)
    return None if second is None else f"{first}.{second}"


def _has_words(section: Section) -> bool:
    """Whether its own paragraph will have words: Word numbers an empty one, but readers take it for a slip."""
    return bool(section.heading) or bool(section.blocks and getattr(section.blocks[0], "text", ""))


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
