"""Whatever the bytes are, the answer is a Source or one sentence: no other exception, bounded work."""

from __future__ import annotations

import functools

import docx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents.errors import UnreadableDocument
from khuevan.plain.official_documents.extraction import extract, messages
from khuevan.plain.official_documents.limits import Limits
from khuevan.plain.official_documents.source import Source, Table
from khuevan.plain.official_documents.state_secrets import refuse_state_secret

from .plan_pdf import plan_pdf
from .word_files import saved, unzipped, zipped

# No outside program here: conversion and recognition have tests of their own.
LIMITS = Limits(characters=100_000, pages=20, ocr_pages=0, seconds=20, program_seconds=0.0)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def holds(data: bytes) -> None:
    """Checks that `data` is read into a sound Source, or refused with one of the known sentences."""
    try:
        source = extract(data, "file", limits=LIMITS)
        refuse_state_secret(source)
    except UnreadableDocument as error:
        message = str(error)
        assert messages.template_of(message) is not None or "state-secret" in message
        return
    assert isinstance(source, Source)
    assert source.blocks
    for block in source.blocks:
        texts = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block.text]
        for text in texts:
            assert text.encode("utf-8").decode("utf-8") == text
            assert not set(text) & set(map(chr, (*range(10), *range(11, 32))))


@functools.cache
def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH", style="List Number")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "gộp"
    document.add_paragraph("Tổ chức lễ hội " * 20, style="List Bullet")
    return saved(document)


@functools.cache
def portable() -> bytes:
    return plan_pdf(paragraphs=4, table_rows=4)


def changed(data: bytes, flips: list[tuple[int, int]]) -> bytes:
    copy = bytearray(data)
    for place, bit in flips:
        copy[place % len(copy)] ^= 1 << bit
    return bytes(copy)


FLIPS = st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 7)), min_size=1, max_size=30)
STARTS = (
    b"",
    b"PK\x03\x04",
    b"%PDF-1.5\n",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x89PNG\r\n\x1a\n",
    b"{\\rtf1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)


@MANY
@given(st.sampled_from(STARTS), st.binary(max_size=3_000))
@example(b"", b"\xff\xfe\x00\xd8")
def test_any_bytes(start: bytes, data: bytes) -> None:
    holds(start + data)


@MANY
@given(
    st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1"])
)
def test_any_text_in_any_encoding(text: str, encoding: str) -> None:
    holds(text.encode(encoding, "ignore"))


@FEW
@given(st.integers(0, 10**9))
def test_word_file_cut_anywhere(place: int) -> None:
    holds(word()[: place % len(word())])


@FEW
@given(FLIPS)
def test_word_file_with_bits_turned(flips: list[tuple[int, int]]) -> None:
    holds(changed(word(), flips))


@FEW
@given(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]), FLIPS)
def test_word_part_with_bits_turned(name: str, flips: list[tuple[int, int]]) -> None:
    parts = unzipped(word())
    parts[name] = changed(parts[name], flips)
    holds(zipped(parts))


@FEW
@given(st.integers(0, 10**9))
def test_pdf_cut_anywhere(place: int) -> None:
    holds(portable()[: place % len(portable())])


@FEW
@given(FLIPS)
def test_pdf_with_bits_turned(flips: list[tuple[int, int]]) -> None:
    holds(changed(portable(), flips))
