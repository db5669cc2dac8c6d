"""Figures, names and paragraphs that a translation lost are found; another way of writing them is no loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.translation_checks import Finding, Stumble, Words, stumbles


def found(source: str, translation: str, languages=("en", "vi"), titles=("A", "B")) -> list[Finding]:
    return stumbles(Words(languages[0], titles[0], (source,)), Words(languages[1], titles[1], (translation,)))


@pytest.mark.parametrize(
    ("source", "translation", "language"),
    [
        ("It holds 1,234 maps.", "Nơi đây lưu 1.234 bản đồ.", "vi"),
        ("It holds 1,234,567 maps.", "Elle compte 1 234 567 cartes.", "fr"),
        ("A rise of 2.5 per cent", "Tăng 2,5%", "vi"),
        ("On 10 October 2025", "Ngày 10 tháng 10 năm 2025", "vi"),
        ("On 24 October 2025", "2025年10月24日", "zh-hans"),
        ("Some 12 million guests", "1200万人の客", "ja"),
        ("Some 12,000 guests", "손님 1만2000명", "ko"),
        ("Some 45,000,000 đồng", "45 triệu đồng", "vi"),
        ("Open from 21:30", "Ouvert dès 21 h 30", "fr"),
        ("Seven of 9 villages", "Bảy trong chín làng", "vi"),
        ("At Đống Đa and in Hà Nội", "Tại Đống Đa và ở Hà Nội", "vi"),
        ("The Văn Miếu of Hà Nội", "Le Van Mieu de Hanoi", "fr"),
    ],
)
def test_another_way_of_writing_is_no_loss(source, translation, language):
    assert found(source, translation, ("en", language)) == []


@pytest.mark.parametrize(
    ("source", "translation", "finding"),
    [
        ("It holds 1,234 maps.", "Nơi đây lưu 1.243 bản đồ.", Finding(Stumble.NUMBER_MISSING, "1,234")),
        ("In 2025 it opens.", "Mở cửa năm sau.", Finding(Stumble.NUMBER_MISSING, "2025")),
        ("It opens next year.", "Mở cửa năm 2026.", Finding(Stumble.NUMBER_ADDED, "2026")),
        ("The pagoda of Trấn Quốc", "Ngôi chùa cổ", Finding(Stumble.NAME_MISSING, "Trấn Quốc")),
    ],
)
def test_what_was_lost_is_named(source, translation, finding):
    assert finding in found(source, translation)


def test_what_was_left_as_it_was_is_named():
    long = "The archive of the battle is open to readers from abroad."
    assert found(long, long, titles=("Archive", "ARCHIVE")) == [
        Finding(Stumble.TITLE_SAME, "ARCHIVE"),
        Finding(Stumble.PARAGRAPH_SAME, long),
    ]
    assert found("Entry is free.", "Entry is free.") == []
    chinese = "升龙皇城中心区域于二〇一〇年列入世界遗产名录并开放"
    assert found(chinese, chinese, ("zh-hans", "ja"))[0].what == Stumble.PARAGRAPH_SAME


@given(st.text(), st.text(), st.sampled_from(["en", "vi", "fr", "ja", "zh-hans", "ko"]))
def test_any_text_is_compared_without_an_accident(source, translation, language):
    stumbles(Words("en", source, (source,)), Words(language, translation, (translation,)))
    assert [
        finding for finding in stumbles(Words("en", "x", (source,)), Words("en", "y", (source,)))
        if finding.what in (Stumble.NUMBER_MISSING, Stumble.NUMBER_ADDED)
    ] == []  # fmt: skip
