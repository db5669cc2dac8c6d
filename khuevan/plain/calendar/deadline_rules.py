"""Rules that yield deadlines: a date, each quarter, every Friday, all year, a lunar date, N working days after.

A rule says on which days something falls due; `occurrences` gives those of a period, each brought to a working
day by the rule's `shift`. The default, BEFORE, brings a day of rest forward to the working day before it, as
offices do with what they owe ("trước ngày 15"); AFTER is how the Civil Code ends a term (91/2015/QH13, Article
148(5)); NONE leaves the day.

Rules are values. `as_plain` and `rule_from_plain` write and read them as JSON values for a database or a form.
What a rule says in Vietnamese stands in `deadline_sentences`, how one is read from a plan in `deadline_reading`.
"""

from __future__ import annotations

import calendar as gregorian
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from khuevan.plain.calendar.lunar import FIRST_DAY, months_of_year
from khuevan.plain.calendar.working_days import WorkingCalendar

Shift = Literal["BEFORE", "AFTER", "NONE"]
PeriodLength = Literal["MONTH", "QUARTER", "HALF_YEAR", "NINE_MONTHS", "YEAR"]

MONTHS_IN: Mapping[PeriodLength, int] = {
    "MONTH": 1,
    "QUARTER": 3,
    "HALF_YEAR": 6,
    "NINE_MONTHS": 9,
    "YEAR": 12,
}

_LONGEST_REST = timedelta(days=20)


class BadRule(ValueError):
    """A rule that no day can follow, or JSON values that are no rule; the message is for the person who set it."""


@dataclass(frozen=True, slots=True)
class OnDate:
    """Due once, on `day`."""

    day: date
    shift: Shift = "BEFORE"


@dataclass(frozen=True, slots=True)
class EachWeek:
    """Due every week on a weekday: 1 is Monday, 7 Sunday."""

    weekday: int
    shift: Shift = "BEFORE"

    def __post_init__(self) -> None:
        _within(self.weekday, 1, 7, "Thứ trong tuần")


@dataclass(frozen=True, slots=True)
class EachPeriod:
    """Due once a period on a day of its month number `month` (from 1): day 15 of a quarter's month 3.

    `day` None is the last day of that month; a day that the month does not have is its last. NINE_MONTHS is
    once a year, January to September.
    """

    length: PeriodLength
    month: int
    day: int | None = None
    shift: Shift = "BEFORE"

    def __post_init__(self) -> None:
        if self.length not in MONTHS_IN:
            raise BadRule(f"Không có kỳ hạn “{self.length}”.")
        _within(self.month, 1, MONTHS_IN[self.length], "Tháng trong kỳ")
        if self.day is not None:
            _within(self.day, 1, 31, "Ngày trong tháng")


@dataclass(frozen=True, slots=True)
class AllYear:
    """Work without an end, looked at once a month on `check_day`; None is the last day of the month."""

    check_day: int | None = None
    shift: Shift = "BEFORE"

    def __post_init__(self) -> None:
        if self.check_day is not None:
            _within(self.check_day, 1, 31, "Ngày trong tháng")


@dataclass(frozen=True, slots=True)
class EachLunarYear:
    """Due every lunar year on a day of a month, never the leap month; day 30 of a month of 29 days is its 29th."""

    month: int
    day: int
    shift: Shift = "BEFORE"

    def __post_init__(self) -> None:
        _within(self.month, 1, 12, "Tháng âm lịch")
        _within(self.day, 1, 30, "Ngày âm lịch")


@dataclass(frozen=True, slots=True)
class WorkingDaysAfter:
    """Due once, `count` working days after `start`, which is not counted."""

    start: date
    count: int

    def __post_init__(self) -> None:
        _within(self.count, 1, 1000, "Số ngày làm việc")


@dataclass(frozen=True, slots=True)
class Several:
    """Due by each of two or more rules: each month, and on 20 November every year."""

    rules: tuple[SingleRule, ...]

    def __post_init__(self) -> None:
        if len(self.rules) < 2:
            raise BadRule("Một lịch gồm nhiều hạn phải có ít nhất hai hạn.")


SingleRule = OnDate | EachWeek | EachPeriod | AllYear | EachLunarYear | WorkingDaysAfter
DeadlineRule = SingleRule | Several

