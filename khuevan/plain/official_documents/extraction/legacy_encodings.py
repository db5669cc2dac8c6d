"""Text in the encodings that Vietnamese offices used before Unicode: TCVN3 (ABC) and VNI.

TCVN3 gives each toned letter one byte, the numbers of TCVN 5712:1993 VN1. Its fonts have no toned
capitals: in running text a capital word was set in a font of capitals (.VnTimeH) over the codes of the
small letters. Plain text keeps no font, so a word whose other letters are all capitals is read as
capitals ("HéI" gives HỘI), and a short word ("Hµ") follows its neighbours on the line. A line that was
typed wholly in small letters under the font of capitals cannot be told from small letters and stays so.

VNI-Windows writes a vowel and, after it, one byte for its marks; ơ, ư, đ and the toned i have one byte.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TCVN3_HIGH: Final = (
    # 0xA1 to 0xFF; a blank where the code stands for a mark of its own (below).
    "ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3_C1: Final = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"  # 0x80 to 0x9F
_TCVN3_C0: Final = {
    0x01: "Ú",
    0x02: "Ụ",
    0x04: "Ừ",
    0x05: "Ử",
    0x06: "Ữ",
    0x11: "Ứ",
    0x12: "Ự",
    0x13: "Ỳ",
    0x14: "Ỷ",
    0x15: "Ỹ",
    0x16: "Ý",
    0x17: "Ỵ",
}
_TCVN3_MARKS: Final = {0xB0: "\u0300", 0xB1: "\u0309", 0xB2: "\u0303", 0xB3: "\u0301", 0xB4: "\u0323"}
_TCVN3_CAPITALS: Final[dict[int, str]] = {
    **_TCVN3_C0,
    **{0x80 + at: letter for at, letter in enumerate(_TCVN3_C1)},
}
# Capitals found by their place are set aside as private characters until all codes are converted at once.
_ASIDE: Final = 0xF700
_TCVN3_LETTERS: Final[dict[int, str]] = {
    **{0xA1 + at: letter for at, letter in enumerate(_TCVN3_HIGH) if letter != " "},
    **_TCVN3_MARKS,
    **{_ASIDE + code: letter for code, letter in _TCVN3_CAPITALS.items()},
}
# Text files of that time use the codes 0x80 to 0x9F for the quotation marks and dashes of Windows, the
# standard for toned capitals: they are capitals only inside a word, next to a capital.
_INNER_CAPITAL: Final = re.compile(
    "(?<=[A-Z\xa1-\xa7\x80-\x9f\x01-\x06\x11-\x17])[\x80-\x9f\x01\x02\x04-\x06\x11-\x17](?=[A-Z\xa1-\xa7\x80-\x9f])"
    "|(?<=[A-Z\xa1-\xa7])[\x80-\x84\x86-\x90\x98-\x9f\x01\x02\x04-\x06\x11-\x17]"
    "|(?<![\xa1-\xff\x80-\x9fA-Za-z])[\x80-\x84\x86-\x90\x98-\x9f\x01\x02\x04-\x06\x11-\x17](?=[A-Z])"
)
_WINDOWS_PUNCTUATION: Final[dict[int, str]] = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

_SMALL_TONED: Final = frozenset(
    letter for letter in _TCVN3_LETTERS.values() if letter.islower() and len(letter) == 1
)
# Only a line with a small toned letter among or beside capitals can hold a word of the font of capitals.
_TONED: Final = "".join(sorted(_SMALL_TONED))
_TWO_CAPITALS: Final = re.compile(
    f"[A-ZĂÂÊÔƠƯĐ][{_TONED}]+[A-ZĂÂÊÔƠƯĐ]|[A-ZĂÂÊÔƠƯĐ]{{2}}[{_TONED}]|(?<!\\w)[{_TONED}]+[A-ZĂÂÊÔƠƯĐ]{{2}}"
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def decode_tcvn3(data: bytes) -> str:
    """The text of `data`, read as TCVN3 with the punctuation of Windows."""
    return tcvn3_to_unicode(data.decode("latin-1"))


def tcvn3_to_unicode(text: str, *, capitals: bool = False) -> str:
    """Text in Unicode of `text`, whose characters are the codes of TCVN3 (as pasted from an old font).

    `capitals` says that the font was one of capitals (.VnTimeH), so that every letter is one.
    """
    text = _INNER_CAPITAL.sub(lambda match: chr(_ASIDE + ord(match.group())), text)
    text = text.translate(_TCVN3_LETTERS).translate(_WINDOWS_PUNCTUATION)
    if capitals:
        return text.upper()
    return "\n".join(_with_capital_words(line) for line in text.split("\n"))


def _with_capital_words(line: str) -> str:
    """`line` with the words of the font of capitals written as capitals."""
    if _TWO_CAPITALS.search(line) is None:
        return line
    words = list(_WORD.finditer(line))
    # True: surely capitals, False: surely not, None: nothing in the word says.
    cases: list[bool | None] = [_is_capital_word(match.group()) for match in words]
    if True not in cases:
        return line
    pieces: list[str] = []
    at = 0
    for number, match in enumerate(words):
        case = cases[number]
        if case is None:
            before = next((c for c in reversed(cases[:number]) if c is not None), None)
            after = next((c for c in cases[number + 1 :] if c is not None), None)
            case = True in (before, after) and False not in (before, after)
        pieces.append(line[at : match.start()])
        pieces.append(match.group().upper() if case else match.group())
        at = match.end()
    pieces.append(line[at:])
    return "".join(pieces)


def _is_capital_word(word: str) -> bool | None:
    plain = [letter for letter in word if letter not in _SMALL_TONED]
    if any(letter.islower() for letter in plain):
        return False
    if len(plain) >= 2:
        return True
    return None


_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX: Final = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE: Final = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE: Final = {
    "ô": "ơ",
    "ö": "ư",
    "ñ": "đ",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}


def _vni_table() -> dict[str, str]:
    small: dict[str, str] = {}
    for vowel in "aeouy":
        for mark, tone in _VNI_TONES.items():
            small[vowel + mark] = vowel + tone
    for vowel in "aeo":
        for mark, tone in _VNI_CIRCUMFLEX.items():
            small[vowel + mark] = vowel + "\u0302" + tone
    for mark, tone in _VNI_BREVE.items():
        small["a" + mark] = "a\u0306" + tone
    for horned, letter in (("ô", "ơ"), ("ö", "ư")):
        for mark, tone in _VNI_TONES.items():
            small[horned + mark] = letter + tone
    small |= _VNI_SINGLE
    table: dict[str, str] = {}
    for codes, letters in small.items():
        letter = unicodedata.normalize("NFC", letters)
        table[codes] = letter
        table[codes.upper()] = letter.upper()
        # A capital followed by the mark of a small letter occurs where only the first letter was shifted.
        table.setdefault(codes[0].upper() + codes[1:], letter.upper())
    return table


_VNI: Final = _vni_table()
_VNI_PATTERN: Final = re.compile(
    "|".join(sorted((re.escape(codes) for codes in _VNI), key=len, reverse=True))
)


def decode_vni(data: bytes) -> str:
    """The text of `data`, read as VNI-Windows."""
    return vni_to_unicode("".join(_WINDOWS_PUNCTUATION.get(ord(c), c) for c in data.decode("latin-1")))


def vni_to_unicode(text: str) -> str:
    """Text in Unicode of `text`, whose characters are the codes of VNI-Windows."""
    return _VNI_PATTERN.sub(lambda match: _VNI[match.group()], text)
