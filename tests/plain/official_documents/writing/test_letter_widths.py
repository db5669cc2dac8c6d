"""Widths of words, held against the font file as fontTools reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.phrases.letters import LOWER, UPPER
from khuevan.plain.official_documents.writing import letter_widths
from khuevan.plain.official_documents.writing.letter_widths import even_width, longest_line, width_of

FOLDER = Path(letter_widths.__file__).parent / "fonts"
ALPHABET = LOWER.replace("a-z", "abcdefghijklmnopqrstuvwxyz") + UPPER.replace(
    "A-Z", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
TITLES = st.lists(
    st.sampled_from(["Kế", "hoạch", "tuyên", "truyền", "quốc", "tế", "và", "năm\u00a02026"]),
    min_size=1,
    max_size=40,
)


@pytest.mark.parametrize(
    ("file", "bold", "italic"),
    [
        ("Tinos_400Regular.ttf", False, False),
        ("Tinos_700Bold.ttf", True, False),
        ("Tinos_400Regular_Italic.ttf", False, True),
        ("Tinos_700Bold_Italic.ttf", True, True),
    ],
)
def test_every_letter_is_as_wide_as_the_font_says(file: str, bold: bool, italic: bool) -> None:
    font = TTFont(FOLDER / file)
    glyphs, advances, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    for letter in ALPHABET + " -–“”…,.;:()/&0123456789":
        expected = advances[glyphs[ord(letter)]][0] / units * 14 * 25.4 / 72
        assert width_of(letter, 14, bold=bold, italic=italic) == pytest.approx(expected), letter


def test_motto_and_national_title_have_the_widths_known_of_times_new_roman() -> None:
    assert width_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True) == pytest.approx(88.3, abs=0.1)
    assert width_of("Độc lập - Tự do - Hạnh phúc", 13, bold=True) == pytest.approx(56.1, abs=0.1)


def lines_in(words: str, width: float) -> list[str]:
    """Words set line by line, slowly and plainly; a no-break space joins its words."""
    lines = [""]
    for word in words.split(" "):
        tried = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and width_of(tried, 14, bold=True) > width:
            lines.append(word)
        else:
            lines[-1] = tried
    return lines


@given(TITLES)
def test_lines_of_even_width_are_no_more_and_none_is_short_without_need(words: list[str]) -> None:
    title = " ".join(words)
    width = even_width(title, 14, 160, bold=True)
    assert width <= 160
    assert len(lines_in(title, width)) == len(lines_in(title, 160))
    narrower = width - 2
    if len(lines_in(title, 160)) > 1 and width < 160:
        assert len(lines_in(title, narrower)) > len(lines_in(title, 160))
    assert longest_line(title, 14, 160, bold=True) <= width


def test_a_word_wider_than_the_line_takes_the_whole_line() -> None:
    assert even_width("Nghiêng" * 40, 14, 160) == 160
    assert even_width("", 14, 160) == 160
