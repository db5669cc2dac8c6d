"""Units that headings name and sentences open with."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.structure.units_in_text import unit_of_heading, unit_opening


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Phòng Thông tin – Báo chí – Xuất bản", "Phòng Thông tin – Báo chí – Xuất bản"),
        ("Giao Sở Nội vụ:", "Sở Nội vụ"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố", "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố"),
        ("Trách nhiệm của Sở Tài chính", "Sở Tài chính"),
        ("Các phòng, đơn vị thuộc Sở", "Các phòng, đơn vị thuộc Sở"),
        ("Các Sở, ngành chủ trì, quản lý các dự án", "Các Sở, ngành chủ trì, quản lý các dự án"),
        (
            "Sở Nông nghiệp và Môi trường chỉ đạo Chi cục Thủy sản thực hiện các nội dung sau:",
            "Sở Nông nghiệp và Môi trường",
        ),
        (
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường",
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường",
        ),
        ("Phòng chống bệnh đường ruột", None),
        ("Phòng, chống ma túy", None),
        ("Báo cáo định kỳ", None),
        ("Tổ chức tuyên truyền", None),
        ("Mục đích", None),
        ("Hội nghị tổng kết", None),
    ],
)
def test_unit_of_heading(heading: str, unit: str | None) -> None:
    assert unit_of_heading(heading) == unit


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Giao Công an thành phố có trách nhiệm theo dõi, đôn đốc.", "Công an thành phố"),
        ("Sở Y tế chủ trì kiểm tra, đôn đốc.", "Sở Y tế"),
        ("Phòng Tổ chức - Pháp chế phối hợp mở lớp.", "Phòng Tổ chức - Pháp chế"),
        ("Căn cứ Kế hoạch này, các Sở, ban, ngành xây dựng kế hoạch cụ thể.", "các Sở, ban, ngành"),
        (
            "Các sở, ban, ngành thành phố và Ủy ban nhân dân xã, phường: Căn cứ chức năng, gửi kế hoạch.",
            "Các sở, ban, ngành thành phố và Ủy ban nhân dân xã, phường",
        ),
        ("Tổ chức triển khai kế hoạch.", None),
        ("Việc triển khai Kế hoạch này phải được thực hiện.", None),
    ],
)
def test_unit_opening(sentence: str, unit: str | None) -> None:
    assert unit_opening(sentence) == unit


def test_groups_of_tasks_are_no_units() -> None:
    assert unit_of_heading("Nhóm nhiệm vụ số 1") is None
    assert unit_of_heading("Nhóm công tác liên ngành") == "Nhóm công tác liên ngành"
