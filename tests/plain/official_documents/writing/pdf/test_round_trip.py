"""What is written as PDF is what the reader reads back, whatever the type and wherever the pages end."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents import read_bytes
from khuevan.plain.official_documents.writing.composition import Composition, Section, paragraph
from khuevan.plain.official_documents.writing.from_reading import from_reading
from khuevan.plain.official_documents.writing.pdf import write_pdf
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES, as_read_back, compositions, tables

CREATED = date(2026, 1, 5)


def read_back(composition: Composition) -> Composition:
    return from_reading(read_bytes(write_pdf(composition, rules=RULES, created=CREATED), "văn bản.pdf"))


def differences(one: Composition, other: Composition) -> dict[str, tuple[Any, Any]]:
    return {
        field.name: (getattr(one, field.name), getattr(other, field.name))
        for field in dataclasses.fields(Composition)
        if getattr(one, field.name) != getattr(other, field.name)
    }


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions())
def test_a_document_of_any_type_is_read_back_as_it_was_written(composition: Composition) -> None:
    assert differences(as_read_back(composition), read_back(composition)) == {}


@pytest.mark.parametrize("kind", RULES.types)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_each_type_is_read_back(kind: str, data: st.DataObject) -> None:
    composition = data.draw(compositions(types=[kind]))
    assert differences(as_read_back(composition), read_back(composition)) == {}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(rows=70))
def test_a_table_is_read_back_row_by_row_over_the_pages(table: Any) -> None:
    section = Section("1", "Số liệu", (paragraph("Số liệu như sau."), table))
    composition = dataclasses.replace(
        examples.report(),
        sections=(
            Section("I", "KẾT QUẢ", (), (section,)),
            Section("", None, (paragraph("Trên đây là báo cáo./."),)),
        ),
    )
    rows = tuple(" | ".join(" ".join(cell.split()) for cell in row) for row in table.rows)
    read = read_bytes(write_pdf(composition, rules=RULES, created=CREATED), "x.pdf")
    assert read.sections[0].children[0].paragraphs == ("Số liệu như sau.", *rows)


def test_a_document_without_number_and_date_is_read_back_without_them() -> None:
    composition = dataclasses.replace(
        examples.report(), number=None, date=None, sections=(Section("I", "KẾT QUẢ", (paragraph("Tốt."),)),)
    )
    assert differences(composition, read_back(composition)) == {}


@pytest.mark.parametrize("mark", ["HỎA TỐC", "THƯỢNG KHẨN", "KHẨN"])
def test_marks_of_urgency_and_circulation_are_no_part_of_the_head(mark: str) -> None:
    composition = dataclasses.replace(
        examples.letter(), urgency=mark, circulation="XEM XONG TRẢ LẠI", contact=""
    )
    read = read_back(composition)
    assert (read.issuer, read.parent_body, read.title, read.number, read.notation, read.date) == (
        composition.issuer,
        composition.parent_body,
        composition.title,
        composition.number,
        composition.notation,
        composition.date,
    )
    assert read.sections[0].blocks[0] == composition.sections[0].blocks[0]


def test_the_address_at_the_foot_of_page_1_is_no_part_of_the_text() -> None:
    composition = dataclasses.replace(
        examples.report(rows=1),
        contact=examples.letter().contact,
        sections=(
            Section(
                "I", "KẾT QUẢ", (paragraph("Tổ chức quảng bá hình ảnh Thủ đô ra thế giới; " * 60 + "hết./."),)
            ),
        ),
    )
    read = read_back(composition)
    assert [block.text.count("quảng bá") for section in read.sections for block in section.blocks] == [60]
    assert "Hàng Dầu" not in str(read.sections)
