"""What is written as a Word file is what the reader reads back."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents.reading import read_bytes, read_file
from khuevan.plain.official_documents.writing.composition import Composition, Section
from khuevan.plain.official_documents.writing.from_reading import from_reading
from khuevan.plain.official_documents.writing.word import write_word
from tests.plain.official_documents.writing.compositions import RULES, as_read_back, compositions

CREATED = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"


def read_back(composition: Composition) -> Composition:
    return from_reading(read_bytes(write_word(composition, rules=RULES, created=CREATED), "văn bản.docx"))


def differences(one: Composition, other: Composition) -> dict[str, tuple[Any, Any]]:
    return {
        field.name: (getattr(one, field.name), getattr(other, field.name))
        for field in dataclasses.fields(Composition)
        if getattr(one, field.name) != getattr(other, field.name)
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions())
def test_a_document_of_any_type_is_read_back_as_it_was_written(composition: Composition) -> None:
    assert differences(as_read_back(composition), read_back(composition)) == {}


@pytest.mark.parametrize("kind", RULES.types)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_each_type_is_read_back(kind: str, data: st.DataObject) -> None:
    composition = data.draw(compositions(types=[kind]))
    assert differences(as_read_back(composition), read_back(composition)) == {}


@pytest.mark.parametrize(
    "name",
    [
        "commune-plan-in-plain-columns",
        "decision-of-a-minister-with-plan",
        "decision-with-attached-plan",
        "directive-by-units",
        "directive-of-a-minister",
        "letter-with-addressees",
        "plan-with-attributes-and-table",
        "programme-by-numbered-tasks",
    ],
)
def test_a_document_that_was_read_is_written_and_read_again_alike(name: str) -> None:
    document = from_reading(read_file(DOCUMENTS / f"{name}.txt"))
    assert differences(document, read_back(document)) == {}


CHAPTERS = ("QUY ĐỊNH CHUNG", "NHIỆM VỤ, QUYỀN HẠN", "TỔ CHỨC THỰC HIỆN")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions(types=["Quy chế"]), st.integers(1, 3), st.booleans())
def test_articles_are_read_back_below_their_chapters(
    composition: Composition, count: int, parted: bool
) -> None:
    articles = [section for section in composition.sections if section.label]
    opening = [section for section in composition.sections[:1] if not section.label]
    size = -(-len(articles) // count)
    chapters = []
    for place in range(0, len(articles), size):
        number = place // size
        below = tuple(articles[place : place + size])
        if parted:
            below = (Section("Mục 1", "NỘI DUNG", (), below),)
        chapters.append(Section(f"Chương {'I' * (number + 1)}", CHAPTERS[number], (), below))
    regulation = dataclasses.replace(composition, sections=(*opening, *chapters))
    assert differences(as_read_back(regulation), read_back(regulation)) == {}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions())
def test_a_draft_without_number_and_day_is_read_back(composition: Composition) -> None:
    draft = dataclasses.replace(composition, number=None, date=None)
    assert differences(as_read_back(draft), read_back(draft)) == {}


@pytest.mark.parametrize("mark", [*RULES.urgency, *RULES.circulation])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(composition=compositions(types=["Công văn", "Kế hoạch"]))
def test_marks_boxes_and_address_change_nothing_of_what_is_read(mark: str, composition: Composition) -> None:
    field = "urgency" if mark in RULES.urgency else "circulation"
    marked = dataclasses.replace(
        composition, **{field: mark}, drafter_mark="PL.(300)", contact="47 Hàng Dầu, Hà Nội - 024.38253456"
    )
    assert differences(as_read_back(marked), read_back(marked)) == {}
