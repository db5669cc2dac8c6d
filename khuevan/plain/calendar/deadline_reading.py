"""The deadline rule that a plan's own words give: from what the reader found (`Due`) to a rule with days.

"trước ngày 15" counts by the day that it names, as the reader does. Where the words name an interval and no day,
the rule takes the last day of each interval, for a week its Friday.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from itertools import pairwise

from khuevan.plain.calendar.deadline_rules import (
    MONTHS_IN,
    AllYear,
    DeadlineRule,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    OnDate,
    PeriodLength,
    Several,
    Shift,
    SingleRule,
    WorkingDaysAfter,
)
from khuevan.plain.calendar.lunar import LunarDate, OutsideCalendar, solar_date
from khuevan.plain.official_documents.document import Recurrence

FRIDAY = 5

_LENGTH_OF: dict[Recurrence, PeriodLength] = {
    "monthly": "MONTH",
    "quarterly": "QUARTER",
    "half-yearly": "HALF_YEAR",
    "yearly": "YEAR",
}
# The first that stands in a piece names its interval; longer names are tried before the words within them.
_INTERVALS = re.compile(
    r"(?P<HALF_YEAR>(?<!\d)(?:0?6|sáu)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|nửa\s+năm)"
    r"|(?P<NINE_MONTHS>(?<!\d)(?:0?9|chín)\s+tháng(?:\s+đầu\s+năm)?)"
    r"|(?P<QUARTER>(?<!\d)(?:0?3|ba)\s+tháng|(?<!\w)qu[ýí](?!\w))"
    r"|(?P<WEEK>(?<!\w)tuần(?!\w))"
    r"|(?P<MONTH>(?<!\w)(?<!\d\s)tháng(?!\s*\d|\s+(?:đầu|cuối|giữa|thứ)|\w))"
    r"|(?P<YEAR>(?<!thứ\s)(?<!\w)năm(?!\s*\d|\w))"
)
_TIMES = re.compile(r"(?<!\d)(\d{1,2})\s*lần\s*(?:/|trong|mỗi|một)\s*(?:một\s+)?(?:0?1\s+)?năm(?!\w)")
_TIMES_A_YEAR: dict[int, PeriodLength] = {1: "YEAR", 2: "HALF_YEAR", 4: "QUARTER", 12: "MONTH"}
_NEXT_PIECE = re.compile(
    r"\s*(?:[,;]\s*(?:và\s+)?|/(?=\s*[^\W\d])|\s+và\s+)(?=(?:định\s+kỳ\s+|báo\s+cáo\s+)?"
    r"(?:(?:hằng|hàng|mỗi|từng|cả|tổng\s+kết)\s|(?:tuần|tháng|qu[ýí]|năm|nửa\s+năm)(?!\s*\d)(?!\w)"
    r"|(?:0?[369]|ba|sáu|chín)\s+tháng))"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DAY_AND_MONTH = re.compile(
    r"(?<![\d/])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])|(?<![\d/])(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)"
)
_DAY = re.compile(r"(?:ngày|trước|mùng|mồng)\s+(\d{1,2})(?!\d|\s*/\s*\d|\s+tháng\s+\d|\s*%)")
_WEEKDAYS = {
    "hai": 1,
    "ba": 2,
    "tư": 3,
    "năm": 4,
    "sáu": 5,
    "bảy": 6,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
}
_WEEKDAY = re.compile(r"thứ\s+(hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|chủ\s+nhật")

_LUNAR_MONTHS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười một": 11, "mười hai": 12, "mười": 10, "một": 11, "chạp": 12,
}  # fmt: skip
_LUNAR_MONTH = "|".join(sorted(_LUNAR_MONTHS, key=len, reverse=True))
_LUNAR_DAY = re.compile(
    rf"(?:(?P<full>rằm)|(?P<day>\d{{1,2}}))(?:\s*/\s*(?P<number>\d{{1,2}})(?!\d)"
    rf"|\s+tháng\s+(?:(?P<month>\d{{1,2}})(?!\d)|(?P<name>{_LUNAR_MONTH})(?!\w)))"
)
_IS_LUNAR = re.compile(
    r"âm\s+lịch|(?<!\w)rằm(?!\w)|(?<!\w)m[ùồ]ng\s+\d+\s*(?:/|tháng)|(?<!\w)tháng\s+(?:giêng|chạp)"
)
_SPAN = re.compile(r"(?<!\d)(\d{1,3})\s+(?:\([^)]{1,20}\)\s+)?ngày(?P<working>\s+làm\s+việc)?")
_FROM = re.compile(r"(?:kể\s+từ|tính\s+từ|(?<!\w)từ|(?<!\w)sau)\s+(?:ngày|khi|thời\s+điểm)")


def rule_of_due(
    text: str,
    recurrence: Recurrence | None,
    day: date | None,
    *,
    start: date | None = None,
    shift: Shift = "BEFORE",
) -> DeadlineRule | None:
    """The rule of a `Due` (its text, recurrence and date); None where its words yield no day.

    `start` is the day from which a span runs ("trong thời hạn 10 ngày làm việc kể từ ngày nhận"), if someone has
    said it; without it such words yield None. Words that say "âm lịch" are read as a lunar date, also where the
    reader took their numbers for a date of the Gregorian calendar.
    """
    words = unicodedata.normalize("NFC", text).lower()
    lunar = _lunar_rule(words, recurrence, day, shift)
    if lunar is not None:
        return lunar
    if day is not None:
        return OnDate(day, shift)
    if recurrence == "continuous":
        return AllYear(shift=shift)
    if recurrence is not None:
        return _recurring(words, recurrence, shift)
    return None if start is None else _after_start(words, start, shift)


def _after_start(words: str, start: date, shift: Shift) -> SingleRule | None:
    span = _SPAN.search(words)
    if span is None or _FROM.search(words) is None:
        return None
    count = int(span[1])
    if count < 1:
        return None
    if span["working"]:
        return WorkingDaysAfter(start, count)
    return OnDate(start + timedelta(days=count), shift)


def _lunar_rule(
    words: str, recurrence: Recurrence | None, day: date | None, shift: Shift
) -> SingleRule | None:
    """A lunar date: once, in the year of `day`, or every year where the words recur or name no year."""
    if _IS_LUNAR.search(words) is None:
        return None
    match = _LUNAR_DAY.search(words)
    if match is None:
        return None
    number = match["number"] or match["month"]
    month = _LUNAR_MONTHS[match["name"]] if match["name"] else int(number)
    lunar_day = 15 if match["full"] else int(match["day"])
    if not (1 <= month <= 12 and 1 <= lunar_day <= 30):
        return None
    if day is None or recurrence is not None:
        return EachLunarYear(month, lunar_day, shift)
    try:
        return OnDate(solar_date(LunarDate(day.year, month, lunar_day)), shift)
    except OutsideCalendar:
        return None


def _recurring(words: str, recurrence: Recurrence, shift: Shift) -> DeadlineRule:
    rules: list[SingleRule] = []
    for interval, piece in _pieces(words, recurrence):
        for rule in _rules_of_piece(interval, piece, shift):
            if rule not in rules:
                rules.append(rule)
    return rules[0] if len(rules) == 1 else Several(tuple(rules))


def _pieces(words: str, recurrence: Recurrence) -> list[tuple[str, str]]:
    """The intervals that the words list, each with the words about it: "hằng quý; năm (trước 20/11)" has two.

    Brackets are never cut. Words without an interval of their own go with the piece before them.
    """
    times = _TIMES.search(words)
    if times is not None and int(times[1]) in _TIMES_A_YEAR:
        return [(_TIMES_A_YEAR[int(times[1])], words)]
    masked = _IN_BRACKETS.sub(lambda match: "_" * len(match[0]), words)
    cuts = [0, *(match.end() for match in _NEXT_PIECE.finditer(masked)), len(words)]
    pieces: list[tuple[str, str]] = []
    for start, end in pairwise(cuts):
        named = _INTERVALS.search(masked, start, end)
        if named is not None:
            assert named.lastgroup is not None
            pieces.append((named.lastgroup, words[start:end]))
        elif pieces:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + words[start:end])
    return pieces or [("WEEK" if recurrence == "weekly" else _LENGTH_OF.get(recurrence, "YEAR"), words)]


def _rules_of_piece(interval: str, piece: str, shift: Shift) -> list[SingleRule]:
    if interval == "WEEK":
        return [EachWeek(_weekday(piece), shift)]
    length = _length(interval)
    days = [(int(d or d2), int(m or m2)) for d, m, d2, m2 in _DAY_AND_MONTH.findall(piece)]
    days = [(day, month) for day, month in days if 1 <= day <= 31 and 1 <= month <= 12]
    if days and length != "MONTH" and (length != "QUARTER" or len(days) > 1):
        return [EachPeriod("YEAR", month, day, shift) for day, month in days]
    found = _DAY.search(piece)
    day = days[0][0] if days else int(found[1]) if found is not None else None
    if day is not None and not 1 <= day <= 31:
        day = None
    return [EachPeriod(length, _month_in_period(length, piece, days), day, shift)]


def _month_in_period(length: PeriodLength, piece: str, days: list[tuple[int, int]]) -> int:
    if length == "QUARTER" and days:
        return (days[0][1] - 1) % 3 + 1
    if re.search(r"tháng\s+đầu(?!\s+năm)", piece) is not None:
        return 1
    if length == "QUARTER" and re.search(r"tháng\s+(?:thứ\s+hai|giữa)", piece) is not None:
        return 2
    return MONTHS_IN[length]


def _length(interval: str) -> PeriodLength:
    for length in MONTHS_IN:
        if length == interval:
            return length
    raise AssertionError(interval)


def _weekday(piece: str) -> int:
    match = _WEEKDAY.search(piece)
    if match is None:
        return FRIDAY
    return _WEEKDAYS[match[1]] if match[1] else 7
