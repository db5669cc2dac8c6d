"""What a deadline rule says, as a Vietnamese sentence without its full stop."""

from __future__ import annotations

from typing import assert_never

from khuevan.plain.calendar.deadline_rules import (
    AllYear,
    DeadlineRule,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    OnDate,
    Several,
    Shift,
    SingleRule,
    WorkingDaysAfter,
)

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_LAST_DAYS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_LUNAR_MONTHS = {1: "Giêng", 12: "Chạp"}
_SHIFTS: dict[Shift, str] = {
    "BEFORE": "; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước",
    "AFTER": "; nếu trùng ngày nghỉ thì lấy ngày làm việc liền sau",
    "NONE": "",
}


def sentence(rule: DeadlineRule) -> str:
    """The rule in words: "Ngày 15 của tháng cuối quý, hằng quý; nếu trùng ngày nghỉ thì …"."""
    singles = rule.rules if isinstance(rule, Several) else (rule,)
    shifts = {_shift(single) for single in singles}
    if len(shifts) == 1:
        words = "; ".join(_when(single) for single in singles)
        return _capital(words) + _SHIFTS[shifts.pop()]
    return _capital("; ".join(f"{_when(single)} ({_aside(single)})" for single in singles))


def _when(rule: SingleRule) -> str:
    match rule:
        case OnDate():
            return f"ngày {rule.day:%d/%m/%Y}"
        case EachWeek():
            return f"{WEEKDAYS[rule.weekday - 1]} hằng tuần"
        case EachPeriod():
            return _each_period(rule)
        case AllYear():
            return f"thường xuyên cả năm, kiểm tra vào {_day(rule.check_day)} hằng tháng"
        case EachLunarYear():
            return f"{_lunar_day(rule)} tháng {_LUNAR_MONTHS.get(rule.month, rule.month)} âm lịch hằng năm"
        case WorkingDaysAfter():
            return f"{rule.count} ngày làm việc sau ngày {rule.start:%d/%m/%Y}"
        case _:
            assert_never(rule)


def _each_period(rule: EachPeriod) -> str:
    if rule.length == "MONTH":
        return f"{_day(rule.day)} hằng tháng"
    if rule.length == "QUARTER":
        month = ("tháng đầu quý", "tháng thứ hai của quý", "tháng cuối quý")[rule.month - 1]
        return f"{_day(rule.day)} của {month}, hằng quý"
    months = (rule.month, rule.month + 6) if rule.length == "HALF_YEAR" else (rule.month,)
    days = " và ".join(_day_and_month(rule.day, month) for month in months)
    return f"{days} hằng năm"


def _day(day: int | None) -> str:
    return "ngày cuối cùng" if day is None else f"ngày {day}"


def _day_and_month(day: int | None, month: int) -> str:
    """ "ngày 15/6"; the last of February has no number of its own."""
    last = _LAST_DAYS.get(month)
    if last is None:
        return f"ngày cuối cùng của tháng {month}" if day is None or day > 28 else f"ngày {day}/{month}"
    return f"ngày {last if day is None else min(day, last)}/{month}"


def _lunar_day(rule: EachLunarYear) -> str:
    if rule.day == 15:
        return "rằm"
    return f"mùng {rule.day}" if rule.day <= 10 else f"ngày {rule.day}"


def _shift(rule: SingleRule) -> Shift:
    return "NONE" if isinstance(rule, WorkingDaysAfter) else rule.shift


def _aside(rule: SingleRule) -> str:
    return _SHIFTS[_shift(rule)].removeprefix("; ") or "đúng ngày đó"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
