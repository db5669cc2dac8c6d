"""The summary for partners: always one page, tagged, in English, and honest about what was left out."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from decimal import Decimal

import pdfplumber
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.reporting.english_words import (
    change,
    day_name,
    money,
    number,
    period_name,
    short_period,
)
from khuevan.plain.reporting.report import Part
from khuevan.plain.reporting.summary import SummaryWords, write_summary
from tests.plain.official_documents.writing.measured_pages import MM
from tests.plain.reporting.reports import any_report, figure, report

DAY = date(2025, 6, 20)
WORDS = SummaryWords(
    "Hanoi Department of Culture and Sports",
    (
        "Two films on craft villages were shown abroad.",
        "Seventeen teams of foreign journalists were welcomed.",
    ),
    "Press office, Hanoi; press@example.org",
)


def english(value, before=None, last_year=None, name="Stories in foreign languages", **given_fields):
    return figure(value, before, last_year, english_name=name, **{"english_unit": "stories", **given_fields})


def quarter(*figures):
    return report(*figures, english_title="External information of Hanoi", missing_units=("A", "B"))


def text_of(pdf: bytes) -> str:
    """All words of the one page; fails where there are more."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        [page] = document.pages
        return " ".join((page.extract_text() or "").split())


def test_page_says_the_figures_what_they_are_held_against_and_how_complete_they_are():
    rate = english(
        "98.3", "95.1", None, "Work done in time", code="b", type="PERCENT", unit="%", english_unit=""
    )
    vietnamese = figure(77, 70, 60, code="c", name="Không có tên tiếng Anh")
    words = text_of(write_summary(quarter(english(1268, 1120, 990), rate, vietnamese), WORDS, DAY))
    assert words == (
        "Hanoi Department of Culture and Sports External information of Hanoi "
        "Second quarter of 2025 (15 March 2025 to 14 June 2025) "
        "Key figures 1,268 98.3% Stories in foreign languages Work done in time "
        "+13.2% on Q1 2025 +3.2 percentage points on Q1 2025 +28.1% on Q2 2024 no figure for Q2 2024 "
        "In this period Two films on craft villages were shown abroad. "
        "Seventeen teams of foreign journalists were welcomed. "
        "Figures as of 14 June 2025, from 43 of 45 reporting units. Contact: Press office, Hanoi; press@example.org"
    )


def test_page_is_a_tagged_archive_in_english_with_its_fonts():
    pdf = write_summary(quarter(english(5, 4, 3, in_chart=True)), WORDS, DAY)
    assert pdf == write_summary(quarter(english(5, 4, 3, in_chart=True)), WORDS, DAY)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert reader.metadata.title == "External information of Hanoi"
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        fonts = {char["fontname"].split("+")[-1] for char in page.chars}
        assert (round(page.width * MM), round(page.height * MM)) == (210, 297)
        assert fonts <= {"Tinos", "Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}
    alternatives = [str(one) for one in _alternatives(root["/StructTreeRoot"])]
    assert alternatives == [
        "Bar chart, each figure on its own scale. Stories in foreign languages: Q2 2025 5, Q1 2025 4, Q2 2024 3."
    ]


def _alternatives(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return
    if "/Alt" in node:
        yield node["/Alt"]
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from _alternatives(kid)


def test_too_much_is_cut_with_a_sentence():
    name = "Very long name of a figure " * 9
    many = [
        english(10**9 + place, 10**8, 10**7, f"{name}{place}", code=f"c{place}", in_chart=True)
        for place in range(60)
    ]
    words = SummaryWords("W" * 400, tuple("Long sentence about Hanoi. " * 200 for _ in range(9)), "m" * 400)
    pdf = write_summary(dataclasses.replace(quarter(*many), english_title="W" * 400), words, DAY)
    sentence = "Shortened to one page: 54 more figures are in the report itself; longer paragraphs are cut."
    assert sentence in text_of(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        words_on_page = document.pages[0].extract_words()
    assert all(word["x0"] * MM >= 19 and word["x1"] * MM <= 191.5 for word in words_on_page)
    assert all(word["bottom"] * MM <= 285 for word in words_on_page)


def test_figure_that_some_units_did_not_give_is_marked():
    words = text_of(write_summary(quarter(english(3, missing=("A",))), SummaryWords(), DAY))
    assert "3 Stories in foreign languages* no figure for" in words
    assert words.endswith("reporting units. * Some of these units did not give this figure.")


def test_page_without_english_figures_says_so():
    words = text_of(write_summary(quarter(figure(3)), SummaryWords(), DAY))
    assert words == (
        "Summary for partners External information of Hanoi Second quarter of 2025 (15 March 2025 to 14 June 2025) "
        "No figures of this period are published in English. "
        "Figures as of 14 June 2025, from 43 of 45 reporting units."
    )


def test_sign_that_no_font_has_is_refused_by_name():
    with pytest.raises(UnwritableDocument):
        write_summary(quarter(english(3, name="Stories 🎉")), WORDS, DAY)


@given(any_report(), st.lists(st.text("abc é.", max_size=3000), max_size=5), st.integers(1, 12))
@settings(max_examples=30)
def test_any_report_fills_exactly_one_page(one, paragraphs, times):
    parts = tuple(
        Part(f"{part.heading}{number}", "", part.figures) for number in range(times) for part in one.parts
    )
    words = SummaryWords("Department", tuple(paragraphs), "a@example.org")
    pdf = write_summary(dataclasses.replace(one, parts=parts), words, DAY)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize(
    ("period", "name", "short"),
    [
        ("Quý II năm 2025", "Second quarter of 2025", "Q2 2025"),
        ("Quý IV năm 2025", "Fourth quarter of 2025", "Q4 2025"),
        ("6 tháng đầu năm 2025", "First half of 2025", "H1 2025"),
        ("6 tháng cuối năm 2025", "Second half of 2025", "H2 2025"),
        ("9 tháng đầu năm 2025", "First nine months of 2025", "9M 2025"),
        ("Tháng 3 năm 2025", "March 2025", "Mar 2025"),
        ("Năm 2025", "2025", "2025"),
        ("", "", ""),
        ("Đợt 1", "Đợt 1", "Đợt 1"),
    ],
)
def test_periods_have_english_names(period, name, short):
    assert (period_name(period), short_period(period)) == (name, short)


@pytest.mark.parametrize(
    ("value", "before", "fields", "words"),
    [
        (42, 38, {}, "+10.5% on Q1"),
        (38, 42, {}, "−9.5% on Q1"),
        (38, 38, {}, "unchanged on Q1"),
        (38, 0, {}, "from zero in Q1"),
        (None, 38, {}, "38 in Q1"),
        (38, None, {}, "no figure for Q1"),
        (100_000, 100_001, {}, "−less than 0.1% on Q1"),
        ("96", "95", {"type": "PERCENT"}, "+1 percentage point on Q1"),
        (None, 10**9, {"type": "MONEY", "unit": "đồng"}, "VND 1 billion in Q1"),
    ],
)
def test_changes_are_told_in_english(value, before, fields, words):
    one = figure(value, before, **fields)
    assert change(one, one.comparison.before, "Q1") == words


def test_numbers_days_and_money_are_english():
    assert [number(Decimal(one)) for one in ("1234567.50", "-3", "0.00")] == ["1,234,567.5", "−3", "0"]
    assert money(Decimal(12_345_678_900)) == "VND 12,345,678,900"
    assert day_name(date(2025, 3, 5)) == "5 March 2025"
