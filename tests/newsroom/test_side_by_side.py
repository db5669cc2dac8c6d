"""A translation beside its original: part by part, with what differs in structure."""

from __future__ import annotations

import pytest
from django.utils import translation

from khuevan.newsroom.side_by_side import side_by_side
from tests.factories.newsroom import story

pytestmark = pytest.mark.django_db


def quote(words: str) -> tuple:
    return "quote", {"quote": words, "speaker": "Lan", "post": ""}


def compared(original: list, translated: list, **values) -> list[tuple[str, tuple[str, ...]]]:
    one = story(title="The archive opens", slug="one", summary="On Monday.", body=original)
    other = story(title="Mở kho lưu trữ", slug="other", summary="Vào thứ Hai.", body=translated, **values)
    with translation.override("en"):
        return [(pair.kind, pair.differences) for pair in side_by_side(one, other)]


def test_like_structure_has_no_differences():
    assert compared(
        [
            ("text", "<h2>When</h2><p>On 2 September.</p>"),
            quote("Come."),
        ],
        [
            ("text", "<h2>Khi nào</h2><p>Ngày 2 tháng 9.</p>"),
            quote("Mời."),
        ],
    ) == [("title", ()), ("summary", ()), ("text", ()), ("quote", ())]


def test_what_is_missing_added_or_of_another_kind_is_told():
    assert compared(
        [
            ("text", "<p>One.</p>"),
            quote("Two."),
            ("text", "<p>Three.</p>"),
        ],
        [("text", "<p>Một.</p>"), ("text", "<p>Hai.</p>")],
    ) == [
        ("title", ()),
        ("summary", ()),
        ("text", ()),
        ("quote", ("The parts are of different kinds.",)),
        ("text", ("The translation lacks this part.",)),
    ]


def test_elements_numbers_and_untranslated_words_are_compared():
    assert compared(
        [
            ("text", "<p>Since 1010, in 1,300 streets.</p><p>More.</p>"),
            ("text", "<p>The same words stand here.</p>"),
        ],
        [("text", "<p>Từ 1010, trên 1.300 phố và 1.</p>"), ("text", "<p>The same words stand here.</p>")],
    )[2:] == [
        ("text", ("Paragraphs: 2 in the original, 1 in the translation.",)),
        ("text", ("The words are the same as in the original.",)),
    ]


def test_numbers_that_are_missing_are_named_whatever_separates_their_thousands():
    assert compared([("text", "<p>In 1954 and 1,300.</p>")], [("text", "<p>Năm đó.</p>")])[2:] == [
        ("text", ("These numbers of the original are not in the translation: 1954, 1300.",)),
    ]


def test_what_a_translation_adds_and_what_it_leaves_empty_is_told():
    assert compared([("text", "<p>One.</p>")], [("text", "<p></p>"), ("text", "<p>Thêm.</p>")])[2:] == [
        ("text", ("The translation is empty.",)),
        ("text", ("The original has no such part.",)),
    ]


def test_words_cannot_bring_their_own_marks():
    one = story(title="<b>Bold</b>", slug="bold", summary="<script>alert(1)</script>")
    other = story(title="Khác", slug="khac", summary="Khác")
    pairs = side_by_side(one, other)
    assert [str(pair.original.html) for pair in pairs[:2]] == [
        "&lt;b&gt;Bold&lt;/b&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;",
    ]  # fmt: skip
