"""Long sentences are found by the measure of their language; headings go down step by step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.writing_hints import (
    LongSentence,
    Unit,
    average_length,
    is_summary_short,
    is_title_short,
    long_sentences,
    sentences,
    skipped_headings,
)


def test_sentences_end_where_readers_rest():
    assert sentences("It cost 1.5 million. “Why?” he asked. Then e.g. this. 开放。免费！") == [
        "It cost 1.5 million.", "“Why?” he asked.", "Then e.g. this.", "开放。", "免费！",
    ]  # fmt: skip


def test_each_language_has_its_measure():
    english, vietnamese, chinese = "word " * 33 + "end.", "chữ " * 46 + "hết.", "字" * 81 + "。"
    assert [next(long_sentences(text, code)) for text, code in (
        (english, "en"), (vietnamese, "vi"), (chinese, "zh-hans"))] == [
        LongSentence(english, 34, Unit.WORDS, 32),
        LongSentence(vietnamese, 47, Unit.SYLLABLES, 45),
        LongSentence(chinese, 81, Unit.CHARACTERS, 80),
    ]  # fmt: skip
    assert list(long_sentences("chữ " * 40 + "hết.", "vi")) == []
    assert average_length("One two. One two three four.", "en") == 3


def test_headings_go_down_step_by_step():
    assert list(skipped_headings([2, 3, 2, 4, 3])) == [3]
    assert list(skipped_headings([3])) == [0]


def test_short_titles_and_summaries_say_hardly_anything():
    assert [is_title_short(*of) for of in (("News", "en"), ("档案馆今天开放", "zh-hans"), ("", "en"))] == [
        True, False, False,
    ]  # fmt: skip
    assert is_summary_short("It opens.", "fr")
    assert not is_summary_short("档案馆今天向外国读者开放，并提供目录与地图阅览。", "ja")


@given(st.text(), st.sampled_from(["en", "vi", "ja"]))
def test_no_letter_of_a_text_is_lost(text, language):
    assert "".join("".join(sentences(text)).split()).count("a") == text.count("a")
    list(long_sentences(text, language))
