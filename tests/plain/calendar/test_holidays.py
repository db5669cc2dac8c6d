"""Public holidays as they were kept, and against a library that others keep."""

from collections import Counter
from datetime import date, timedelta

import holidays as kept_by_others
import pytest

from khuevan.plain.calendar.holidays import (
    BadDecision,
    Decision,
    NoHolidaysKnown,
    Swap,
    holiday_rules,
    holidays,
    make_up_days,
    published_decisions,
)
from khuevan.plain.calendar.lunar import new_year


def _runs(year: int) -> list[tuple[str, str]]:
    """The first and last days of each run of rest of a year that has a holiday in it, weekends included."""
    off = {item.day for item in holidays(year)}
    rest = [
        day
        for number in range(366)
        if (day := date(year, 1, 1) + timedelta(days=number)).year == year
        and day not in make_up_days(year)
        and (day in off or day.isoweekday() >= 6)
    ]
    runs: list[list[date]] = []
    for day in rest:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [(f"{run[0]:%d/%m}", f"{run[-1]:%d/%m}") for run in runs if off.intersection(run)]


@pytest.mark.parametrize(
    ("year", "runs", "make_up"),
    [
        (
            2021,
            [("01/01", "03/01"), ("10/02", "16/02"), ("21/04", "21/04"), ("30/04", "03/05"), ("02/09", "05/09")],
            (),
        ),
        (
            2022,
            [("01/01", "03/01"), ("29/01", "06/02"), ("09/04", "11/04"), ("30/04", "03/05"), ("01/09", "04/09")],
            (),
        ),
        (2023, [("01/01", "02/01"), ("20/01", "26/01"), ("29/04", "03/05"), ("01/09", "04/09")], ()),
        (
            2024,
            [("01/01", "01/01"), ("08/02", "14/02"), ("18/04", "18/04"), ("27/04", "01/05"), ("31/08", "03/09")],
            (date(2024, 5, 4),),
        ),
        (
            2025,
            [("01/01", "01/01"), ("25/01", "02/02"), ("05/04", "07/04"), ("30/04", "04/05"), ("30/08", "02/09")],
            (date(2025, 4, 26),),
        ),
        (
            2026,
            [
                ("01/01", "04/01"), ("14/02", "22/02"), ("25/04", "27/04"), ("30/04", "03/05"),
                ("29/08", "02/09"), ("24/11", "24/11"),
            ],
            (date(2026, 1, 10), date(2026, 8, 22)),
        ),
    ],
)  # fmt: skip
def test_days_of_rest_are_those_that_were_announced(
    year: int, runs: list[tuple[str, str]], make_up: tuple[date, ...]
) -> None:
    assert _runs(year) == runs
    assert make_up_days(year) == make_up


def test_days_off_on_weekdays_are_those_of_another_library_with_the_known_differences() -> None:
    def weekdays(days: set[date]) -> set[date]:
        return {day for day in days if day.isoweekday() < 6}

    only_ours, only_theirs = [], []
    for year in range(2014, 2051):
        ours = weekdays({item.day for item in holidays(year)})
        theirs = weekdays(set(kept_by_others.country_holidays("VN", years=year)))
        only_ours += sorted(ours - theirs)
        only_theirs += sorted(theirs - ours)
    # Exchanged by 12729/VPCP-KGVX of 25 December 2025, which the library does not have.
    assert only_ours == [date(2026, 1, 2)]
    # Days exchanged before 2024 are not in our data.
    assert only_theirs == [
        date(2014, 5, 2), date(2014, 9, 1), date(2015, 1, 2), date(2015, 2, 16), date(2015, 4, 29),
        date(2018, 12, 31), date(2019, 4, 29),
    ]  # fmt: skip


def test_the_days_of_2026_by_kind_code_and_certainty() -> None:
    assert [
        (f"{item.day:%d/%m}", item.kind, item.code, item.provisional, item.verified)
        for item in holidays(2026)
    ] == [
        ("01/01", "PUBLIC", "NEW_YEAR_DAY", False, True),
        ("02/01", "SWAPPED", "", False, True),
        ("16/02", "PUBLIC", "TET", False, True),
        ("17/02", "PUBLIC", "TET", False, True),
        ("18/02", "PUBLIC", "TET", False, True),
        ("19/02", "PUBLIC", "TET", False, True),
        ("20/02", "PUBLIC", "TET", False, True),
        ("26/04", "PUBLIC", "HUNG_KINGS", False, True),
        ("27/04", "IN_LIEU", "HUNG_KINGS", False, True),
        ("30/04", "PUBLIC", "VICTORY_DAY", False, True),
        ("01/05", "PUBLIC", "LABOUR_DAY", False, True),
        ("31/08", "SWAPPED", "", False, False),
        ("01/09", "PUBLIC", "NATIONAL_DAY", False, False),
        ("02/09", "PUBLIC", "NATIONAL_DAY", False, True),
        ("24/11", "PUBLIC", "CULTURE_DAY", False, False),
    ]


