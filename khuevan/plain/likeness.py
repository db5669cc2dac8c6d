"""How alike two Vietnamese texts are, by the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from khuevan.plain.folding import fold

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded (no case, no diacritics), without marks or dashes."""
    return tuple(_WORD.findall(fold(text)))


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """The share of words that two word lists have in common: 0.0 none, 1.0 the same words.

    Dice's coefficient on word counts; two empty lists are alike.
    """
    if not a and not b:
        return 1.0
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b))


class SharedMeaning:
    """How much of one sentence stands in another of the same document, rare words counting most.

    A word's weight is the inverse of the number of `texts` that hold it, so that the words that a
    plan repeats in every line ("thông tin đối ngoại") say little.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._lists = [frozenset(words(text)) for text in texts]
        self._texts_with = Counter(word for entry in self._lists for word in entry)

    def share(self, part: str, place: int) -> float:
        """The weight of `part`'s words that text number `place` holds, of all their weight: 0.0 to 1.0."""
        own = frozenset(words(part))
        total = sum(self._weight(word) for word in own)
        if not total:
            return 0.0
        return sum(self._weight(word) for word in own & self._lists[place]) / total

    def _weight(self, word: str) -> float:
        return 1 / max(self._texts_with[word], 1)
