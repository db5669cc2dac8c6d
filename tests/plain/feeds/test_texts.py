"""Texts as any feed may carry them, against an account letter by letter."""

from __future__ import annotations

from hypothesis import given, settings
from lxml import etree

from khuevan.plain.feeds import texts
from tests.plain.feeds import obvious, samples


def test_clean_keeps_letters_and_replaces_what_is_none() -> None:
    assert texts.clean("Khuê\x0bVăn\x00 \ud83d\ude00 \ud800 \uffff \u202e עא") == "Khuê Văn  😀 � � \u202e עא"


def test_one_line_takes_breaks_and_runs_of_spaces_together() -> None:
    assert texts.one_line("\t Hồ\r\n Gươm \x0b ") == "Hồ Gươm"


def test_lines_keeps_breaks_as_line_feeds() -> None:
    assert texts.lines("\r\nmột\r\nhai\rba\n") == "một\nhai\nba"


@settings(deadline=None)
@given(samples.texts)
def test_texts_are_cleaned_as_told_letter_by_letter(text: str) -> None:
    assert texts.clean(text) == obvious.cleaned(text)
    assert texts.one_line(text) == obvious.line(text)
    assert texts.lines(text) == obvious.block(text)


@settings(deadline=None)
@given(samples.texts)
def test_clean_text_is_text_to_xml_and_to_utf8(text: str) -> None:
    element = etree.Element("x")
    element.text = texts.clean(text)
    assert texts.clean(text).encode().decode() == element.text
