"""Words of a text as a full-text index keeps them, for every language of the site, and where they stand in the text.

Folded: lower case, no diacritics (đ is d), so that "ha noi" finds Hà Nội. Chinese, Japanese and Korean, which write
no spaces or write them otherwise, become pairs of letters: 河内市 is 河内 内市; a query of one letter finds pairs
that begin with it. A word of the index holds letters and digits only, so that no query can be an operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from khuevan.plain.folding import fold

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
# Unified ideographs with their extensions, kana, Hangul syllables; halfwidth kana are folded by NFKC before.
_PAIRED: Final = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f"
)
_RUN: Final = re.compile(rf"[{_PAIRED}]+|[^\W_{_PAIRED}]+")
_LETTER: Final = rf"[^\W_{_PAIRED}]"
_IS_PAIRED: Final = re.compile(rf"[{_PAIRED}]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; `is_hit` where it holds a word that was asked for."""

    text: str
    is_hit: bool


def index_words(text: str) -> str:
    """The text's words for the index, apart by spaces."""
    return " ".join(word for run in _RUN.findall(fold(text)) for word in _words_of(run))


def query_words(query: str) -> tuple[str, ...]:
    """The words that a query asks for, each once, in its order; the last may be unfinished. At most twelve."""
    words = [word for run in _RUN.findall(fold(query[:LONGEST_QUERY])) for word in _words_of(run)]
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _words_of(run: str) -> Iterator[str]:
    if not _IS_PAIRED.match(run) or len(run) == 1:
        yield run
        return
    for place in range(len(run) - 1):
        yield run[place : place + 2]


def excerpt(text: str, query: str, *, length: int = 240) -> tuple[Part, ...]:
    """About `length` letters of the text around the first words that were asked for, these marked.

    The text's beginning where none stands in it. The parts put together are the excerpt, with "…" where it is cut.
    """
    hits = _hits(text, query)
    middle = hits[0][0] if hits else 0
    first = max(0, middle - length // 3)
    if first:
        # Not within a word, where there are spaces to go by.
        space = text.find(" ", first, middle)
        first = space + 1 if space != -1 else first
    last = min(len(text), first + length)
    if last < len(text):
        space = text.rfind(" ", middle, last)
        last = space if space > middle else last
    parts: list[Part] = [Part("…", False)] if first else []
    at = first
    for begin, end in hits:
        if begin < at or end > last:
            continue
        if begin > at:
            parts.append(Part(text[at:begin], False))
        parts.append(Part(text[begin:end], True))
        at = end
    if at < last:
        parts.append(Part(text[at:last], False))
    if last < len(text):
        parts.append(Part("…", False))
    return tuple(parts)


def marked(text: str, query: str) -> tuple[Part, ...]:
    """The whole text with the words that were asked for marked."""
    return tuple(part for part in excerpt(text, query, length=max(len(text) * 3, 1)) if part.text)


def _hits(text: str, query: str) -> list[tuple[int, int]]:
    """Where the query's words stand in the text, as (begin, end), apart from each other and in order."""
    folded, places = _folded_with_places(text)
    found = [
        match.span(match.lastindex or 0)
        for pattern in _patterns(query_words(query))
        for match in pattern.finditer(folded)
    ]
    merged: list[tuple[int, int]] = []
    for begin, end in sorted((places[begin], places[end - 1] + 1) for begin, end in found):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return [(begin, _with_marks(text, end)) for begin, end in merged]


@lru_cache(maxsize=64)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """What finds the words in a folded text: whole words, the last perhaps unfinished; pairs of letters anywhere."""
    patterns = []
    whole = [word for word in words if not _IS_PAIRED.match(word)]
    if whole:
        # Words are letters and digits only, nothing that a pattern would understand.
        ending = f"{_LETTER}*" if whole[-1] == words[-1] else ""
        patterns.append(
            re.compile(f"(?<!{_LETTER})(?:{'|'.join([*whole[:-1], whole[-1] + ending])})(?!{_LETTER})")
        )
    pairs = [word for word in words if _IS_PAIRED.match(word)]
    if pairs:
        # Looked ahead, because 河内 and 内市 share a letter; the longer first.
        patterns.append(re.compile(f"(?=({'|'.join(sorted(pairs, key=len, reverse=True))}))"))
    return tuple(patterns)


class _FoldedLetters(dict[str, str]):
    """What each letter folds to, found out once: a search folds some hundred thousand letters."""

    def __missing__(self, letter: str) -> str:
        self[letter] = folded = fold(letter)
        return folded


_FOLDED: Final = _FoldedLetters()


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its letters the place of the letter of the text that it came from."""
    letters = list(map(_FOLDED.__getitem__, text))
    if all(len(_FOLDED[letter]) == 1 for letter in set(text)):
        return "".join(letters), range(len(text))
    places = [place for place, folded in enumerate(letters) for _letter in folded]
    return "".join(letters), places


def _with_marks(text: str, end: int) -> int:
    """The end moved behind combining marks, which fold to nothing."""
    while end < len(text) and fold(text[end]) == "":
        end += 1
    return end
