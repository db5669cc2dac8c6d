"""Names of bodies as they are compared: words without case and diacritics, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata

from khuevan.plain.folding import fold
from khuevan.plain.likeness import words
from khuevan.plain.unit_names import ABBREVIATIONS

# Nặng, sắc, huyền, hỏi, ngã: hóa and hoá are the same word, hoa is another.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LETTERS = re.compile(r"[^\W\d_]+")


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, UBND and the like written out."""
    return tuple(
        part for word in words(name.replace("&", " ")) for part in ABBREVIATIONS.get(word, word).split()
    )


def holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether the words of one name stand in the other, side by side."""
    size = len(shorter)
    return size > 0 and any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def syllables(text: str) -> tuple[str, ...]:
    """Each word in lower case with its tone behind it: the same for hóa and hoá, another for hoa."""
    return tuple(_syllable(word) for word in _LETTERS.findall(text))


def _syllable(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.lower())
    tones = "".join(sorted(letter for letter in apart if letter in _TONES))
    plain = unicodedata.normalize("NFC", "".join(letter for letter in apart if letter not in _TONES))
    # Mỹ and Mĩ, kỳ and kì are both written.
    return f"{plain[:-1]}i{tones}" if len(plain) == 2 and plain[-1] == "y" else f"{plain}{tones}"


def distance(one: str, other: str) -> int:
    """How many letters must be changed, put in or taken out to make one word the other."""
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, start=1):
        above, row[0] = row[0], count
        for place, against in enumerate(other, start=1):
            above, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, above + (letter != against)),
            )
    return row[-1]


def plainly(text: str) -> str:
    """The folded text with single spaces and no marks at its ends."""
    return " ".join(fold(text).split()).strip(" .;:,-")
