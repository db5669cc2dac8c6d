"""Symbols read apart as printed; the annex's fields as data; a document's words for search."""

from __future__ import annotations

import pytest

from khuevan.documents.annex_vi import annex_vi
from khuevan.documents.body_words import MOST_CHARACTERS, body_words
from khuevan.documents.symbols import folded_symbol, split_symbol
from tests.factories.documents import plan_content


@pytest.mark.parametrize(
    ("symbol", "number", "notation"),
    [
        ("48/KH-UBND", 48, "KH-UBND"),
        (" 0124 / KH-UBND ", 124, "KH-UBND"),
        ("16/2020/QĐ-UBND", 16, "2020/QĐ-UBND"),
        ("37-HD/BTGDVTW", 37, "HD/BTGDVTW"),
        ("611-MH/UBND-KGVX", 611, "MH/UBND-KGVX"),
        ("/KH-SVHTT", None, "/KH-SVHTT"),
        ("KH-SVHTT", None, "KH-SVHTT"),
        ("12", 12, ""),
        ("", None, ""),
        ("12345678901234567890/KH", None, "12345678901234567890/KH"),
    ],
)
def test_symbol_is_read_apart_as_printed(symbol, number, notation):
    assert split_symbol(symbol) == (number, notation)


def test_symbols_are_compared_without_case_marks_and_leading_zeros():
    spellings = ["0124/QĐ-UBND", "124/qd-ubnd", " 124 / QĐ - UBND", "124/QĐ–UBND"]
    assert {folded_symbol(each) for each in spellings} == {"124/qd-ubnd"}


def test_annex_vi_has_all_fields_of_both_directions():
    annex = annex_vi()
    assert [field.number for field in annex.outgoing] == [str(number) for number in range(1, 17)]
    assert [field.number for field in annex.incoming] == [str(number) for number in range(1, 19)]
    lengths = {field.name: (field.kind, field.length) for field in annex.outgoing}
    assert (lengths["CodeNumber"], lengths["CodeNotation"], lengths["Subject"]) == (
        ("String", 11), ("String", 30), ("String", 500),
    )  # fmt: skip


def test_words_come_from_what_was_written_or_read_and_are_bounded():
    assert body_words(reading=None, content=None) == ""
    written = body_words(reading=None, content=plan_content())
    assert "MỤC ĐÍCH" in written
    assert "Giới thiệu di sản." in written
    read = body_words(reading={"paragraphs": ["Một", "Hai"]}, content=None)
    assert read == "Một Hai"
    assert len(body_words(reading={"paragraphs": ["x" * 9_999] * 9}, content=None)) == MOST_CHARACTERS
