"""A month as a grid of weeks from Monday to Sunday: lunar days, holidays, working days that make up, deadlines."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khuevan.plain.calendar.deadline_sentences import WEEKDAYS
from khuevan.plain.calendar.holidays import FIRST_YEAR, LAST_YEAR, holidays, make_up_days
from khuevan.plain.calendar.lunar import lunar_date
from khuevan.plain.calendar.lunar_names import day_in_cell, months_of
from khuevan.programme.calendar_queries import NOTHING, DueDay, DueEntry
from khuevan.programme.choices import AssignmentRole
from khuevan.programme.presenters.states import StateSign, state_sign
from khuevan.programme.presenters.step_states import step_sign
from khuevan.programme.presenters.wording import short_title

ENTRY_LENGTH = 70
LINE_LENGTH = 160
_MOONS = {1: "NEW", 15: "FULL"}
# Months of which the public holidays are known, and the lunar days of the weeks around them.
FIRST_MONTH, LAST_MONTH = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 11, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline in words: `path` is its page's address below the programme's."""

    path: str
    title: str
    unit: str
    unit_name: str
    sign: StateSign
    step: bool
    number: int
    role: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. `weekday` is its name, `moon` is NEW on the first of a lunar month, FULL on the fifteenth, else empty.

    `works` is false on weekends and days off; `make_up`: a weekend day on which offices work. `more` counts the
    entries that are not shown.
    """

    day: date
    weekday: str
    inside: bool
    today: bool
    lunar: str
    moon: str
    holiday: str
    works: bool
    make_up: bool
    entries: tuple[Entry, ...]
    more: int
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """The month with its name, the lunar months that it lies in, and its weeks."""

    first: date
    name: str
    lunar: str
    weeks: tuple[tuple[Cell, ...], ...]
    count: int


def grid_of(first: date) -> tuple[date, date]:
    """The Monday and the Sunday between which the month that begins on `first` is shown, both inclusive."""
    last = _last_of(first)
    return first - timedelta(days=first.isoweekday() - 1), last + timedelta(days=7 - last.isoweekday())


def month(first: date, due: Mapping[date, DueDay], today: date) -> Month:
    """The month that begins on `first`, with what falls due; days of other months fill its weeks."""
    start, end = grid_of(first)
    cells = list(_cells(first, start, end, due, today))
    return Month(
        first,
        _("Month %(month)s") % {"month": f"{first.month}/{first.year}"},
        months_of(first, _last_of(first)),
        tuple(tuple(cells[number : number + 7]) for number in range(0, len(cells), 7)),
        sum(cell.count for cell in cells if cell.inside),
    )


def entry(item: DueEntry, today: date, length: int = LINE_LENGTH) -> Entry:
    """The deadline in words; an instalment has a page of its own, a step stands on its task's."""
    sign = step_sign if item.step else state_sign
    return Entry(
        f"nhiem-vu/{item.task}/" if item.step else f"ky-han/{item.pk}/",
        short_title(item.text, length),
        item.unit.short_name or item.unit.name,
        item.unit.name,
        sign(item.state, item.day, today),
        item.step,
        item.number,
        str(AssignmentRole(item.role).label) if item.role else "",
    )


def weekday(day: date) -> str:
    """The day of the week as it begins a line: "Thứ Sáu"."""
    name = WEEKDAYS[day.isoweekday() - 1]
    return name[0].upper() + name[1:]


def day_facts(day: date) -> list[str]:
    """What is to be said of a day: its lunar date, the holiday, that offices work though it is a weekend."""
    facts = [_("lunar %(day)s") % {"day": lunar_date(day)}]
    facts += [item.name for item in holidays(day.year) if item.day == day]
    if day in make_up_days(day.year):
        facts.append(_("working day to make up"))
    return facts


def _cells(first: date, start: date, end: date, due: Mapping[date, DueDay], today: date) -> Iterator[Cell]:
    years = {start.year, end.year}
    names = {item.day: item.name for year in years if _known(year) for item in holidays(year)}
    made_up = {day for year in years if _known(year) for day in make_up_days(year)}
    for number in range((end - start).days + 1):
        day = start + timedelta(days=number)
        found = due.get(day, NOTHING)
        yield Cell(
            day,
            weekday(day),
            (day.year, day.month) == (first.year, first.month),
            day == today,
            day_in_cell(day, first=number == 0),
            _MOONS.get(lunar_date(day).day, ""),
            names.get(day, ""),
            day in made_up or (day.isoweekday() < 6 and day not in names),
            day in made_up,
            tuple(entry(item, today, ENTRY_LENGTH) for item in found.entries),
            found.count - len(found.entries),
            found.count,
        )


def _known(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _last_of(first: date) -> date:
    return first.replace(day=gregorian.monthrange(first.year, first.month)[1])
