"""Days that exist, fall on the weekday that is named, and can still be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from khuevan.plain.calendar.working_days import OutsideWorkingCalendar
from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.texts import Text, around, basis_texts, body_texts
from khuevan.plain.official_documents.phrases.dates import make_day
from khuevan.plain.official_documents.phrases.references import find_references
from khuevan.plain.official_documents.writing.composition import Composition

_DAY = (
    r"(?P<{0}d>\d{{1,2}})(?:\s?[/.-]\s?(?P<{0}m>\d{{1,2}})(?:\s?[/.-]\s?(?P<{0}y>\d{{4}}))?"
    r"|\s+tháng\s+(?P<{0}wm>\d{{1,2}})(?:\s*,?\s+năm\s+(?P<{0}wy>\d{{4}}))?)(?![\d/])"
)
_ONE = _DAY.format("")
_ANY_DAY = re.compile(rf"(?<![\d/.,-])(?P<cue>ngày\s+)?{_ONE}", re.IGNORECASE)
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "7": 5,
}  # fmt: skip
_WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = r"(?:thứ\s+(?P<{0}n>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<{0}sunday>chủ\s+nhật))(?!\w)"
_WEEKDAY_FIRST = re.compile(
    rf"(?<!\w){_WEEKDAY.format('w')}\s*[,(]?\s*(?:ngày\s+)?{_ONE}", re.IGNORECASE
)  # fmt: skip
_WEEKDAY_BEHIND = re.compile(rf"(?<![\d/.,-]){_ONE}\s*[,(]?\s*\(?{_WEEKDAY.format('w')}", re.IGNORECASE)
# “lần thứ 3, ngày …” counts meetings, not days of the week.
_COUNTS = re.compile(
    r"(?:lần|khóa|khoá|kỳ họp|phiên|vòng|hội nghị|đại hội|cuộc|đợt|nhóm|phần|loại)\s*$", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"(?<!\w)(?:trước(?:\s+\d{1,2}\s*(?:giờ|h|g)\s*\d{0,2}(?:\s*phút)?)?|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến|trước))*"
    r"|không\s+(?:muộn|chậm)\s+hơn|(?:thời\s+)?hạn(?:\s+cuối)?|xong|đến\s+hết|hết)\s*:?\s*"
    r"(?:(?:là|đến|trước|hết|vào)\s+)*(?:\d{1,2}\s*(?:giờ|h|g)\s*\d{0,2}\s*,?\s*)?(?P<cue>ngày\s+)?" + _ONE,
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(
    r"hoàn\s+thành|nhất|xong|gửi|báo\s+cáo|trình|nộp|đăng\s+ký|không\s+(?:muộn|chậm)|thực\s+hiện|triển\s+khai|hạn",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"(?:đã|từng)\s+[^.;]{0,80}$", re.IGNORECASE)
_SPAN = re.compile(
    rf"từ\s+(?:ngày\s+)?{_DAY.format('a')}\s*(?:[-–—]|,?\s*đến(?:\s+hết)?)\s*(?:ngày\s+)?{_DAY.format('z')}",
    re.IGNORECASE,
)
# A day longer ago is history, not a deadline with the wrong year.
_HISTORY = timedelta(days=800)
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Day, month and year as printed; the year is None where none is."""

    day: int
    month: int
    year: int | None


def _numbers(match: re.Match[str], prefix: str = "") -> _Numbers | None:
    month = match[f"{prefix}m"] or match[f"{prefix}wm"]
    year = match[f"{prefix}y"] or match[f"{prefix}wy"]
    return (
        None if month is None else _Numbers(int(match[f"{prefix}d"]), int(month), int(year) if year else None)
    )


def _exists(printed: _Numbers) -> bool:
    return make_day(printed.year or _LEAP_YEAR, printed.month, printed.day) is not None


def _blanked(text: str) -> str:
    """The text without symbols of documents, whose figures are no days; dates of documents stay."""
    for cited in find_references(text):
        symbol = re.search(r"\d[\w/.&-]*[/-][^\s,;()]+", text[cited.start : cited.end])
        if symbol is not None:
            start = cited.start + symbol.start()
            text = text[:start] + " " * len(symbol[0]) + text[start + len(symbol[0]) :]
    return text


