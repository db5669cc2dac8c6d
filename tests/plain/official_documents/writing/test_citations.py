"""First citations in full, later ones short."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.plain.official_documents.writing.citations import (
    CitedDocument,
    citation,
    full_citation,
    is_cited,
    legal_basis,
    short_citation,
)

PLAN = CitedDocument(
    "Kế hoạch",
    "48/KH-UBND",
    date(2025, 2, 19),
    "UBND Thành phố",
    "Tổ chức hoạt động thông tin đối ngoại năm 2025",
)
DECREE = CitedDocument(
    "Nghị định", "72/2015/NĐ-CP", date(2015, 9, 7), "Chính phủ", "Về quản lý hoạt động thông tin đối ngoại"
)
LAW = CitedDocument("Luật", "126/2025/QH15", date(2025, 12, 10), "Quốc hội", "Báo chí")


def test_first_citation_is_full():
    assert full_citation(PLAN) == (
        "Kế hoạch số 48/KH-UBND ngày 19 tháng 02 năm 2025 của UBND Thành phố về việc tổ chức hoạt động thông tin "
        "đối ngoại năm 2025"
    )


def test_law_is_cited_by_type_and_name_alone():
    assert (full_citation(LAW), short_citation(LAW), legal_basis(LAW)) == (
        "Luật Báo chí", "Luật Báo chí", "Căn cứ Luật Báo chí",
    )  # fmt: skip


def test_law_whose_title_holds_its_type_has_it_once():
    assert full_citation(CitedDocument("Luật", title="Luật Báo chí")) == "Luật Báo chí"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("V/v cung cấp số liệu quý IV", "về việc cung cấp số liệu quý IV"),
        ("Về quản lý hoạt động", "về quản lý hoạt động"),
        ("Quy định chi tiết một số điều", "quy định chi tiết một số điều"),
        ("Hà Nội đăng cai sự kiện", "về việc Hà Nội đăng cai sự kiện"),
        ("TTĐN năm 2026", "về việc TTĐN năm 2026"),
    ],
)
def test_subject_goes_on_in_the_sentence(title, subject):
    assert full_citation(CitedDocument("Công văn", "12/UBND-VX", title=title)) == (
        f"Công văn số 12/UBND-VX {subject}"
    )


def test_citation_is_short_behind_the_first_one():
    first = f"Thực hiện {citation(PLAN, '')}"
    assert (citation(PLAN, ""), citation(PLAN, first)) == (full_citation(PLAN), "Kế hoạch số 48/KH-UBND")


def test_symbol_written_with_spaces_counts_as_cited():
    assert is_cited(DECREE, "theo Nghị định số 72/2015/NĐ - CP")
    assert not is_cited(DECREE, "theo Nghị định số 72/2016/NĐ-CP")


def test_document_without_symbol_is_cited_by_its_day():
    assert short_citation(CitedDocument("Biên bản", date=date(2026, 3, 4))) == (
        "Biên bản ngày 04 tháng 3 năm 2026"
    )


def test_plan_is_carried_out_and_decree_rested_on():
    assert legal_basis(PLAN).startswith("Thực hiện Kế hoạch số 48/KH-UBND")
    assert legal_basis(DECREE) == (
        "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ về quản lý hoạt động thông tin "
        "đối ngoại"
    )
