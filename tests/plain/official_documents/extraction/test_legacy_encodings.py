from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable

import pytest

from khuevan.plain.official_documents.extraction.legacy_encodings import (
    decode_tcvn3,
    decode_vni,
    tcvn3_to_unicode,
    vni_to_unicode,
)
from khuevan.plain.official_documents.extraction.plain_text import decode
from khuevan.plain.official_documents.extraction.vietnamese import is_syllable, plausibility

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = (
    "đ",
    *(
        letter
        for vowel, tone in itertools.product("aăâeêioôơuưy", TONES)
        if not (letter := unicodedata.normalize("NFC", vowel + tone)).isascii()
    ),
)
LETTERS = (*SMALL, *(letter.upper() for letter in SMALL))

# The codes from the standard and from the font maker, written down apart from the reader's own tables.
TCVN3_SMALL = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcddde"
            "dfe1e2e3e4abe5e6e7e8e9aceaebecedeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)
TCVN3_CAPITAL = dict(
    zip(
        "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ",
        bytes.fromhex(
            "8081828384a1afbabfc085a2c1c2c3c486a78788898a8ba3c5cdd9da8c8d8e8f9091"
            "9293949596a4dbe0f0ff97a598999a9b9c9d9e9f0102a6040506111213141516" + "17"
        ),
        strict=True,
    )
)
TCVN3 = TCVN3_SMALL | TCVN3_CAPITAL


def vni_code(letter: str) -> str:
    """The VNI-Windows codes of `letter`, composed from the maker's rules."""
    whole = {"đ": "ñ", "ơ": "ô", "ư": "ö", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
    small = letter.lower()
    if small in whole:
        code = whole[small]
        return code if letter.islower() else code.upper()
    parts = unicodedata.normalize("NFD", small)
    base, shape = parts[0], "".join(mark for mark in parts[1:] if mark in "\u0302\u0306\u031b")
    tone = "".join(mark for mark in parts[1:] if mark in TONES[1:])
    if shape == "\u031b":
        base, shape = {"o": "ô", "u": "ö"}[base], ""
    plain = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
    circumflex = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
    breve = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
    code = base + {"": {"": "", **plain}, "\u0302": circumflex, "\u0306": breve}[shape][tone]
    return code if letter.islower() else code.upper()


def as_tcvn3(text: str) -> bytes:
    return b"".join(bytes([TCVN3[c]]) if c in TCVN3 else c.encode("cp1252") for c in text)


def as_vni(text: str) -> bytes:
    return "".join(vni_code(c) if c in LETTERS else c for c in text).encode("cp1252")


def as_windows_1258(text: str) -> bytes:
    encoded = []
    for letter in text:
        try:
            encoded.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in parts if mark in TONES[1:])
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            encoded.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(encoded)


PLAN = (
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI\nKế hoạch tổ chức các hoạt động thông tin đối ngoại năm 2025 – “Đống Đa”\n"
    "Căn cứ Quyết định số 16/2020/QĐ-UBND về việc ban hành Quy chế; giữ gìn, kỹ thuật, lễ hội, nghĩa vụ.\n"
)


def test_the_alphabet_has_134_letters_beyond_ascii() -> None:
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_tcvn3_letter_comes_back(letter: str) -> None:
    around = ("m", "n") if letter.islower() else ("M", "N")
    text = around[0] + letter + around[1]
    assert decode_tcvn3(as_tcvn3(text)) == text


@pytest.mark.parametrize("letter", LETTERS)
def test_vni_letter_comes_back(letter: str) -> None:
    assert decode_vni(as_vni(letter)) == letter
    assert vni_to_unicode(vni_code(letter)) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_windows_1258_letter_comes_back(letter: str) -> None:
    text = f"{letter} {PLAN}"
    assert decode(as_windows_1258(text)) == (
        text,
        ("The file was written in Windows-1258 and has been converted to Unicode.",),
    )


@pytest.mark.parametrize(
    ("encode", "name"), [(as_tcvn3, "TCVN3"), (as_vni, "VNI"), (as_windows_1258, "Windows-1258")]
)
def test_encoding_is_told_by_what_the_words_read_like(encode: Callable[[str], bytes], name: str) -> None:
    expected = (PLAN, (f"The file was written in {name} and has been converted to Unicode.",))
    assert decode(encode(PLAN)) == expected


@pytest.mark.parametrize(("encode", "name"), [(as_tcvn3, "TCVN3"), (as_vni, "VNI")])
def test_codes_of_an_old_font_saved_as_utf_8_are_converted(encode: Callable[[str], bytes], name: str) -> None:
    small = PLAN.lower().replace("–", "-").replace("“", '"').replace("”", '"')
    pasted = encode(small).decode("latin-1").encode()
    assert decode(pasted) == (
        small,
        (f"The file was written in {name} and has been converted to Unicode.",),
    )


def test_font_of_capitals_over_small_codes_gives_capitals() -> None:
    # "CỘNG HÒA" typed with capitals on: the toned letters keep the codes of the small ones.
    typed = b"C\xe9NG H\xdfA X\xb7 H\xe9I CH\xf1 NGH\xdcA VI\xd6T NAM"
    assert decode_tcvn3(typed) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_name_of_two_letters_follows_its_neighbours() -> None:
    assert decode_tcvn3(b"H\xb5 N\xe9i, th\xb5nh ph\xe8 H\xb5") == "Hà Nội, thành phố Hà"
    assert decode_tcvn3(b"TH\xb5NH PH\xe8 H\xb5 N\xe9I") == "THÀNH PHỐ HÀ NỘI"


def test_font_named_as_capitals_gives_capitals_throughout() -> None:
    assert tcvn3_to_unicode("céng hßa", capitals=True) == "CỘNG HÒA"


def test_quotation_marks_of_windows_stay_in_tcvn3() -> None:
    assert decode_tcvn3(b"\x93Th\xb5nh ph\xe8 v\xd7 h\xdfa b\xd7nh\x94 \x96 2025") == (
        "“Thành phố vì hòa bình” – 2025"
    )


@pytest.mark.parametrize("word", ["nghiêng", "ĐỐNG", "Hội", "khuỷu", "quyết", "gì", "thuở", "ương", "xoong"])
def test_syllable_of_vietnamese_is_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["viÖt", "hỘi", "nghiüp", "éèê", "thöïc", "chñ"])
def test_word_in_the_wrong_encoding_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_plausibility_tells_right_from_wrong_reading() -> None:
    assert plausibility(PLAN) > 0.95  # QĐ is no syllable
    assert plausibility(as_tcvn3(PLAN).decode("latin-1")) < 0.5
    assert plausibility("plain ASCII says nothing") == 0.0
