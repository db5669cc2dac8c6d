"""Names of bodies in running text."""

from __future__ import annotations

import dataclasses

import pytest

from khuevan.plain.official_documents.writing.arrangement import annex_origin
from khuevan.plain.official_documents.writing.body_names import in_running_text
from tests.plain.official_documents.writing import examples


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("SỞ VĂN HÓA VÀ THỂ THAO", "Sở Văn hóa và Thể thao"),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG HOÀN KIẾM", "Ủy ban nhân dân phường Hoàn Kiếm"),
        ("TRUNG TÂM THÔNG TIN TRIỂN LÃM HÀ NỘI", "Trung tâm Thông tin Triển lãm Hà Nội"),
        ("CỤC THÔNG TIN CƠ SỞ VÀ THÔNG TIN ĐỐI NGOẠI", "Cục Thông tin cơ sở và Thông tin đối ngoại"),
        ("BAN CHỈ ĐẠO CÔNG TÁC THÔNG TIN ĐỐI NGOẠI", "Ban Chỉ đạo công tác thông tin đối ngoại"),
        ("PHÒNG THÔNG TIN - BÁO CHÍ - XUẤT BẢN", "Phòng Thông tin - Báo chí - Xuất bản"),
        ("TRUNG TÂM BẢO TỒN KHU DI TÍCH", "TRUNG TÂM BẢO TỒN KHU DI TÍCH"),
        ("Sở Văn hóa và Thể thao", "Sở Văn hóa và Thể thao"),
        ("", ""),
    ],
)
def test_a_name_that_the_list_covers_is_written_as_in_a_sentence(name: str, written: str) -> None:
    assert in_running_text(name) == written


def test_the_documents_own_writing_comes_first() -> None:
    words = ["TRUNG TÂM BẢO TỒN họp.", "Theo đề nghị của Trung tâm Bảo tồn  khu Di tích;"]
    assert in_running_text("TRUNG TÂM BẢO TỒN KHU DI TÍCH", words) == "Trung tâm Bảo tồn khu Di tích"


def test_an_annex_names_the_body_as_in_a_sentence() -> None:
    decision = examples.decision()
    assert annex_origin(decision, decision.annexes[1]) == (
        "(Kèm theo Quyết định số 1205/QĐ-SVHTT ngày 05 tháng 01 năm 2026 của Sở Văn hóa và Thể thao)"
    )
    named = dataclasses.replace(
        decision, issuer="TRUNG TÂM BẢO TỒN", legal_bases=("Theo đề nghị của Trung tâm Bảo tồn",)
    )
    assert annex_origin(named, named.annexes[0]).endswith("của Trung tâm Bảo tồn)")
