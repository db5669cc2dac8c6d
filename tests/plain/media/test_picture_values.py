"""Dates, texts and values of pictures in their one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.media.dates import date_of_exif, date_of_iim, date_of_xmp, iim_date
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata
from khuevan.plain.media.reconciling import Difference, Standard, reconciled
from khuevan.plain.media.texts import one_line, paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", "2026"),
        ("2026-11", "2026-11"),
        (" 2026-11-26 ", "2026-11-26"),
        ("2026-11-26T08:30", "2026-11-26T08:30:00"),
        ("2026-11-26 08:30:15.5000+07:00", "2026-11-26T08:30:15.5+07:00"),
        ("2026-11-26T08:30:15.000+00:00", "2026-11-26T08:30:15Z"),
        ("2026-11-26T25:00:00", "2026-11-26"),
        ("2026-11-26T08:30:00+19:00", "2026-11-26"),
        ("2026-00-00", "2026"),
        ("2026-11-00", "2026-11"),
        ("2026-13-01", ""),
        ("2026-02-29", ""),
        ("0000-01-01", ""),
        ("yesterday", ""),
        ("٢٠٢٦", ""),
        ("", ""),
    ],
)
def test_date_of_xmp_brings_dates_into_one_form(text: str, expected: str) -> None:
    assert date_of_xmp(text) == expected
    assert date_of_xmp(expected) == expected


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2026:11:26 08:30:00", "", "2026-11-26T08:30:00"),
        ("2026:11:26 08:30:00", "+07:00", "2026-11-26T08:30:00+07:00"),
        ("2026:11:26 08:30:00", "local", "2026-11-26T08:30:00"),
        ("2026:11:26", "", "2026-11-26"),
        ("0000:00:00 00:00:00", "", ""),
        ("    :  :     :  :  ", "", ""),
    ],
)
def test_date_of_exif_reads_the_form_of_cameras(text: str, offset: str, expected: str) -> None:
    assert date_of_exif(text, offset) == expected


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("20261126", "083000+0700", "2026-11-26T08:30:00+07:00"),
        ("20261126", "083000", "2026-11-26T08:30:00"),
        ("20261126", "", "2026-11-26"),
        ("20261100", "", "2026-11"),
        ("20260000", "", "2026"),
        ("2026-11-26", "", ""),
    ],
)
def test_date_of_iim_reads_and_iim_date_writes(day: str, clock: str, expected: str) -> None:
    assert date_of_iim(day, clock) == expected
    assert iim_date(expected) == ((day, clock) if expected else ("", ""))


@given(st.text())
def test_texts_are_tidied_once(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert paragraphs(paragraphs(text)) == paragraphs(text)
    assert "\n" not in one_line(text)


def test_texts_lose_control_characters_and_turned_directions() -> None:
    assert one_line(" a\u202egpj.\x00exe \n b\u0301 ") == "agpj.exe b\u0301"
    assert paragraphs(" a \r\n b \r c \u2028 d \n\n") == "a\nb\nc\nd"


def test_by_language_says_each_language_once_and_the_default_first() -> None:
    found = ByLanguage(
        (("en", "Gate"), ("EN", "Other"), ("x-default", "Cổng"), ("vi-VN", "Cổng"), ("?", "a"), ("fr", " "))
    )

    assert found.entries == (("vi-VN", "Cổng"), ("en", "Gate"))
    assert (found.default, found.in_language("vi"), found.in_language("en"), found.in_language("fr")) == (
        "Cổng",
        "Cổng",
        "Gate",
        "",
    )
    assert ByLanguage((("x-default", "A"), ("en", "B"))).entries == (("x-default", "A"), ("en", "B"))
    assert ByLanguage.of("").entries == ()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/b?c#d", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,a", False),
        ("//a.example", False),
        ('https://a.example/"onclick', False),
        ("https://" + "a" * 3_000, False),
    ],
)
def test_addresses_are_kept_only_where_a_reader_can_follow_them(address: str, kept: bool) -> None:
    assert PictureMetadata(license_url=address).license_url == (address if kept else "")


def test_reconciled_tells_what_won_and_what_only_had_less_room() -> None:
    whole = PictureMetadata(
        headline="A headline", keywords=("a very long keyword of more than thirty bytes", "b"), city="Huế"
    )
    shorter = PictureMetadata(
        keywords=("a very long keyword of more tha", "b"), city="Hue", country="Việt Nam"
    )

    assert reconciled([(Standard.XMP, whole), (Standard.IIM, shorter)]) == (
        PictureMetadata(headline="A headline", keywords=whole.keywords, city="Huế", country="Việt Nam"),
        (
            ("headline", Standard.XMP),
            ("city", Standard.XMP),
            ("country", Standard.IIM),
            ("keywords", Standard.XMP),
        ),
        (Difference("city", Standard.XMP, Standard.IIM, "Hue"),),
    )
