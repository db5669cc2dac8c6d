"""Text as officers type it in a hurry: lower case, no diacritics, so that "ha noi" finds Hà Nội.

SQLite's FTS5 removes most marks by itself but keeps đ, and PostgreSQL removes none without an
extension: the index holds the folded text, and the query is folded the same way.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, yet which a reader without that keyboard types plainly.
# Ð (Icelandic eth) stands for Đ in many texts converted from TCVN3 and VNI.
_UNDECOMPOSED = {
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
}
_COMBINING = range(0x0300, 0x0370)
# Soft hyphen, zero-width space, word joiner and byte-order mark: invisible leftovers of layout.
_INVISIBLE = frozenset({0x00AD, 0x200B, 0x2060, 0xFEFF})


class _FoldedCharacters(dict[int, str]):
    """The folded form of each character, worked out the first time it is met (Unicode bounds the table)."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    """One character folded; empty where it is a combining mark or invisible."""
    folded = character
    while True:
        plain = "".join(_plain_letter(letter) for letter in unicodedata.normalize("NFKC", folded.casefold()))
        if plain == folded:
            return plain
        folded = plain


def _plain_letter(letter: str) -> str:
    code = ord(letter)
    if code in _COMBINING or code in _INVISIBLE:
        return ""
    if letter in _UNDECOMPOSED:
        return _UNDECOMPOSED[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    # Only Latin letters lose their marks: й, が and 한 are letters of their own, not marked ones.
    return base if base.isascii() and base.isalpha() else letter


_FOLDED = _FoldedCharacters()
for _code in (*range(0x250), *range(0x1E00, 0x1F00)):
    _FOLDED[_code]


def fold(text: str) -> str:
    """`text` in lower case without diacritics (Đ too), the same for composed and decomposed input.

    Compatibility forms (full width, ligatures) become the plain characters; other scripts keep
    their letters. Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    # Dropping a mark can bring two characters together that compose (Hangul letters, for one).
    while not (folded.isascii() or unicodedata.is_normalized("NFKC", folded)):
        folded = unicodedata.normalize("NFKC", folded).translate(_FOLDED)
    return folded


_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """`text` as part of a web address: "Đống Đa" gives dong-da. Letters of other scripts are kept."""
    folded = fold(text)
    if not folded.isascii():
        folded = "".join(
            letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else "-" for letter in folded
        )
        return "-".join(part for part in folded.split("-") if part)
    return _BETWEEN_WORDS.sub("-", folded).strip("-")
