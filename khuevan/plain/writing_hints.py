"""Small helps while writing: sentences too long to be read at once, headings that skip a step, lengths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

# A closing quotation mark or bracket belongs to the sentence that it closes.
_END: Final = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)\]]))\s+|(?<=[。！？])(?![」』”’）])|(?<=[。！？][」』”’）])"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SUMMARY_SHORTEST: Final = 50
TITLE_SHORTEST: Final = 15
TITLE_SHORTEST_WITHOUT_SPACES: Final = 6
SUMMARY_SHORTEST_WITHOUT_SPACES: Final = 20


class Unit(Enum):
    """What a sentence's length is counted in: Vietnamese writes each syllable apart, Chinese no word apart."""

    WORDS = "words"
    SYLLABLES = "syllables"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Measure:
    """How a language's sentences are measured, and from where on one is hard to read at once.

    The bounds are ours, from style guides' "twenty to twenty-five words", for a translated sentence may run on
    a little: a hint, no norm.
    """

    unit: Unit
    longest: int


_MEASURES: Final = {
    "vi": Measure(Unit.SYLLABLES, 45),
    "zh": Measure(Unit.CHARACTERS, 80),
    "ja": Measure(Unit.CHARACTERS, 90),
    "ko": Measure(Unit.CHARACTERS, 110),
}
_OTHERS: Final = Measure(Unit.WORDS, 32)


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A sentence beyond its language's bound: its words, how long it is, and what was counted."""

    text: str
    length: int
    unit: Unit
    longest: int


def measure_of(language: str) -> Measure:
    """How sentences of the language are measured; English's way for those that we do not know."""
    return _MEASURES.get(language.partition("-")[0].lower(), _OTHERS)


def long_sentences(text: str, language: str) -> Iterator[LongSentence]:
    """The sentences that are hard to read at once, in order."""
    measure = measure_of(language)
    for sentence in sentences(text):
        length = length_of(sentence, measure.unit)
        if length > measure.longest:
            yield LongSentence(sentence, length, measure.unit, measure.longest)


def average_length(text: str, language: str) -> int:
    """How long the sentences are on average, rounded; 0 where there is none."""
    lengths = [length_of(sentence, measure_of(language).unit) for sentence in sentences(text)]
    return round(sum(lengths) / len(lengths)) if lengths else 0


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph. A full stop within a number or before a small letter ends none."""
    found: list[str] = []
    for part in (part.strip() for part in _END.split(text)):
        if not part:
            continue
        if found and part[0].islower():
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def length_of(sentence: str, unit: Unit) -> int:
    """How many words, syllables or characters (without signs and spaces) it has."""
    if unit is Unit.CHARACTERS:
        return sum(unicodedata.category(letter)[0] in "LN" for letter in sentence)
    return len(_WORD.findall(sentence))


def skipped_headings(levels: Sequence[int]) -> Iterator[int]:
    """The places (from 0) of headings that stand more than one step below the one before; a text begins at 2."""
    before = 1
    for place, level in enumerate(levels):
        if level > before + 1:
            yield place
        before = level


def is_title_short(title: str, language: str) -> bool:
    """Whether a title says hardly anything."""
    by_character = measure_of(language).unit is Unit.CHARACTERS
    least = TITLE_SHORTEST_WITHOUT_SPACES if by_character else TITLE_SHORTEST
    return 0 < len(title.strip()) < least


def is_summary_short(summary: str, language: str) -> bool:
    """Whether a summary is too short to tell a reader what awaits."""
    by_character = measure_of(language).unit is Unit.CHARACTERS
    least = SUMMARY_SHORTEST_WITHOUT_SPACES if by_character else SUMMARY_SHORTEST
    return 0 < len(summary.strip()) < least
