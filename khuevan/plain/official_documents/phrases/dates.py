"""Days written out in documents, and the time that a plan covers."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from khuevan.plain.official_documents.document import Period

# A day in figures (17/8/2020, 15-4-2024, 01/ 7/2025) or in words (31 tháng 10 năm 2024).
DAY = (
    r"(?:\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s*,?\s+năm\s+\d{4})(?!\d)"
)
_NUMBERS = re.compile(r"\d+")
_DATES = re.compile(rf"(?<![\d/.,-])(?:ngày\s+)?(?P<day>{DAY})(?![/-]\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A whole date as printed, with the word ngày where it stands before it."""

    date: date
    text: str
    start: int
    end: int


def read_day(text: str) -> date | None:
    """The date that the first three numbers of `text` (day, month, year) name; None where no such day is."""
    numbers = [int(number) for number in _NUMBERS.findall(text)[:3]]
    if len(numbers) < 3:
        return None
    return make_day(numbers[2], numbers[1], numbers[0])


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day (31/6)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def end_of_month(year: int, month: int) -> date:
    """The last day of a month; `month` from 1 to 12, `year` from 1 to 9999."""
    return date(year, month, calendar.monthrange(year, month)[1])


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Every whole date (day, month and year) in `text`, in order; days that do not exist are left out."""
    found = []
    for match in _DATES.finditer(text):
        day = read_day(match["day"])
        if day is not None:
            found.append(FoundDate(day, match[0], match.start(), match.end()))
    return tuple(found)


_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d|/)"
_RANGE = re.compile(
    r"(?:giai\s+đoạn|thời\s+kỳ|các\s+năm|nhiệm\s+kỳ|(?:từ\s+)?năm)\s*(?:từ\s+)?(?:năm\s+)?"
    + _YEAR.format("first")
    + r"\s*(?:[-–—]|đến(?:\s+hết)?)\s*(?:năm\s+)?"
    + _YEAR.format("last"),
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(r"năm\s+" + _YEAR.format("year"), re.IGNORECASE)
_SPAN_OF_DAYS = re.compile(
    rf"từ\s+(?:ngày\s+)?(?P<first>{DAY})\s*(?:[-–—]|đến(?:\s+hết)?)\s*(?:ngày\s+)?(?P<last>{DAY})",
    re.IGNORECASE,
)
_SPAN_OF_MONTHS = re.compile(
    r"từ\s+tháng\s+(?P<first>\d{1,2})(?:\s?/\s?(?P<first_year>\d{4})"
    r"|\s+năm\s+(?P<first_year2>\d{4}))?\s*(?:[-–—]|đến(?:\s+hết)?)\s*"
    rf"(?:(?:ngày\s+)?(?P<day>{DAY})|tháng\s+(?P<last>\d{{1,2}})(?!\d)(?:\s?/\s?(?P<last_year>\d{{4}})"
    rf"|\s+năm\s+(?P<last_year2>\d{{4}}))?)",
    re.IGNORECASE,
)
# What is only looked forward to, and what another document's name says, is not this plan's time.
_OUTLOOK = re.compile(r"(?:định\s+hướng|tầm\s+nhìn|hướng)\s+(?:đến\s+)?(?:năm\s+)?\d{4}", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”“]{0,400}”|\"[^\"]{0,400}\"|«[^»«]{0,400}»")
_NOT_BEFORE_YEAR = re.compile(
    r"(?:tháng\s+\d{1,2}|quý\s+\w{1,3}|\d|hết|đến|nhìn|hướng|từ)\s*$", re.IGNORECASE
)


def document_period(title: str | None, body_sentence: str | None, signed: date | None) -> Period | None:
    """The time that the plan covers, from its title or else from the sentence that issues it.

    A range of years, months or days is taken before a single year; the outlook ("định hướng đến năm
    2045") never ends the period. "đến năm 2030" alone has no first day, and so is no period; a month
    without a year ("từ tháng 10 đến 31/12/2020") takes the other end's year. A day at which something
    is counted ("thời điểm 0h00 ngày 01 tháng 01 năm 2026") is no period.
    """
    texts = [_OUTLOOK.sub(" ", text) for text in (title, body_sentence) if text]
    # What stands in quotation marks is the name of something else, taken only where nothing else is said.
    for view in (*(_QUOTED.sub(" ", text) for text in texts), *texts):
        period = _period_in(view, signed)
        if period is not None:
            return period
    return None


def _period_in(text: str, signed: date | None) -> Period | None:
    for match in _SPAN_OF_DAYS.finditer(text):
        first_day, last_day = read_day(match["first"]), read_day(match["last"])
        if first_day is not None and last_day is not None and first_day <= last_day:
            return Period(first_day, last_day)
    for match in _SPAN_OF_MONTHS.finditer(text):
        span = _span_of_months(match, signed)
        if span is not None:
            return span
    for match in _RANGE.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if first <= last:
            return Period(date(first, 1, 1), date(last, 12, 31))
    for match in _ONE_YEAR.finditer(text):
        before = text[max(0, match.start("year") - 40) : match.start("year")]
        if not _NOT_BEFORE_YEAR.search(before.rstrip().removesuffix("năm").removesuffix("NĂM").rstrip()):
            year = int(match["year"])
            return Period(date(year, 1, 1), date(year, 12, 31))
    return None


def _span_of_months(match: re.Match[str], signed: date | None) -> Period | None:
    """The span from a month to a day or month; the year of signing serves where neither end has one."""
    if match["day"]:
        last = read_day(match["day"])
    else:
        year = match["last_year"] or match["last_year2"] or (str(signed.year) if signed is not None else None)
        month = int(match["last"])
        last = end_of_month(int(year), month) if year and 1 <= month <= 12 and int(year) else None
    if last is None:
        return None
    first_year = match["first_year"] or match["first_year2"] or str(last.year)
    first = make_day(int(first_year), int(match["first"]), 1)
    return Period(first, last) if first is not None and first <= last else None