_KINDS: Mapping[str, type[SingleRule]] = {
    "ON_DATE": OnDate,
    "EACH_WEEK": EachWeek,
    "EACH_PERIOD": EachPeriod,
    "ALL_YEAR": AllYear,
    "EACH_LUNAR_YEAR": EachLunarYear,
    "WORKING_DAYS_AFTER": WorkingDaysAfter,
}
_KIND_OF: Mapping[type[Any], str] = {rule: kind for kind, rule in _KINDS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One deadline: `nominal` as the rule names it, `due` as it is shifted to a working day."""

    nominal: date
    due: date


def occurrences(
    rule: DeadlineRule, first: date, last: date, calendar: WorkingCalendar
) -> tuple[Occurrence, ...]:
    """The deadlines whose nominal day lies from `first` to `last`, both inclusive, in order, none twice.

    A `due` may lie before `first` where its nominal day was brought forward. `OutsideWorkingCalendar` where the
    calendar does not reach.
    """
    found: set[Occurrence] = set()
    for single in rule.rules if isinstance(rule, Several) else (rule,):
        for nominal in _nominal_days(single, first, last, calendar):
            if first <= nominal <= last:
                found.add(Occurrence(nominal, _shifted(single, nominal, calendar)))
    return tuple(sorted(found))


def due_days(rule: DeadlineRule, first: date, last: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The days on which the deadlines of a period fall, in order, none twice; see `occurrences`."""
    return tuple(sorted({item.due for item in occurrences(rule, first, last, calendar)}))


def next_occurrence(
    rule: DeadlineRule, today: date, last: date, calendar: WorkingCalendar
) -> Occurrence | None:
    """The first deadline due today or later whose nominal day is no later than `last`; None where none is left."""
    # A day of rest may be put off by as long as Tết lasts, so a deadline ahead may have its nominal day behind.
    first = max(calendar.first, today - _LONGEST_REST)
    ahead = (item for item in occurrences(rule, first, last, calendar) if item.due >= today)
    return min(ahead, key=lambda item: item.due, default=None)


def as_plain(rule: DeadlineRule) -> dict[str, Any]:
    """The rule as JSON values: "kind" and the rule's own fields; dates as ISO text, no day as null."""
    if isinstance(rule, Several):
        return {"kind": "SEVERAL", "rules": [as_plain(single) for single in rule.rules]}
    values = {field.name: getattr(rule, field.name) for field in dataclasses.fields(rule)}
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    return {"kind": _KIND_OF[type(rule)], **plain}


def rule_from_plain(plain: Any) -> DeadlineRule:
    """The rule that `as_plain` wrote; `BadRule` for anything else, with what is wrong with it."""
    if not isinstance(plain, dict):
        raise BadRule("Quy tắc thời hạn không đọc được.")
    if plain.get("kind") == "SEVERAL":
        rules = plain.get("rules")
        if not isinstance(rules, list) or set(plain) != {"kind", "rules"}:
            raise BadRule("Một lịch gồm nhiều hạn phải liệt kê các hạn.")
        return Several(tuple(_single(item) for item in rules))
    return _single(plain)


def _single(plain: Any) -> SingleRule:
    kind = plain.get("kind") if isinstance(plain, dict) else None
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadRule(f"Không có loại thời hạn “{kind}”.")
    rule = _KINDS[kind]
    fields = {field.name: field for field in dataclasses.fields(rule)}
    required = {name for name, field in fields.items() if field.default is dataclasses.MISSING}
    given = {key: value for key, value in plain.items() if key != "kind"}
    if not required <= set(given) <= set(fields):
        raise BadRule(f"Thời hạn loại “{kind}” thiếu hoặc thừa thông tin.")
    return rule(**{key: _value(rule, key, value) for key, value in given.items()})


def _value(rule: type[SingleRule], key: str, value: Any) -> Any:
    """A field's value with its type: dates from ISO text, whole numbers, no day as None, a known word."""
    if key == "start" or (key == "day" and rule is OnDate):
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise BadRule(f"“{value}” không phải là ngày.") from None
    if key in ("shift", "length"):
        known = get_args(Shift) if key == "shift" else get_args(PeriodLength)
        if value not in known:
            raise BadRule(f"Không có cách dời ngày hoặc kỳ hạn “{value}”.")
        return value
    if value is None and (key == "check_day" or (key == "day" and rule is EachPeriod)):
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRule(f"“{value}” không phải là số nguyên.")
    return value


def _nominal_days(rule: SingleRule, first: date, last: date, calendar: WorkingCalendar) -> Iterator[date]:
    """The rule's days in and around a period; the caller cuts what lies outside."""
    match rule:
        case OnDate():
            yield rule.day
        case EachWeek():
            day = first + timedelta(days=(rule.weekday - first.isoweekday()) % 7)
            while day <= last:
                yield day
                day += timedelta(days=7)
        case EachPeriod():
            for year in range(first.year, last.year + 1):
                for start in range(0, 13 - MONTHS_IN[rule.length], MONTHS_IN[rule.length]):
                    yield day_in_month(year, start + rule.month, rule.day)
        case AllYear():
            for year in range(first.year, last.year + 1):
                for month in range(1, 13):
                    yield day_in_month(year, month, rule.check_day)
        case EachLunarYear():
            # A lunar year reaches into the Gregorian year after it.
            for year in range(max(first.year - 1, FIRST_DAY.year), last.year + 1):
                for lunar_month in months_of_year(year):
                    if lunar_month.month == rule.month and not lunar_month.leap:
                        yield lunar_month.first_day + timedelta(days=min(rule.day, lunar_month.days) - 1)
        case WorkingDaysAfter():
            yield calendar.add_working_days(rule.start, rule.count)


def day_in_month(year: int, month: int, day: int | None) -> date:
    """A day of a month; None, or a day that the month does not have, gives its last day."""
    last = gregorian.monthrange(year, month)[1]
    return date(year, month, last if day is None else min(day, last))


def _shifted(rule: SingleRule, nominal: date, calendar: WorkingCalendar) -> date:
    if isinstance(rule, WorkingDaysAfter) or rule.shift == "NONE":
        return nominal
    if rule.shift == "BEFORE":
        return calendar.last_working_day_until(nominal)
    return calendar.first_working_day_from(nominal)


def _within(value: int, lowest: int, highest: int, what: str) -> None:
    if not lowest <= value <= highest:
        raise BadRule(f"{what} phải từ {lowest} đến {highest}, không thể là {value}.")