def _running(composition: Composition) -> Iterator[Text]:
    for text in body_texts(composition):
        if any(letter.isdigit() for letter in text.words):
            yield Text(text.place, _blanked(text.words), text.heading)


@rule("DT1", Severity.ERROR)
def day_exists(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Every day that is named exists in the calendar.

    Correct the day or the month.
    """
    for texts in (basis_texts(composition), body_texts(composition)):
        for text in texts:
            for match in _ANY_DAY.finditer(_blanked(text.words)):
                printed = _numbers(match)
                if printed is None or _exists(printed):
                    continue
                # Without the word or the year 35/40 is a share of something.
                sure = match["cue"] or (printed.year is not None and 1900 <= printed.year <= 2100)
                if sure and (match["y"] is None or "." not in match[0]):
                    yield Found(text.place, " ".join(match[0].split()))


@rule("DT2", Severity.ERROR)
def weekday_fits(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The weekday that is named is that of the date beside it.

    Correct the weekday or the date.
    """
    for text in _running(composition):
        for pattern in (_WEEKDAY_FIRST, _WEEKDAY_BEHIND):
            for match in pattern.finditer(text.words):
                if _COUNTS.search(text.words[: match.start("wn") - 4] if match["wn"] else ""):
                    continue
                real = _weekdays(_numbers(match), composition.date or facts.today)
                named = 6 if match["wsunday"] else _WEEKDAYS[match["wn"].lower()]
                if real and named not in real:
                    yield Found(text.place, " ".join(match[0].split()), _WEEKDAY_NAMES[real[0]])


def _weekdays(printed: _Numbers | None, day: date) -> list[int]:
    """On which weekdays the date falls: without a year those of the document's year and of the next."""
    if printed is None:
        return []
    years = (printed.year,) if printed.year is not None else (day.year, day.year + 1)
    days = (make_day(year, printed.month, printed.day) for year in years)
    return [each.weekday() for each in days if each is not None]


def _deadlines(composition: Composition) -> Iterator[tuple[Text, re.Match[str], date]]:
    """Days by which something is to be done; those without a year are left out."""
    for text in _running(composition):
        for match in _DEADLINE.finditer(text.words):
            printed = _numbers(match)
            if printed is None or printed.year is None:
                continue
            day = make_day(printed.year, printed.month, printed.day)
            begins = max(text.words.rfind(mark, 0, match.start()) for mark in (".", ";", "\n")) + 1
            before = text.words[begins : match.end()]
            if (
                day is not None
                and _TO_BE_DONE.search(before)
                and not _ALREADY.search(before[: -len(match[0])])
            ):
                yield text, match, day


@rule("DT3", Severity.WARNING)
def deadline_ahead(composition: Composition, facts: Facts) -> Iterator[Found]:
    """No deadline lies before the document's own day.

    Look at the year, or name a later day.
    """
    own = composition.date or facts.today
    for text, match, day in _deadlines(composition):
        if own - _HISTORY < day < own:
            yield Found(text.place, around(text.words, match.start(), match.end()))


@rule("DT4", Severity.WARNING)
def deadline_on_working_day(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A deadline falls on a working day.

    Offices are closed on that day: name the working day before it.
    """
    for text, match, day in _deadlines(composition):
        if facts.calendar is None or day < (composition.date or facts.today):
            continue
        try:
            worked = facts.calendar.last_working_day_until(day)
        except OutsideWorkingCalendar:
            continue
        if worked != day:
            meant = f"{_WEEKDAY_NAMES[worked.weekday()]}, {worked:%d/%m/%Y}"
            yield Found(text.place, around(text.words, match.start(), match.end()), meant)


@rule("DT5", Severity.ERROR)
def period_forward(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A period ends after it begins.

    Exchange the days, or correct the one that is wrong.
    """
    for text in _running(composition):
        for match in _SPAN.finditer(text.words):
            first, last = _numbers(match, "a"), _numbers(match, "z")
            if first is not None and last is not None and _is_reversed(first, last):
                yield Found(text.place, " ".join(match[0].split()))


def _is_reversed(first: _Numbers, last: _Numbers) -> bool:
    if first.year is not None and last.year is not None:
        return (first.year, first.month, first.day) > (last.year, last.month, last.day)
    # From 15/12 until 14/3 is a period over the new year; within one month nobody means that.
    return first.year is None and first.month == last.month and first.day > last.day
