"""Which registered unit a printed name means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.unit_names import (
    Candidate,
    NameMatch,
    Reason,
    RegisteredUnit,
    guessed_kind,
    is_collective,
    match_names,
    name_key,
)

DAY = date(2025, 3, 1)
UNITS = (
    RegisteredUnit(1, "Sở Văn hóa và Thể thao thành phố Hà Nội", "SVHTT"),
    RegisteredUnit(2, "Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB"),
    RegisteredUnit(3, "Phòng Truyền thông số"),
    RegisteredUnit(4, "Văn phòng Sở"),
    RegisteredUnit(5, "Phòng Tổ chức – Pháp chế"),
    RegisteredUnit(6, "Trung tâm Thông tin Triển lãm Hà Nội"),
    RegisteredUnit(7, "Các phòng, đơn vị thuộc Sở", aliases=("các phòng, đơn vị",)),
    RegisteredUnit(8, "Ủy ban nhân dân thành phố Hà Nội"),
    RegisteredUnit(9, "Quận Đống Đa", valid_to=date(2025, 6, 30)),
    RegisteredUnit(10, "Phường Đống Đa", valid_from=date(2025, 7, 1)),
    RegisteredUnit(11, "Bộ Văn hóa, Thể thao và Du lịch"),
    RegisteredUnit(12, "Phường Yên Lãng"),
    RegisteredUnit(13, "Phường Yên Lang"),
)


@pytest.mark.parametrize(
    ("name", "unit", "reason"),
    [
        ("Phòng Tổ chức - Pháp chế", 5, Reason.SAME_NAME),
        ("phòng tổ chức—pháp chế", 5, Reason.SAME_NAME),
        ("Phòng Thông tin - Báo chí - Xuất bản", 2, Reason.SAME_NAME),
        ("Phòng Truyền thông Số", 3, Reason.SAME_NAME),
        ("PHÒNG  TRUYỀN THÔNG SỐ", 3, Reason.SAME_NAME),
        ("các phòng, đơn vị", 7, Reason.ALIAS),
        ("Các phòng đơn vị thuộc Sở", 7, Reason.SAME_NAME),
        ("TTBCXB", 2, Reason.ABBREVIATION),
        ("Phòng TTBCXB", 2, Reason.ABBREVIATION),
        ("Phòng TCPC", 5, Reason.ABBREVIATION),
        ("VP Sở", 4, Reason.ABBREVIATION),
        ("UBND thành phố Hà Nội", 8, Reason.ABBREVIATION),
        ("UBND Thành phố", 8, Reason.SHORT_FORM),
        ("UBND TP Hà Nội", 8, Reason.ABBREVIATION),
        ("Sở Văn hóa và Thể thao", 1, Reason.SHORT_FORM),
        ("Sở VHTT", 1, Reason.SHORT_FORM),
        ("SVHTT", 1, Reason.ABBREVIATION),
        ("Bộ VH,TT&DL", 11, Reason.ABBREVIATION),
        ("Bộ VHTTDL", 11, Reason.ABBREVIATION),
        ("Phòng Truyền thôn số", 3, Reason.NEAR_SPELLING),
        ("Trung tâm Thông tin Triển lãn Hà Nội", 6, Reason.NEAR_SPELLING),
        ("Quận Đống Đa", 9, Reason.SAME_NAME),
    ],
)
def test_a_printed_name_proposes_its_unit(name: str, unit: int, reason: Reason) -> None:
    (match,) = match_names([name], UNITS, DAY)

    assert (match.proposed, match.candidates[0].unit, match.candidates[0].reason) == (unit, unit, reason)


@pytest.mark.parametrize(
    "name",
    ["các đơn vị liên quan", "Công an Thành phố", "Thông tấn xã Việt Nam", "Bộ Văn hóa và Thể thao", "", "–"],
)
def test_a_name_of_nobody_registered_proposes_nothing(name: str) -> None:
    (match,) = match_names([name], UNITS, DAY)

    assert match.proposed is None


def test_a_merely_similar_name_is_offered_but_not_proposed() -> None:
    (match,) = match_names(["Trung tâm Triển lãm Hà Nội"], UNITS, DAY)

    assert match == NameMatch(
        "Trung tâm Triển lãm Hà Nội",
        (Candidate(6, Reason.SIMILAR, 0.6857, existed=True),),
        proposed=None,
        kind="CENTRE",
        collective=False,
    )


def test_names_that_differ_by_tone_marks_only_are_told_apart() -> None:
    (match,) = match_names(["Phường Yên Lang"], UNITS, DAY)

    assert (match.proposed, [c.unit for c in match.candidates[:2]]) == (13, [13, 12])


def test_two_equally_good_units_leave_the_choice_to_the_officer() -> None:
    (match,) = match_names(["phuong yen lang"], UNITS, DAY)

    assert match.proposed is None
    assert [c.unit for c in match.candidates[:2]] == [12, 13]


def test_one_slip_between_places_is_offered_but_not_proposed() -> None:
    units = (RegisteredUnit(1, "Xã Hoàng Long Mới"),)
    (match,) = match_names(["Xã Hoàn Long Mới"], units, DAY)

    assert (match.proposed, match.candidates[0].reason) == (None, Reason.NEAR_SPELLING)


def test_a_unit_that_did_not_exist_that_day_comes_last() -> None:
    units = (
        RegisteredUnit(1, "Phòng Báo chí", valid_to=date(2024, 12, 31)),
        RegisteredUnit(2, "Phòng Báo chí", valid_from=date(2025, 1, 1)),
    )
    (now,) = match_names(["Phòng Báo chí"], units, DAY)
    (then,) = match_names(["Phòng Báo chí"], units, date(2024, 6, 1))

    assert [(c.unit, c.existed) for c in now.candidates] == [(2, True), (1, False)]
    assert [(c.unit, c.existed) for c in then.candidates] == [(1, True), (2, False)]
    assert (now.proposed, then.proposed) == (2, 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Các phòng, đơn vị thuộc Sở", "GROUP"),
        ("UBND các xã, phường", "GROUP"),
        ("các sở, ban, ngành", "GROUP"),
        ("các đơn vị liên quan", "GROUP"),
        ("Văn phòng Sở", "OFFICE"),
        ("Văn phòng UBND Thành phố", "OUTSIDE"),
        ("Phòng Kế hoạch - Tài chính", "DIVISION"),
        ("Trung tâm Báo chí Thủ đô Hà Nội", "CENTRE"),
        ("Sở Tài chính", "DEPARTMENT"),
        ("UBND phường Cửa Nam", "WARD"),
        ("UBND xã Sóc Sơn", "COMMUNE"),
        ("Quận Đống Đa", "DISTRICT"),
        ("UBND Thành phố", "CITY"),
        ("Bộ Ngoại giao", "MINISTRY"),
        ("Ban Tuyên giáo và Dân vận Thành ủy", "PARTY"),
        ("Thông tấn xã Việt Nam", "OUTSIDE"),
    ],
)
def test_the_kind_of_a_new_unit_is_guessed_from_its_first_words(name: str, kind: str) -> None:
    assert (guessed_kind(name), is_collective(name)) == (kind, kind == "GROUP")


@given(st.lists(st.sampled_from([unit.name for unit in UNITS]) | st.text(max_size=60), max_size=8))
def test_every_name_gets_one_match_in_its_place_whatever_it_is(names: list[str]) -> None:
    matches = match_names(names, UNITS, DAY)

    assert [match.name for match in matches] == names
    assert matches == match_names(names, tuple(reversed(UNITS)), DAY)
    for match in matches:
        assert match.proposed is None or match.proposed in {c.unit for c in match.candidates}


@given(st.sampled_from(UNITS), st.sampled_from([" - ", " – ", "–", " — ", " "]))
def test_a_registered_name_is_found_in_any_case_and_with_any_dash(unit: RegisteredUnit, dash: str) -> None:
    printed = unit.name.replace(" – ", dash).upper()

    (match,) = match_names([printed], UNITS, DAY)

    assert name_key(printed) == name_key(unit.name)
    assert match.proposed == unit.id
