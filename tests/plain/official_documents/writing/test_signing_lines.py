"""Authority, post and name above and below a signature."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.document import Signatory
from khuevan.plain.official_documents.writing.signing_lines import (
    name_without_titles,
    post_of_unit,
    signatory_for,
)

NAME = "Bạch Liên Hương"


@pytest.mark.parametrize(
    ("authority", "post", "expected"),
    [
        ("HEAD", "Giám đốc", Signatory(None, "GIÁM ĐỐC", NAME)),
        ("HEAD", "", Signatory(None, "GIÁM ĐỐC", NAME)),
        ("ACTING", "Phó Giám đốc", Signatory("Q. GIÁM ĐỐC", None, NAME)),
        ("DEPUTY", "Phó Giám đốc", Signatory("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", NAME)),
        ("BY_ORDER", "Chánh Văn phòng", Signatory("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", NAME)),
        ("SUB_AUTHORISED", "Trưởng phòng", Signatory("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG", NAME)),
    ],
)
def test_signatory_has_the_lines_of_its_authority(authority, post, expected):
    assert signatory_for(authority, name=NAME, post=post, head_post="Giám đốc") == expected


def test_collective_signs_by_its_head():
    signed = signatory_for(
        "COLLECTIVE", name=NAME, post="Chủ tịch", head_post="Chủ tịch", collective="Ủy ban nhân dân"
    )
    assert signed == Signatory("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", NAME)


def test_head_of_a_division_signs_with_the_whole_name_of_the_post():
    signed = signatory_for(
        "BY_ORDER",
        name=NAME,
        post="Trưởng phòng",
        head_post="Giám đốc",
        unit="Phòng Thông tin – Báo chí – Xuất bản",
    )
    assert signed == Signatory("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG THÔNG TIN - BÁO CHÍ - XUẤT BẢN", NAME)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("PGS.TS. Nguyễn Thị Minh", "Nguyễn Thị Minh"),
        ("PGS. TS Nguyễn Thị Minh", "Nguyễn Thị Minh"),
        ("ThS. Trần Văn Tú", "Trần Văn Tú"),
        ("Tiến sĩ Lê Ngọc Quỳnh Trâm", "Lê Ngọc Quỳnh Trâm"),
        ("NSND Đặng Thái Sơn", "Đặng Thái Sơn"),
        ("Vũ Thị Giám, NSƯT", "Vũ Thị Giám"),
        ("Cao Sĩ Tsa", "Cao Sĩ Tsa"),
        ("  Bùi   Thị Kiểm ", "Bùi Thị Kiểm"),
        ("TS", "TS"),
    ],
)
def test_name_loses_academic_titles_only(name, bare):
    assert name_without_titles(name) == bare


@pytest.mark.parametrize(
    ("post", "unit", "whole"),
    [
        ("Trưởng phòng", "Phòng Truyền thông số", "Trưởng phòng Truyền thông số"),
        ("Chánh Văn phòng", "Văn phòng Sở", "Chánh Văn phòng"),
        ("Giám đốc", "Trung tâm Thông tin Triển lãm Hà Nội", "Giám đốc"),
        ("", "Phòng Truyền thông số", ""),
    ],
)
def test_post_names_its_unit_once(post, unit, whole):
    assert post_of_unit(post, unit) == whole
