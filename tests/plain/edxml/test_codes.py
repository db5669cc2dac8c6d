"""The codes of the standard as data: complete, told apart by what was verified, used by name where needed."""

from __future__ import annotations

from datetime import date
from enum import Enum

import pytest

from khuevan.plain.edxml import (
    BusinessType,
    CodeList,
    ReceiverChange,
    StatusCode,
    code_of,
    codes_of,
    document_type,
)
from khuevan.plain.edxml.codes import Code, Edition, edition, lengths


def test_edition_names_the_standard() -> None:
    assert edition() == Edition("QCVN 102:2016/BTTTT, SĐ1:2022", date(2022, 2, 17))


@pytest.mark.parametrize("of", CodeList)
def test_codes_of_a_list_are_distinct_and_have_names(of: CodeList) -> None:
    found = codes_of(of)

    assert len({code.code for code in found}) == len(found) > 0
    assert [code for code in found if not (code.name and code.english and code.source)] == []


@pytest.mark.parametrize(
    ("of", "named"),
    [
        (CodeList.BUSINESS, BusinessType),
        (CodeList.RECEIVER, ReceiverChange),
        (CodeList.STATUS, StatusCode),
    ],
)
def test_codes_that_have_a_name_in_the_program_are_those_of_the_list(of: CodeList, named: type[Enum]) -> None:
    assert [code.code for code in codes_of(of)] == [str(member.value) for member in named]


def test_code_of_finds_numbers_and_texts() -> None:
    express = Code("3", "Hỏa tốc", "Express", "", "QCVN 102:2016/BTTTT, OtherInfo/Priority", verified=True)

    assert (code_of(CodeList.PRIORITY, 3), code_of(CodeList.PRIORITY, "3")) == (express, express)
    assert code_of(CodeList.PRIORITY, 5) is None


def test_document_type_finds_the_code_of_an_abbreviation() -> None:
    plan = document_type("KH")

    assert plan is not None
    assert (plan.code, plan.name, plan.verified) == ("10", "Kế hoạch", False)
    assert (document_type("XX"), document_type("")) == (None, None)


def test_unverified_codes_are_marked() -> None:
    unverified = {of: [code.code for code in codes_of(of) if not code.verified] for of in CodeList}

    assert unverified == {
        CodeList.PRIORITY: [],
        CodeList.STEERING: ["0"],
        CodeList.BUSINESS: [],
        CodeList.RECEIVER: [],
        CodeList.STATUS: [],
        CodeList.DOCUMENT_TYPE: [str(number) for number in range(1, 27)],
        CodeList.ORGANISATION: ["H26"],
    }


def test_lengths_are_those_of_the_standard() -> None:
    assert {name: (length.maximum, length.verified) for name, length in lengths().items()} == {
        "Subject": (500, True),
        "Content": (500, True),
        "CodeNumber": (11, True),
        "CodeNotation": (30, True),
        "OrganName": (200, True),
        "TypeName": (100, True),
        "FullName": (50, True),
        "OrganId": (35, False),
    }
