"""Whether two titles of documents say the same, though somebody typed one of them anew."""

from __future__ import annotations

import re
from collections import Counter

from khuevan.plain.folding import fold

_WORD = re.compile(r"\w+")
# Of ten words one may differ.
ALIKE = 0.9


def titles_are_alike(one: str, other: str) -> bool:
    """Whether the titles share nearly all words, and all numbers: reports of May and June are not alike.

    Case, diacritics, punctuation and the order of words do not count.
    """
    first, second = _words(one), _words(other)
    if not first or not second or _numbers(first) != _numbers(second):
        return False
    shared = (first & second).total()
    return 2 * shared >= ALIKE * (first.total() + second.total())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(text)))


def _numbers(words: Counter[str]) -> dict[str, int]:
    return {word: count for word, count in words.items() if word[0].isdigit()}
