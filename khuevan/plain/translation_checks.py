"""What a reader of both languages would stumble over: paragraphs left as they were, figures and names that differ.

Hints, never a verdict: numbers are written in words, dates in another order, thousands with another sign. Where two
readings are possible, both count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from khuevan.plain.folding import fold

LONG_PARAGRAPH: Final = 8
_LONG_WITHOUT_SPACES: Final = 20
# Up to here numbers are as often written in words, and months stand for them.
_SMALL: Final = 12
_LATIN: Final = frozenset({"en", "fr", "vi"})
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,   ]\d+)*")
_ANY_NUMBER: Final = re.compile(r"\d+(?:[.,   ]\d+)*")
_TIME: Final = re.compile(r"\b\d{1,2}\s*(?::|h|giờ|時|时|시)\s*\d{2}\b")
_TIMES: Final[tuple[tuple[str, int], ...]] = (
    ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12), ("milliard", 9), ("mille", 3),
    ("nghìn", 3), ("ngàn", 3), ("triệu", 6), ("tỷ", 9), ("tỉ", 9),
    ("千", 3), ("万", 4), ("萬", 4), ("億", 8), ("亿", 8), ("만", 4), ("억", 8), ("천", 3),
)  # fmt: skip
# Letters that only Vietnamese writes: a name that bears one stays as it is in every Latin script.
_VIETNAMESE: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)+")


class Stumble(Enum):
    """What does not fit between a text and its translation."""

    TITLE_SAME = "title_same"
    PARAGRAPH_SAME = "paragraph_same"
    NUMBER_MISSING = "number_missing"
    NUMBER_ADDED = "number_added"
    NAME_MISSING = "name_missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: what, and the words, figure or name that it is about."""

    what: Stumble
    about: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one language, as a reader sees it: paragraphs without marks."""

    language: str
    title: str
    paragraphs: tuple[str, ...]


def stumbles(source: Words, translation: Words) -> list[Finding]:
    """Everything to look at, in the order in which it is read, each once."""
    found = [
        *_left_as_they_were(source, translation),
        *_numbers(source, translation),
        *_names(source, translation),
    ]
    return list(dict.fromkeys(found))


def _left_as_they_were(source: Words, translation: Words) -> Iterator[Finding]:
    if source.title.strip() and fold(source.title) == fold(translation.title):
        yield Finding(Stumble.TITLE_SAME, translation.title)
    there = {" ".join(fold(text).split()) for text in source.paragraphs}
    for text in translation.paragraphs:
        if is_long(text) and " ".join(fold(text).split()) in there:
            yield Finding(Stumble.PARAGRAPH_SAME, text)


def is_long(text: str) -> bool:
    """Whether a paragraph is long enough for it to be no name, figure or quotation: eight words or more."""
    letters = sum(unicodedata.category(letter) == "Lo" for letter in text)
    return len(text.split()) >= LONG_PARAGRAPH or letters >= _LONG_WITHOUT_SPACES


def _numbers(source: Words, translation: Words) -> Iterator[Finding]:
    there, here = _readings(source), _readings(translation)
    for written, values in there:
        if not _is_small(values) and not any(values & others for _written, others in here):
            yield Finding(Stumble.NUMBER_MISSING, written)
    for written, values in here:
        is_long_enough = sum(letter.isdigit() for letter in written) >= 3
        if is_long_enough and not any(values & others for _written, others in there):
            yield Finding(Stumble.NUMBER_ADDED, written)


def _readings(words: Words) -> list[tuple[str, frozenset[Decimal]]]:
    """Each number as it is written, with all values that it may mean."""
    found = []
    for text in (words.title, *words.paragraphs):
        plain = _TIME.sub(" ", unicodedata.normalize("NFKC", text))
        pattern = _NUMBER if words.language in _LATIN else _ANY_NUMBER
        previous = Decimal(0)
        for match in pattern.finditer(plain):
            bare = set(_values(match[0]))
            after = plain[match.end() : match.end() + 12].lstrip().lower()
            power = next((power for word, power in _TIMES if after.startswith(word)), 0)
            values = bare | {value * 10**power for value in bare}
            # 1万2000 is written in two numbers and means one.
            values |= {value + previous for value in bare} if previous else set()
            previous = max((value * 10**power for value in bare), default=Decimal(0)) if power else Decimal(0)
            found.append((match[0].strip(), frozenset(values)))
    return found


def _values(written: str) -> Iterator[Decimal]:
    """What a number may mean: its last sign may part decimals, or all signs thousands."""
    digits = re.sub(r"\D", "", written)
    yield Decimal(digits).normalize()
    parts = re.split(r"[.,]", re.sub(r"\s", "", written))
    if len(parts) > 1:
        yield Decimal(f"{''.join(parts[:-1])}.{parts[-1]}").normalize()


def _is_small(values: frozenset[Decimal]) -> bool:
    return all(value <= _SMALL for value in values)


def _names(source: Words, translation: Words) -> Iterator[Finding]:
    # A Vietnamese source capitalises titles of offices, which are translated.
    if source.language not in _LATIN - {"vi"} or translation.language not in _LATIN:
        return
    here = _joined(" ".join((translation.title, *translation.paragraphs)))
    counted = Counter(name for text in (source.title, *source.paragraphs) for name in _vietnamese_names(text))
    for name in counted:
        if _joined(name) not in here:
            yield Finding(Stumble.NAME_MISSING, name)


def _vietnamese_names(text: str) -> Iterator[str]:
    """Names of two words or more that bear a letter which only Vietnamese has."""
    for match in _NAME.finditer(unicodedata.normalize("NFC", text)):
        run: list[str] = []
        for word in [*match[0].split(" "), ""]:
            if word[:1].isupper():
                run.append(word)
                continue
            yield from _whole(run)
            run = []


def _whole(run: Sequence[str]) -> Iterator[str]:
    # "The Đống Đa archive" begins a sentence: a word in plain letters before the name is none of it.
    words = list(run)
    while words and not _VIETNAMESE.search(words[0]) and words[0].isascii() and len(words) > 2:
        words.pop(0)
    if len(words) > 1 and any(_VIETNAMESE.search(word) for word in words):
        yield " ".join(words)


def _joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
