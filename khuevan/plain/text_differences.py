"""What changed between two versions of a text: paragraph by paragraph, and within a paragraph word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

# A letter of Chinese, Japanese or Korean is a word of its own: no spaces stand between words there.
_WORDS: Final = re.compile(r"\s+|[぀-ヿ㐀-鿿豈-﫿가-힯]|[^\W\s぀-ヿ㐀-鿿豈-﫿가-힯]+|.", re.DOTALL)
# Longer paragraphs are shown whole: a matcher's work grows with the product of both lengths.
_MOST_WORDS: Final = 3_000
# Below this likeness two paragraphs have nothing to do with each other.
_ALIKE: Final = 0.35


class Deed(Enum):
    """What happened to a run of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share one fate."""

    deed: Deed
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of both versions: new, gone, the same or changed (then its runs differ)."""

    runs: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it differs."""
        return any(run.deed is not Deed.SAME for run in self.runs)


def differences(before: Sequence[str], after: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of both versions in reading order, what was taken out standing before what came in.

    All runs but the added ones, joined, are the text before; all but the removed ones are the text after.
    """
    found: list[Paragraph] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for deed, first, last, begin, end in matcher.get_opcodes():
        if deed == "equal":
            found += [Paragraph((Run(Deed.SAME, text),)) for text in before[first:last]]
        else:
            found += _paired(before[first:last], after[begin:end])
    return found


def _paired(gone: Sequence[str], come: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that stand in the same place, alike ones joined into one that shows the words that differ."""
    rest = list(come)
    for text in gone:
        # Only the next ones are looked at, so that the order of neither version is lost.
        place = next((place for place, other in enumerate(rest[:5]) if _alike(text, other)), None)
        if place is None:
            yield Paragraph((Run(Deed.REMOVED, text),))
            continue
        yield from (Paragraph((Run(Deed.ADDED, other),)) for other in rest[:place])
        yield Paragraph(tuple(_runs(text, rest[place])))
        rest = rest[place + 1 :]
    yield from (Paragraph((Run(Deed.ADDED, other),)) for other in rest)


def _alike(text: str, other: str) -> bool:
    one, two = _words(text), _words(other)
    if len(one) > _MOST_WORDS or len(two) > _MOST_WORDS:
        return False
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _runs(text: str, other: str) -> Iterator[Run]:
    one, two = _words(text), _words(other)
    for deed, first, last, begin, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if deed == "equal":
            yield Run(Deed.SAME, "".join(one[first:last]))
            continue
        if last > first:
            yield Run(Deed.REMOVED, "".join(one[first:last]))
        if end > begin:
            yield Run(Deed.ADDED, "".join(two[begin:end]))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)
