"""Rules from the words of plans, as the reader found them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.calendar.deadline_reading import rule_of_due
from khuevan.plain.calendar.deadline_rules import (
    AllYear,
    DeadlineRule,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    OnDate,
    Several,
    WorkingDaysAfter,
    due_days,
)
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.official_documents.document import Period, Recurrence
from khuevan.plain.official_documents.phrases.deadlines import find_due, parse_due

YEAR_2025 = Period(date(2025, 1, 1), date(2025, 12, 31))
SIGNED = date(2025, 2, 19)

_MONTHLY_16 = EachPeriod("MONTH", 1, 16)
_QUARTERLY, _YEARLY = EachPeriod("QUARTER", 3), EachPeriod("YEAR", 12)


@pytest.mark.parametrize(
    ("text", "recurrence", "rule"),
    [
        ("vào thứ Sáu hằng tuần", "weekly", EachWeek(5)),
        ("Chủ nhật hằng tuần", "weekly", EachWeek(7)),
        ("thứ 2 hằng tuần", "weekly", EachWeek(1)),
        ("hàng tuần", "weekly", EachWeek(5)),
        ("hàng tháng", "monthly", EachPeriod("MONTH", 1)),
        ("trước ngày 25 hằng tháng", "monthly", EachPeriod("MONTH", 1, 25)),
        ("Hằng tháng (trước ngày 20)", "monthly", EachPeriod("MONTH", 1, 20)),
        ("định kỳ hằng quý", "quarterly", _QUARTERLY),
        ("Định kỳ 3 tháng một lần", "quarterly", _QUARTERLY),
        ("01 lần/quý", "quarterly", _QUARTERLY),
        ("trước ngày 15 của tháng cuối quý", "quarterly", EachPeriod("QUARTER", 3, 15)),
        ("trước ngày 05 của tháng đầu quý", "quarterly", EachPeriod("QUARTER", 1, 5)),
        ("Hàng quý, năm", "quarterly", Several((_QUARTERLY, _YEARLY))),
        ("định kỳ 6 tháng, hằng năm", "half-yearly", Several((EachPeriod("HALF_YEAR", 6), _YEARLY))),
        ("6 tháng đầu năm, 6 tháng cuối năm", "half-yearly", EachPeriod("HALF_YEAR", 6)),
        (
            "định kỳ hằng quý, 6 tháng, 9 tháng và cả năm",
            "quarterly",
            Several((_QUARTERLY, EachPeriod("HALF_YEAR", 6), EachPeriod("NINE_MONTHS", 9), _YEARLY)),
        ),
        ("2 lần/năm", "yearly", EachPeriod("HALF_YEAR", 6)),
        ("Hằng năm", "yearly", _YEARLY),
        ("Theo kế hoạch công tác tư pháp hàng năm", "yearly", _YEARLY),
        ("trước ngày 15/12 hằng năm", "yearly", EachPeriod("YEAR", 12, 15)),
        ("Định kỳ hằng năm (trước ngày 15 tháng 12)", "yearly", EachPeriod("YEAR", 12, 15)),
        (
            "định kỳ trước ngày 01/6 và 15/11 hằng năm",
            "half-yearly",
            Several((EachPeriod("YEAR", 6, 1), EachPeriod("YEAR", 11, 15))),
        ),
        (
            "Định kỳ hàng tháng (trước ngày 16 hàng tháng), 6 tháng (trước ngày 16/6), "
            "tổng kết năm (trước ngày 20/11 hàng năm)",
            "monthly",
            Several((_MONTHLY_16, EachPeriod("YEAR", 6, 16), EachPeriod("YEAR", 11, 20))),
        ),
        ("thường xuyên, liên tục", "continuous", AllYear()),
        ("Thường xuyên, hằng năm", "continuous", AllYear()),
        ("10/3 âm lịch hằng năm", "yearly", EachLunarYear(3, 10)),
        ("mùng 10 tháng 3 âm lịch", None, EachLunarYear(3, 10)),
        ("Rằm tháng Giêng", None, EachLunarYear(1, 15)),
        ("ngày 23 tháng Chạp", None, EachLunarYear(12, 23)),
        ("định kỳ và đột xuất", None, None),
        ("khi tổng kết Đợt thi đua", None, None),
        ("trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này", None, None),
        ("", None, None),
    ],
)
def test_rule_of_due_reads_words(text: str, recurrence: Recurrence | None, rule: DeadlineRule | None) -> None:
    assert rule_of_due(text, recurrence, None) == rule


def test_a_day_is_a_rule_for_that_day_and_keeps_the_shift_asked_for() -> None:
    day = date(2025, 11, 15)
    assert rule_of_due("trước ngày 15/11/2025", None, day) == OnDate(day)
    assert rule_of_due("trước ngày 15/11/2025", None, day, shift="NONE") == OnDate(day, "NONE")


def test_numbers_of_a_lunar_date_are_no_gregorian_date() -> None:
    read = find_due("hoàn thành trước ngày 10/3 âm lịch", period=YEAR_2025, signed=SIGNED)
    assert read is not None
    assert read.date == date(2025, 3, 10)
    assert rule_of_due("trước ngày 10/3 âm lịch", read.recurrence, read.date) == OnDate(date(2025, 4, 7))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("trong thời hạn 10 ngày làm việc kể từ ngày nhận", WorkingDaysAfter(date(2025, 1, 24), 10)),
        ("trong vòng 05 (năm) ngày làm việc từ khi có kết quả", WorkingDaysAfter(date(2025, 1, 24), 5)),
        ("chậm nhất sau 07 ngày kể từ ngày ký", OnDate(date(2025, 1, 31))),
        ("khi tổng kết", None),
    ],
)
def test_a_span_runs_from_the_day_that_someone_names(text: str, rule: DeadlineRule | None) -> None:
    assert rule_of_due(text, None, None, start=date(2025, 1, 24)) == rule


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        (
            "Báo cáo trước ngày 15 của tháng cuối quý về Sở.",
            [date(2025, 3, 14), date(2025, 6, 13), date(2025, 9, 15), date(2025, 12, 15)],
        ),
        ("Gửi báo cáo định kỳ 6 tháng.", [date(2025, 6, 30), date(2025, 12, 31)]),
        ("Hoàn thành trước ngày 30/4/2025.", [date(2025, 4, 29)]),
    ],
)
def test_from_a_plans_sentence_to_days(sentence: str, days: list[date]) -> None:
    due = find_due(sentence, period=YEAR_2025, signed=SIGNED)
    assert due is not None
    rule = rule_of_due(due.text, due.recurrence, due.date)
    assert rule is not None
    assert list(due_days(rule, YEAR_2025.first, YEAR_2025.last, vietnamese_working_calendar())) == days


_WORDS = (
    "trước|ngày|15|31|99|0|15/11|31/2|40/40|tháng|13|5|quý|hằng|hàng|định kỳ|6 tháng|9 tháng|năm|(|)|,|;|và|/|tuần"
    "|của tháng cuối quý|thường xuyên|âm lịch|rằm|mùng|giêng|chạp|thứ sáu|lần|2 lần/năm|99 lần/năm"
    "|kể từ ngày|làm việc"
)
_RECURRENCES = ["continuous", "weekly", "monthly", "quarterly", "half-yearly", "yearly", None]


@given(
    st.lists(st.sampled_from(_WORDS.split("|"))).map(" ".join) | st.text(),
    st.sampled_from(_RECURRENCES),
    st.none() | st.dates(),
    st.none() | st.dates(date(2014, 1, 1), date(2099, 12, 31)),
)
def test_any_words_give_a_rule_or_none(
    text: str, recurrence: Recurrence | None, day: date | None, start: date | None
) -> None:
    rule = rule_of_due(text, recurrence, day, start=start)
    if recurrence is not None and day is None:
        assert rule is not None


@given(st.lists(st.sampled_from(_WORDS.split("|"))).map(" ".join))
def test_whatever_the_reader_finds_to_recur_has_a_rule(text: str) -> None:
    due = parse_due(text, period=YEAR_2025, signed=SIGNED)
    if due is not None and (due.recurrence is not None or due.date is not None):
        assert rule_of_due(due.text, due.recurrence, due.date) is not None
