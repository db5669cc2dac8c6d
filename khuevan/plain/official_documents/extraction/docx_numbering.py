"""The numbers and bullets that Word prints before paragraphs without storing them in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.extraction.docx_names import MAIN, is_on, number_of, value_of

_LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, from what it starts, what restarts it."""

    number_format: str
    text: str
    start: int
    restart: int | None
    legal: bool
    suffix: str


class Numbering:
    """The lists of a document, counting as their paragraphs go by in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], Level] = {}
        self._start_overrides: dict[tuple[str, int], int] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def level_of_style(self, number: str, style: str | None) -> int | None:
        """The level of list `number` that is linked to the paragraph style `style`."""
        if style is None:
            return None
        return self._style_levels.get((self._abstract_of.get(number, ""), style))

    def next_label(self, number: str, level: int) -> str | None:
        """The label of the next paragraph of list `number` at `level` (from 0), with what follows it.

        None where the paragraph has no number; a bullet gives "- " ("+ " where the bullet is a plus).
        """
        abstract = self._abstract_of.get(number)
        if abstract is None or not 0 <= level < _LEVELS:
            return None
        shape = self._level(number, level)
        if shape is None:
            return None
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        self._count(number, level, shape, counters)
        label = self._written(number, level, shape, counters)
        if not label:
            return None
        return label if shape.suffix == "nothing" else label + " "

    def _count(self, number: str, level: int, shape: Level, counters: list[int | None]) -> None:
        first_use = (number, level) not in self._begun
        self._begun.add((number, level))
        override = self._start_overrides.get((number, level))
        current = counters[level]
        if current is None or (first_use and override is not None):
            counters[level] = shape.start if override is None else override
        else:
            counters[level] = current + 1
        for deeper in range(level + 1, _LEVELS):
            if counters[deeper] is None:
                continue
            below = self._level(number, deeper)
            # A level restarts after any higher one, or only after those that w:lvlRestart allows.
            if below is None or below.restart is None or level < below.restart:
                counters[deeper] = None

    def _written(self, number: str, level: int, shape: Level, counters: list[int | None]) -> str:
        if shape.number_format == "bullet":
            return "+" if shape.text.strip() == "+" else "-"
        if shape.number_format == "none" and not _PLACEHOLDER.search(shape.text):
            return shape.text.strip()

        def number_at(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = shape if at == level else self._level(number, at)
            if other is None:
                return ""
            count = counters[at]
            form = "decimal" if shape.legal and other.number_format != "none" else other.number_format
            return written_number(other.start if count is None else count, form)

        return _PLACEHOLDER.sub(number_at, shape.text).strip()

    def _level(self, number: str, level: int) -> Level | None:
        if (override := self._overrides.get((number, level))) is not None:
            return override
        return self._abstract.get(self._abstract_of.get(number, ""), {}).get(level)

    def _load(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for element in root.iterfind(MAIN + "abstractNum"):
            name = element.get(MAIN + "abstractNumId", "")
            self._abstract[name] = {}
            for child in element.iterfind(MAIN + "lvl"):
                at = number_of(child.get(MAIN + "ilvl"), -1)
                self._abstract[name][at] = _level_from(child)
                if (style := value_of(child, "pStyle")) is not None:
                    self._style_levels[name, style] = at
            if (link := value_of(element, "numStyleLink")) is not None:
                links[name] = link
            if (style := value_of(element, "styleLink")) is not None:
                styles[style] = name
        for name, link in links.items():
            if not self._abstract[name] and link in styles:
                self._abstract[name] = self._abstract[styles[link]]
        for element in root.iterfind(MAIN + "num"):
            number = element.get(MAIN + "numId", "")
            self._abstract_of[number] = value_of(element, "abstractNumId") or ""
            for override in element.iterfind(MAIN + "lvlOverride"):
                at = number_of(override.get(MAIN + "ilvl"), -1)
                if (shape := override.find(MAIN + "lvl")) is not None:
                    self._overrides[number, at] = _level_from(shape)
                if (start := value_of(override, "startOverride")) is not None:
                    self._start_overrides[number, at] = number_of(start, 1)


def _level_from(element: etree._Element) -> Level:
    restart = value_of(element, "lvlRestart")
    return Level(
        number_format=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
        start=number_of(value_of(element, "start"), 0),
        restart=None if restart is None else number_of(restart),
        legal=bool(is_on(element, "isLgl")),
        suffix=value_of(element, "suff") or "tab",
    )


def written_number(number: int, form: str) -> str:
    """`number` in one of Word's number formats; one that is not known is written in Arabic figures.

    Word's letters are those of English: after z comes aa, and there is no đ between d and e.
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        written = ""
        for size, letters in _ROMAN:
            count, number = divmod(number, size)
            written += letters * count
        return written if form == "lowerRoman" else written.upper()
    return str(number)
