"""Whole documents: what the reader says of the plan of 2025, and of documents of every kind written for it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from khuevan.plain.official_documents import OfficialDocument, as_contract, as_stored, from_stored, read_file
from khuevan.plain.official_documents.document import Amount, Duty, Section, Signatory

from .quality import score_document
from .samples import CONTRACT, GOLD, OWN, PLAN_OF_2025, PROJECT, gold, own_documents


def refs(document: OfficialDocument) -> list[str]:
    return [task.ref for task in document.tasks]


def test_plan_of_2025_is_read_as_its_gold_says() -> None:
    scores = score_document(as_contract(read_file(PLAN_OF_2025)), gold(GOLD / "ke-hoach-2025.gold.json"))
    assert {name: score.notes for name, score in scores.items() if score.wrong or score.missed} == {}


def test_plan_of_2025_has_its_16_tasks_and_14_duties() -> None:
    document = read_file(PLAN_OF_2025)
    assert refs(document) == [*(f"II.1.-{n}" for n in range(1, 6)), *(f"II.2.-{n}" for n in range(1, 12))]
    assert [(duty.ref, duty.unit) for duty in document.duties] == [
        *((f"IV.1.-{n}", "Phòng Thông tin – Báo chí – Xuất bản") for n in range(1, 7)),
        ("IV.2.-1", "Phòng Truyền thông số"),
        ("IV.2.-2", "Phòng Truyền thông số"),
        *((f"IV.3.-{n}", "Văn phòng Sở") for n in range(1, 4)),
        ("IV.4", "Phòng Tổ chức - Pháp chế"),
        ("IV.5", "Trung tâm Thông tin Triển lãm Hà Nội"),
        ("IV.6", "Các phòng, đơn vị thuộc Sở"),
    ]


def test_plan_of_2025_proposes_the_training_task_to_both_units_that_hold_it() -> None:
    document = read_file(PLAN_OF_2025)
    proposed = {duty.ref: duty.task_refs for duty in document.duties}
    assert proposed["IV.1.-5"][0] == proposed["IV.4"][0] == "II.2.-10"


def test_plan_of_2025_tells_its_slips_and_keeps_its_words() -> None:
    document = read_file(PLAN_OF_2025)
    assert document.warnings == (
        "The head of the page (body, number, place and date) is missing.",
        "“Bộ Văn hóa và Thể thao”: there is no ministry of this name; probably Bộ Văn hóa, Thể thao và Du lịch is "
        "meant. The words were kept.",
        "“tuyền truyền”: probably “tuyên truyền” is meant. The words were kept.",
        "“các đơn vị liên triển khai”: probably “các đơn vị liên quan triển khai” is meant. The words were kept.",
    )
    assert "Bộ Văn hóa và Thể thao" in document.tasks[10].text
    assert (
        "tuyền truyền"
        in document.paragraphs[next(i for i, p in enumerate(document.paragraphs) if "tuyền" in p)]
    )


@pytest.mark.parametrize("path", own_documents(), ids=lambda path: path.stem)
def test_every_item_stands_where_its_place_says(path: Path) -> None:
    document = read_file(path)
    for item in (*document.tasks, *document.duties, *document.legal_bases, *document.references):
        place = item.place
        assert place is not None
        assert document.paragraphs[place.paragraph][place.start : place.end].startswith(item.text[:20])


@pytest.mark.parametrize("path", own_documents(), ids=lambda path: path.stem)
def test_what_is_printed_obeys_the_contract(path: Path) -> None:
    schema = json.loads(CONTRACT.read_text(encoding="utf-8"))
    printed = json.loads(json.dumps(as_contract(read_file(path)), ensure_ascii=False))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(printed)


def test_the_contract_here_is_the_one_agreed() -> None:
    agreed = PROJECT.parent / "shared" / "contracts" / CONTRACT.name
    if not agreed.is_file():
        pytest.skip("the agreed contract is not beside this checkout (../shared/contracts)")
    assert CONTRACT.read_bytes() == agreed.read_bytes()


@pytest.mark.parametrize("path", own_documents(), ids=lambda path: path.stem)
def test_what_is_stored_is_read_back_equal(path: Path) -> None:
    document = read_file(path)
    assert from_stored(json.loads(json.dumps(as_stored(document)))) == document


def test_plan_with_attribute_lines_and_a_table() -> None:
    document = read_file(OWN / "plan-with-attributes-and-table.txt")
    assert [
        (t.ref, t.lead, t.partners, t.due and (t.due.date, t.due.recurrence)) for t in document.tasks
    ] == [
        (
            "II.1",
            ("Văn phòng Sở",),
            ("Phòng Truyền thông số", "Ban Quản lý di tích danh thắng"),
            (date(2026, 6, 30), None),
        ),
        ("II.2.a", (), (), (date(2026, 9, 15), None)),
        ("II.2.b", (), (), (None, "continuous")),
        ("II.3.1", ("Trung tâm Thông tin Triển lãm Hà Nội",), ("Phòng Di sản",), (date(2026, 9, 30), None)),
        ("II.3.2", ("Phòng Truyền thông số",), ("Văn phòng Sở",), (None, "quarterly")),
    ]
    assert [(duty.ref, duty.unit, duty.role) for duty in document.duties] == [
        ("IV.1", "Phòng Thông tin - Báo chí - Xuất bản", "lead"),
        ("IV.2", "Văn phòng Sở", "carry-out"),
        ("IV.3", "Các phòng, đơn vị thuộc Sở", "carry-out"),
    ]
    assert document.funding is not None
    assert document.funding.amounts == (
        Amount(12_173_000_000, "12,173 tỷ đồng"),
        Amount(350_000_000, "350.000.000 đồng"),
    )
    assert [(item.ref, item.frequencies) for item in document.reporting] == [("IV.1", ("quarterly",))]


def test_decision_that_issues_a_plan_gives_its_own_head_and_the_plans_work() -> None:
    document = read_file(OWN / "decision-with-attached-plan.txt")
    assert (document.type, document.number, document.issuer) == (
        "Quyết định",
        412,
        "ỦY BAN NHÂN DÂN TỈNH AN SƠN",
    )
    assert document.title == "VỀ VIỆC BAN HÀNH KẾ HOẠCH QUẢNG BÁ DU LỊCH TỈNH AN SƠN NĂM 2026"
    assert [base.symbol for base in document.legal_bases] == [None, "08-NQ/TW", "15/TTr-SVHTTDL"]
    assert [section.label for section in document.sections] == ["", "Điều 1", "Điều 2", "I", "II", "III", ""]
    assert [(t.ref, t.due and t.due.date) for t in document.tasks] == [
        ("II.1.a", date(2026, 6, 30)),
        ("II.1.b", date(2026, 9, 30)),
        ("II.2", None),
    ]
    assert [(duty.unit, duty.role) for duty in document.duties] == [
        ("Sở Văn hóa, Thể thao và Du lịch", "lead"),
        ("Sở Văn hóa, Thể thao và Du lịch", "support"),
        ("Sở Tài chính", "carry-out"),
        ("Báo và Phát thanh, Truyền hình An Sơn", "carry-out"),
    ]
    assert document.signatory == Signatory("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đỗ Văn Minh")


def test_directive_gives_its_work_unit_by_unit() -> None:
    document = read_file(OWN / "directive-by-units.txt")
    assert document.tasks == ()
    assert [(duty.ref, duty.unit) for duty in document.duties] == [
        ("1.a", "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường"),
        ("1.b", "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường"),
        ("2", "Sở Ngoại vụ"),
    ]


def test_letter_has_its_subject_addressees_and_duties() -> None:
    document = read_file(OWN / "letter-with-addressees.txt")
    assert (document.type, document.symbol) == ("Công văn", "118/SVHTT-TTBCXB")
    assert document.title == "cung cấp sự kiện cho Bản đồ số năm 2026"
    assert [(duty.unit, duty.due and duty.due.recurrence) for duty in document.duties] == [
        ("Các phòng, đơn vị thuộc Sở", "quarterly"),
        ("Các phòng, đơn vị thuộc Sở", None),
        ("Ủy ban nhân dân các xã, phường", "monthly"),
    ]


def test_an_empty_page_gives_nulls_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Xin chào.\n", encoding="utf-8")
    contract: dict[str, Any] = as_contract(read_file(path))
    assert {key for key, value in contract.items() if value} == {"sections", "warnings"}
    assert read_file(path).sections == (Section("", None, ("Xin chào.",), ()),)
    assert contract["warnings"][0] == "No document type was found at the top of the document."


def test_refs_are_unique_even_where_labels_are_not(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "KẾ HOẠCH\nTuyên truyền năm 2026\n\nI. NHIỆM VỤ\n1. Viết mười bài báo về thành phố.\n1. Quay hai bộ phim ngắn.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở theo dõi việc thực hiện.\n1. Phòng Di sản cung cấp tư liệu.\n",
        encoding="utf-8",
    )
    document = read_file(path)
    items: list[Any] = [*document.tasks, *document.duties]
    assert len({item.ref for item in items}) == len(items) == 4
    assert all(isinstance(duty, Duty) for duty in document.duties)
