"""Deadlines that rules yield, the values they are stored as, and what they say."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.calendar.deadline_rules import (
    AllYear,
    BadRule,
    DeadlineRule,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    Occurrence,
    OnDate,
    Several,
    WorkingDaysAfter,
    as_plain,
    due_days,
    next_occurrence,
    occurrences,
    rule_from_plain,
)
from khuevan.plain.calendar.deadline_sentences import sentence
from khuevan.plain.calendar.lunar import lunar_date
from khuevan.plain.calendar.working_days import vietnamese_working_calendar

CALENDAR = vietnamese_working_calendar()
YEAR_2025 = (date(2025, 1, 1), date(2025, 12, 31))
BEFORE = "; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước"
AFTER = "; nếu trùng ngày nghỉ thì lấy ngày làm việc liền sau"


def _due(rule: DeadlineRule, first: date = YEAR_2025[0], last: date = YEAR_2025[1]) -> list[str]:
    return [f"{day:%d/%m}" for day in due_days(rule, first, last, CALENDAR)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (OnDate(date(2025, 11, 15)), ["14/11"]),
        (OnDate(date(2025, 11, 15), "NONE"), ["15/11"]),
        (OnDate(date(2025, 11, 15), "AFTER"), ["17/11"]),
        (OnDate(date(2026, 1, 1)), []),
        (EachPeriod("QUARTER", 3, 15), ["14/03", "13/06", "15/09", "15/12"]),
        (EachPeriod("QUARTER", 3), ["31/03", "30/06", "30/09", "31/12"]),
        (EachPeriod("QUARTER", 1, 5), ["03/01", "04/04", "04/07", "03/10"]),
        (
            EachPeriod("MONTH", 1, 31),
            ["24/01", "28/02", "31/03", "29/04", "30/05", "30/06", "31/07", "29/08", "30/09", "31/10", "28/11",
             "31/12"],
        ),
        (EachPeriod("HALF_YEAR", 6), ["30/06", "31/12"]),
        (EachPeriod("NINE_MONTHS", 9, 14), ["12/09"]),
        (EachPeriod("YEAR", 12, 15), ["15/12"]),
        (EachPeriod("YEAR", 1, 29, "AFTER"), ["03/02"]),
        (EachLunarYear(3, 10), ["04/04"]),
        (EachLunarYear(3, 10, "NONE"), ["07/04"]),
        # The twelfth month of Giáp Thìn had 29 days, the last 28 January; that of Ất Tỵ ends in 2026.
        (EachLunarYear(12, 30, "NONE"), ["28/01"]),
        (EachLunarYear(6, 1, "NONE"), ["25/06"]),
        (WorkingDaysAfter(date(2025, 1, 24), 10), ["14/02"]),
        (
            AllYear(15),
            ["15/01", "14/02", "14/03", "15/04", "15/05", "13/06", "15/07", "15/08", "15/09", "15/10", "14/11",
             "15/12"],
        ),
        (Several((EachPeriod("HALF_YEAR", 6), EachPeriod("YEAR", 12), OnDate(date(2025, 5, 20)))),
         ["20/05", "30/06", "31/12"]),
    ],
)  # fmt: skip
def test_due_days_of_2025(rule: DeadlineRule, days: list[str]) -> None:
    assert _due(rule) == days


def test_every_friday_is_brought_forward_from_a_holiday() -> None:
    fridays = _due(EachWeek(5), date(2025, 1, 20), date(2025, 2, 9))
    # Friday 31 January is in the rest of Tết, whose day before is Friday 24 January.
    assert fridays == ["24/01", "07/02"]
    assert occurrences(EachWeek(5), date(2025, 4, 28), date(2025, 5, 9), CALENDAR) == (
        Occurrence(date(2025, 5, 2), date(2025, 4, 29)),
        Occurrence(date(2025, 5, 9), date(2025, 5, 9)),
    )


def test_a_period_is_cut_by_nominal_days() -> None:
    assert occurrences(EachPeriod("QUARTER", 3, 15), date(2025, 6, 15), date(2025, 9, 15), CALENDAR) == (
        Occurrence(date(2025, 6, 15), date(2025, 6, 13)),
        Occurrence(date(2025, 9, 15), date(2025, 9, 15)),
    )
    assert occurrences(EachPeriod("QUARTER", 3, 15), date(2025, 6, 16), date(2025, 9, 14), CALENDAR) == ()


@pytest.mark.parametrize(
    ("rule", "today", "due"),
    [
        (EachPeriod("QUARTER", 3, 15), date(2025, 6, 13), date(2025, 6, 13)),
        (EachPeriod("QUARTER", 3, 15), date(2025, 6, 14), date(2025, 9, 15)),
        (EachPeriod("MONTH", 1, 29, "AFTER"), date(2025, 2, 1), date(2025, 2, 3)),
        (OnDate(date(2025, 3, 3)), date(2025, 3, 4), None),
    ],
)
def test_next_occurrence(rule: DeadlineRule, today: date, due: date | None) -> None:
    found = next_occurrence(rule, today, date(2025, 12, 31), CALENDAR)
    assert (found.due if found else None) == due


_SHIFTS = st.sampled_from(["BEFORE", "AFTER", "NONE"])
_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_MONTH_DAYS = st.none() | st.integers(1, 31)
_LENGTHS = {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "NINE_MONTHS": 9, "YEAR": 12}
_SINGLE = st.one_of(
    st.builds(OnDate, _DAYS, _SHIFTS),
    st.builds(EachWeek, st.integers(1, 7), _SHIFTS),
    st.sampled_from(sorted(_LENGTHS)).flatmap(
        lambda length: st.builds(
            EachPeriod, st.just(length), st.integers(1, _LENGTHS[length]), _MONTH_DAYS, _SHIFTS
        )
    ),
    st.builds(AllYear, _MONTH_DAYS, _SHIFTS),
    st.builds(EachLunarYear, st.integers(1, 12), st.integers(1, 30), _SHIFTS),
    st.builds(WorkingDaysAfter, _DAYS, st.integers(1, 200)),
)
RULES = _SINGLE | st.builds(Several, st.lists(_SINGLE, min_size=2, max_size=4).map(tuple))


def _follows(rule: DeadlineRule, day: date) -> bool:
    """Slow and obvious: whether a rule names a day, asked of each day by itself."""
    last_of_month = (day + timedelta(days=1)).month != day.month
    match rule:
        case Several():
            return any(_follows(single, day) for single in rule.rules)
        case OnDate():
            return day == rule.day
        case EachWeek():
            return day.isoweekday() == rule.weekday
        case AllYear():
            return _is_day(rule.check_day, day, last_of_month)
        case EachPeriod():
            if rule.length == "NINE_MONTHS":
                return day.month == rule.month and _is_day(rule.day, day, last_of_month)
            in_period = (day.month - 1) % _LENGTHS[rule.length] + 1
            return in_period == rule.month and _is_day(rule.day, day, last_of_month)
        case EachLunarYear():
            lunar = lunar_date(day)
            if lunar.month != rule.month or lunar.leap:
                return False
            tomorrow = lunar_date(day + timedelta(days=1))
            ends = tomorrow.day == 1
            return lunar.day == rule.day or (ends and rule.day > lunar.day)
        case WorkingDaysAfter():
            return (
                CALENDAR.is_working_day(day) and CALENDAR.working_days_between(rule.start, day) == rule.count
            )


def _is_day(wanted: int | None, day: date, last_of_month: bool) -> bool:
    if wanted is None or (last_of_month and wanted > day.day):
        return last_of_month
    return day.day == wanted


@settings(deadline=None)
@given(RULES, _DAYS, st.integers(0, 500))
def test_occurrences_are_the_days_that_follow_the_rule_one_by_one(
    rule: DeadlineRule, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = occurrences(rule, first, last, CALENDAR)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    assert sorted({item.nominal for item in found}) == [day for day in days if _follows(rule, day)]
    assert list(found) == sorted(set(found))
    for item in found:
        unshifted = item.nominal == item.due
        assert unshifted or (CALENDAR.is_working_day(item.due) and not CALENDAR.is_working_day(item.nominal))


@given(RULES)
def test_a_stored_rule_is_read_back_through_json(rule: DeadlineRule) -> None:
    assert rule_from_plain(json.loads(json.dumps(as_plain(rule)))) == rule


@given(RULES)
def test_every_rule_has_a_sentence(rule: DeadlineRule) -> None:
    words = sentence(rule)
    assert words[0].isupper() or words[0].isdigit()
    assert "None" not in words
    assert "  " not in words


def test_a_rule_as_plain_values() -> None:
    rule = Several((EachPeriod("QUARTER", 3, 15), OnDate(date(2025, 11, 20), "NONE")))
    assert as_plain(rule) == {
        "kind": "SEVERAL",
        "rules": [
            {"kind": "EACH_PERIOD", "length": "QUARTER", "month": 3, "day": 15, "shift": "BEFORE"},
            {"kind": "ON_DATE", "day": "2025-11-20", "shift": "NONE"},
        ],
    }


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_KEYS = st.sampled_from(
    ["day", "month", "length", "weekday", "shift", "start", "count", "check_day", "rules"]
)
_KINDS = st.sampled_from(
    ["ON_DATE", "EACH_WEEK", "EACH_PERIOD", "ALL_YEAR", "EACH_LUNAR_YEAR", "WORKING_DAYS_AFTER", "SEVERAL"]
)
_NEARLY = st.builds(
    lambda kind, values: {"kind": kind, **values},
    _KINDS,
    st.dictionaries(
        _KEYS,
        _JSON | st.sampled_from(["2025-01-01", 3, 15, "QUARTER", "BEFORE", "NONE", None, []]),
        max_size=4,
    ),
)


@given(_JSON | _NEARLY)
def test_any_json_is_a_rule_or_refused(value: object) -> None:
    try:
        rule = rule_from_plain(value)
    except BadRule:
        return
    assert rule_from_plain(as_plain(rule)) == rule


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        (None, "Quy tắc thời hạn không đọc được."),
        ({"kind": "EACH_MOON"}, "Không có loại thời hạn “EACH_MOON”."),
        ({"kind": "ON_DATE"}, "Thời hạn loại “ON_DATE” thiếu hoặc thừa thông tin."),
        ({"kind": "ON_DATE", "day": "31/12/2025"}, "“31/12/2025” không phải là ngày."),
        ({"kind": "EACH_WEEK", "weekday": 8}, "Thứ trong tuần phải từ 1 đến 7, không thể là 8."),
        ({"kind": "EACH_WEEK", "weekday": True}, "“True” không phải là số nguyên."),
        (
            {"kind": "EACH_PERIOD", "length": "QUARTER", "month": 4},
            "Tháng trong kỳ phải từ 1 đến 3, không thể là 4.",
        ),
        ({"kind": "SEVERAL", "rules": []}, "Một lịch gồm nhiều hạn phải có ít nhất hai hạn."),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(plain: object, message: str) -> None:
    with pytest.raises(BadRule) as refusal:
        rule_from_plain(plain)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (OnDate(date(2025, 11, 5)), "Ngày 05/11/2025" + BEFORE),
        (OnDate(date(2025, 11, 5), "NONE"), "Ngày 05/11/2025"),
        (EachWeek(5), "Thứ Sáu hằng tuần" + BEFORE),
        (EachWeek(7, "AFTER"), "Chủ nhật hằng tuần" + AFTER),
        (EachPeriod("MONTH", 1, 25), "Ngày 25 hằng tháng" + BEFORE),
        (EachPeriod("MONTH", 1), "Ngày cuối cùng hằng tháng" + BEFORE),
        (EachPeriod("QUARTER", 3, 15), "Ngày 15 của tháng cuối quý, hằng quý" + BEFORE),
        (EachPeriod("QUARTER", 1, 5), "Ngày 5 của tháng đầu quý, hằng quý" + BEFORE),
        (EachPeriod("HALF_YEAR", 6), "Ngày 30/6 và ngày 31/12 hằng năm" + BEFORE),
        (EachPeriod("HALF_YEAR", 6, 15), "Ngày 15/6 và ngày 15/12 hằng năm" + BEFORE),
        (EachPeriod("YEAR", 2), "Ngày cuối cùng của tháng 2 hằng năm" + BEFORE),
        (EachPeriod("YEAR", 12, 14), "Ngày 14/12 hằng năm" + BEFORE),
        (EachPeriod("NINE_MONTHS", 9, 31), "Ngày 30/9 hằng năm" + BEFORE),
        (AllYear(), "Thường xuyên cả năm, kiểm tra vào ngày cuối cùng hằng tháng" + BEFORE),
        (EachLunarYear(3, 10), "Mùng 10 tháng 3 âm lịch hằng năm" + BEFORE),
        (EachLunarYear(1, 15, "NONE"), "Rằm tháng Giêng âm lịch hằng năm"),
        (EachLunarYear(12, 23, "NONE"), "Ngày 23 tháng Chạp âm lịch hằng năm"),
        (WorkingDaysAfter(date(2025, 1, 24), 10), "10 ngày làm việc sau ngày 24/01/2025"),
        (
            Several((EachPeriod("MONTH", 1, 16), EachPeriod("YEAR", 11, 20))),
            "Ngày 16 hằng tháng; ngày 20/11 hằng năm" + BEFORE,
        ),
        (
            Several((EachWeek(1), OnDate(date(2025, 3, 1), "NONE"))),
            "Thứ Hai hằng tuần (nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước); "
            "ngày 01/03/2025 (đúng ngày đó)",
        ),
    ],
)
def test_sentence(rule: DeadlineRule, words: str) -> None:
    assert sentence(rule) == words
