"""The public holidays of a year, with the days in lieu and the working days that are exchanged.

The law is data (`data/public_holidays.toml`, with the day from which each rule holds and its source), and so is
what was decided for single years (`data/holiday_decisions.toml`). A decision that an office enters itself is
passed in; it comes after the ones published here and prevails over them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from khuevan.plain.calendar.lunar import LunarDate, solar_date

HolidayKind = Literal["PUBLIC", "IN_LIEU", "SWAPPED"]

# The first whole year under a rule in the data, and the last whose lunar days are known.
FIRST_YEAR, LAST_YEAR = 2014, 2100
SATURDAY = 6

_DATA = Path(__file__).parent / "data"


class NoHolidaysKnown(ValueError):
    """A year before 2014 or after 2100."""


class BadDecision(ValueError):
    """A decision that no calendar can follow; the message is for the person who enters it."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off. `code` names the holiday that it is, stands in lieu of, or was exchanged next to.

    Kinds: PUBLIC, the holiday itself, also on a Saturday or Sunday; IN_LIEU, the working day after that makes up
    for it (Labour Code, Article 111(3)); SWAPPED, a working day exchanged for a rest day (`code` is empty).
    `provisional`: the law leaves a choice, and none has been published for that year. `verified` is False where
    the source was not read in its own text or one that quotes it.
    """

    day: date
    name: str
    kind: HolidayKind
    code: str
    source: str
    provisional: bool = False
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day that becomes a day off, and the rest day on which it is made up for."""

    off: date
    work: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for one year. `before`: pairs of a holiday's code and how many of its days precede the
    named day; the last decision that speaks of a holiday prevails.
    """

    year: int
    source: str
    before: tuple[tuple[str, int], ...] = ()
    swaps: tuple[Swap, ...] = ()
    verified: bool = True

    def __post_init__(self) -> None:
        days_of = {rule.code: rule.days for rule in holiday_rules()}
        for code, before in self.before:
            if code not in days_of:
                raise BadDecision(f"Không có ngày lễ nào mang mã “{code}”.")
            if not 0 <= before < days_of[code]:
                raise BadDecision(
                    f"Số ngày nghỉ trước ngày lễ phải từ 0 đến {days_of[code] - 1}, không thể là {before}."
                )
        for swap in self.swaps:
            if swap.off.isoweekday() >= SATURDAY or swap.work.isoweekday() < SATURDAY:
                raise BadDecision(
                    "Chỉ hoán đổi một ngày từ thứ Hai đến thứ Sáu với một ngày thứ Bảy hoặc Chủ nhật, "
                    f"không phải {swap.off:%d/%m/%Y} với {swap.work:%d/%m/%Y}."
                )


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """One holiday as the law gives it from `valid_from` until a later rule with the same code."""

    code: str
    name: str
    lunar: bool
    month: int
    day: int
    days: int
    before: tuple[int, ...]
    valid_from: date
    source: str
    verified: bool

    def named_day(self, year: int) -> date:
        """The day in a year that gives the holiday its name: 2 September, the first of Tết."""
        if self.lunar:
            return solar_date(LunarDate(year, self.month, self.day))
        return date(year, self.month, self.day)


def holidays(year: int, decisions: tuple[Decision, ...] = ()) -> tuple[Holiday, ...]:
    """Every day off of a year beside plain weekends, by day; `decisions` come on top of the published ones.

    Each day stands once: no two holidays fall on one day in these years. `NoHolidaysKnown` outside 2014 to 2100.
    """
    decided = [item for item in (*published_decisions(), *decisions) if item.year == year]
    public = [day for rule in _rules_in(year) for day in _days_of(rule, year, decided)]
    swapped = [
        Holiday(
            day=swap.off,
            name=f"Nghỉ hoán đổi, làm bù ngày {swap.work:%d/%m/%Y}",
            kind="SWAPPED",
            code="",
            source=decision.source,
            verified=decision.verified,
        )
        for decision in (*published_decisions(), *decisions)
        for swap in decision.swaps
        if swap.off.year == year
    ]
    return tuple(
        sorted([*public, *_in_lieu(public), *swapped], key=lambda item: (item.day, item.kind, item.code))
    )


def make_up_days(year: int, decisions: tuple[Decision, ...] = ()) -> tuple[date, ...]:
    """The Saturdays and Sundays of a year on which offices work because a working day was exchanged."""
    _check(year)
    days = {
        swap.work
        for decision in (*published_decisions(), *decisions)
        for swap in decision.swaps
        if swap.work.year == year
    }
    return tuple(sorted(days))


@cache
def holiday_rules() -> tuple[HolidayRule, ...]:
    """All rules of the law in the data, in its order."""
    return tuple(
        HolidayRule(
            code=entry["code"],
            name=entry["name"],
            lunar=entry["calendar"] == "LUNAR",
            month=entry["month"],
            day=entry["day"],
            days=entry["days"],
            before=tuple(entry.get("before", (0,) * 7)),
            valid_from=entry["valid_from"],
            source=entry["source"],
            verified=entry["verified"],
        )
        for entry in _entries("public_holidays.toml", "holiday")
    )


@cache
def published_decisions() -> tuple[Decision, ...]:
    """All decisions for single years in the data, in its order."""
    return tuple(
        Decision(
            year=entry["year"],
            source=entry["source"],
            before=tuple(entry.get("before", {}).items()),
            swaps=tuple(Swap(swap["off"], swap["work"]) for swap in entry.get("swaps", ())),
            verified=entry["verified"],
        )
        for entry in _entries("holiday_decisions.toml", "decision")
    )


def _rules_in(year: int) -> Iterator[HolidayRule]:
    """For each holiday the rule in force on its named day."""
    _check(year)
    in_force: dict[str, HolidayRule] = {}
    for rule in sorted(holiday_rules(), key=lambda item: item.valid_from):
        if rule.named_day(year) >= rule.valid_from:
            in_force[rule.code] = rule
    yield from in_force.values()


def _days_of(rule: HolidayRule, year: int, decided: list[Decision]) -> Iterator[Holiday]:
    named = rule.named_day(year)
    before, source, verified = rule.before[named.weekday()], rule.source, rule.verified
    provisional = rule.days > 1
    for decision in decided:
        for code, days in decision.before:
            if code == rule.code:
                before, provisional = days, False
                source, verified = decision.source, decision.verified
    for step in range(-before, rule.days - before):
        yield Holiday(
            day=named + timedelta(days=step),
            name=rule.name,
            kind="PUBLIC",
            code=rule.code,
            source=rule.source if step == 0 else source,
            provisional=provisional and step != 0,
            verified=rule.verified if step == 0 else verified,
        )


def _in_lieu(public: list[Holiday]) -> Iterator[Holiday]:
    """For each holiday on a rest day the next working day that is not off already (Article 111(3))."""
    off = {item.day for item in public}
    open_codes = {item.code for item in public if item.provisional}
    for item in sorted(public, key=lambda item: item.day):
        if item.day.isoweekday() < SATURDAY:
            continue
        day = item.day
        while day in off or day.isoweekday() >= SATURDAY:
            day += timedelta(days=1)
        off.add(day)
        yield Holiday(
            day=day,
            name=f"Nghỉ bù {item.name}",
            kind="IN_LIEU",
            code=item.code,
            source="Bộ luật Lao động, Điều 111 khoản 3; " + item.source,
            provisional=item.code in open_codes,
            verified=item.verified,
        )


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoHolidaysKnown(
            f"Chỉ có ngày nghỉ lễ của các năm từ {FIRST_YEAR} đến {LAST_YEAR}, không có {year}."
        )


def _entries(name: str, key: str) -> list[dict[str, Any]]:
    entries = tomllib.loads((_DATA / name).read_text(encoding="utf-8"))[key]
    assert isinstance(entries, list)
    return entries