def test_a_year_without_decision_marks_what_is_still_open() -> None:
    assert [f"{item.day:%d/%m} {item.kind}" for item in holidays(2027) if item.provisional] == [
        "04/02 PUBLIC",
        "05/02 PUBLIC",
        "07/02 PUBLIC",
        "08/02 PUBLIC",
        "09/02 IN_LIEU",
        "10/02 IN_LIEU",
        "03/09 PUBLIC",
    ]


def test_an_offices_own_decision_prevails() -> None:
    decision = Decision(
        2027,
        "Thông báo thử",
        before=(("TET", 1), ("NATIONAL_DAY", 1)),
        swaps=(Swap(date(2027, 12, 31), date(2028, 1, 8)),),
    )
    days = {item.day: item for item in holidays(2027, (decision,))}
    assert [f"{day:%d/%m}" for day, item in days.items() if item.code == "TET"] == [
        "05/02", "06/02", "07/02", "08/02", "09/02", "10/02", "11/02",
    ]  # fmt: skip
    assert [item for item in days.values() if item.provisional] == []
    assert (days[date(2027, 12, 31)].kind, days[date(2027, 12, 31)].name) == (
        "SWAPPED",
        "Nghỉ hoán đổi, làm bù ngày 08/01/2028",
    )
    assert date(2027, 9, 1) in days
    assert date(2027, 9, 3) not in days
    assert make_up_days(2028, (decision,)) == (date(2028, 1, 8),)


def test_the_law_of_each_year_decides_how_many_days_national_day_has() -> None:
    counts = {
        year: Counter(item.code for item in holidays(year) if item.kind == "PUBLIC")
        for year in (2014, 2020, 2021, 2025, 2026)
    }
    assert {
        year: (found["NATIONAL_DAY"], found["CULTURE_DAY"], found["TET"]) for year, found in counts.items()
    } == {
        2014: (1, 0, 5),
        2020: (1, 0, 5),
        2021: (2, 0, 5),
        2025: (2, 0, 5),
        2026: (2, 1, 5),
    }


def test_every_year_has_its_holidays_once_and_a_day_in_lieu_for_each_on_a_weekend() -> None:
    for year in range(2014, 2101):
        found = holidays(year)
        days = [item.day for item in found]
        assert days == sorted(set(days))
        public = [item for item in found if item.kind == "PUBLIC"]
        in_lieu = [item for item in found if item.kind == "IN_LIEU"]
        assert sum(item.day.isoweekday() >= 6 for item in public) == len(in_lieu)
        assert all(item.day.isoweekday() < 6 for item in in_lieu)
        assert any(item.day == new_year(year) and item.code == "TET" for item in public)


@pytest.mark.parametrize("year", [2013, 2101])
def test_a_year_without_rules_is_refused(year: int) -> None:
    with pytest.raises(NoHolidaysKnown, match=str(year)):
        holidays(year)
    with pytest.raises(NoHolidaysKnown, match=str(year)):
        make_up_days(year)


def test_each_rule_and_decision_names_its_source_and_says_where_it_is_not_verified() -> None:
    sources = [(item.source, item.verified) for item in holiday_rules()]
    sources += [(item.source, item.verified) for item in published_decisions()]
    for source, verified in sources:
        assert len(source) > 20
        assert verified is not ("[chưa kiểm chứng" in source)


@pytest.mark.parametrize(
    ("before", "swaps", "message"),
    [
        ((("TẾT", 1),), (), "Không có ngày lễ nào mang mã “TẾT”."),
        ((("TET", 5),), (), "Số ngày nghỉ trước ngày lễ phải từ 0 đến 4, không thể là 5."),
        ((("NATIONAL_DAY", -1),), (), "Số ngày nghỉ trước ngày lễ phải từ 0 đến 1, không thể là -1."),
        (
            (),
            (Swap(date(2027, 1, 2), date(2027, 1, 9)),),
            "Chỉ hoán đổi một ngày từ thứ Hai đến thứ Sáu với một ngày thứ Bảy hoặc Chủ nhật, "
            "không phải 02/01/2027 với 09/01/2027.",
        ),
    ],
)
def test_a_decision_that_no_calendar_can_follow_is_refused(
    before: tuple[tuple[str, int], ...], swaps: tuple[Swap, ...], message: str
) -> None:
    with pytest.raises(BadDecision) as refusal:
        Decision(2027, "Thông báo thử", before=before, swaps=swaps)
    assert str(refusal.value) == message
