"""Words of every language of the site, and where they stand in a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.folding import fold
from khuevan.plain.search_words import Part, excerpt, index_words, marked, query_words

texts = st.text(
    st.sampled_from("aăâđêơưHàNộiễệ Đống Đa 2025,.–\n河内市の秋하노이가을ABC\u0301\u0323")
    # Without what this Python does not know: it cannot tell whether that is a letter.
    | st.characters(exclude_categories=("Cs", "Cn")),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hà Nội, Đống Đa – 2025", "ha noi dong da 2025"),
        ("Khuê Văn Các", "khue van cac"),
        ("河内市の秋", "河内 内市 市の の秋"),
        ("하노이 가을", "하노 노이 가을"),
        ("秋", "秋"),
        ("L'été à Hanoï", "l ete a hanoi"),
        ('DROP TABLE; a* NEAR(b) "c" AND', "drop table a near b c and"),
        ("", ""),
    ],
)
def test_words_are_folded_and_letters_without_spaces_paired(text, words):
    assert index_words(text) == words


def hits(parts):
    return [part.text for part in parts if part.is_hit]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Tết ở Hà Nội và Hải Phòng", "ha noi", ["Hà", "Nội"]),
        ("Đống Đa mở kho lưu trữ", "dong da", ["Đống", "Đa"]),
        (
            unicodedata.normalize("NFD", "Lễ hội"),
            "le hoi",
            [unicodedata.normalize("NFD", w) for w in ("Lễ", "hội")],
        ),
        ("河内市の秋の夜", "河内市", ["河内市"]),
        ("Water puppets", "pup", ["puppets"]),
        ("nothing here", "else", []),
    ],
)
def test_words_that_were_asked_for_are_marked(text, query, found):
    assert hits(marked(text, query)) == found


def test_an_excerpt_stands_around_the_first_word_and_says_where_it_is_cut():
    text = "Mở đầu. " * 60 + "Ca trù được nghe ở đây. " + "Kết. " * 60
    parts = excerpt(text, "ca tru", length=120)
    words = "".join(part.text for part in parts)
    assert (words.startswith("…"), words.endswith("…"), len(words) <= 122) == (True, True, True)
    assert hits(parts) == ["Ca", "trù"]


@given(texts, texts)
def test_nothing_of_a_text_is_lost_by_marking_it(text, query):
    assert "".join(part.text for part in marked(text, query)) == text


@given(texts)
def test_a_text_is_found_by_its_own_words(text):
    words = index_words(text).split()
    assert all(word in words for word in query_words(text))
    assert all(word.isalnum() or unicodedata.category(word[0])[0] in "LMN" for word in words)


@given(texts, texts, st.integers(10, 60))
def test_an_excerpt_is_a_piece_of_the_text(text, query, length):
    words = "".join(part.text for part in excerpt(text, query, length=length))
    assert words.removeprefix("…").removesuffix("…") in text or words in text


def marked_slowly(text: str, query: str) -> tuple[Part, ...]:
    """The text marked letter by letter: a letter is a hit where it folds into a word that was asked for."""
    words = query_words(query)
    folded = [(letter, place) for place, each in enumerate(text) for letter in fold(each)]
    runs: list[list[tuple[str, int]]] = []
    former = ""
    for letter, place in folded:
        kind = (
            "" if not index_words(letter) else "paired" if index_words(letter * 3) != letter * 3 else "word"
        )
        if kind and kind == former:
            runs[-1].append((letter, place))
        elif kind:
            runs.append([(letter, place)])
        former = kind
    hit: set[int] = set()
    for run in runs:
        letters, places = "".join(letter for letter, _place in run), [place for _letter, place in run]
        if index_words(letters[0] * 3) == letters[0] * 3:
            if letters in words or (words and letters.startswith(words[-1])):
                hit.update(range(places[0], places[-1] + 1))
            continue
        for begin in range(len(letters)):
            for word in words:
                if letters.startswith(word, begin):
                    hit.update(range(places[begin], places[begin + len(word) - 1] + 1))
    for place in range(1, len(text)):
        # Marks that fold to nothing go with their letter.
        if fold(text[place]) == "" and place - 1 in hit:
            hit.add(place)
    parts: list[Part] = []
    for place, letter in enumerate(text):
        if parts and parts[-1].is_hit == (place in hit):
            parts[-1] = Part(parts[-1].text + letter, parts[-1].is_hit)
        else:
            parts.append(Part(letter, place in hit))
    return tuple(parts)


def joined(parts: tuple[Part, ...]) -> list[tuple[str, bool]]:
    """The parts, neighbours of a kind put together."""
    found: list[tuple[str, bool]] = []
    for part in parts:
        if found and found[-1][1] == part.is_hit:
            found[-1] = (found[-1][0] + part.text, part.is_hit)
        else:
            found.append((part.text, part.is_hit))
    return found


@given(texts, texts)
def test_marking_is_what_it_is_letter_by_letter(text, query):
    assert joined(marked(text, query)) == joined(marked_slowly(text, query))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("河内市の秋の夜", "内市 夜"), ("ﬁne ﬁnance", "fin"), ("Straße", "strasse"), ("ha hanoi HA", "ha noi"),
        ("Hà_Nội", "noi"), ("1000năm", "1000nam"), ("하노이 하노이의", "하노이"), ("ハノイ", "ノ"),
    ],
)  # fmt: skip
def test_marking_of_hard_cases_is_what_it_is_letter_by_letter(text, query):
    assert joined(marked(text, query)) == joined(marked_slowly(text, query))
