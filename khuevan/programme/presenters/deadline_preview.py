"""The next days that a deadline rule yields, as an officer checks them before setting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khuevan.plain.calendar.deadline_rules import (
    DeadlineRule,
    EachLunarYear,
    Occurrence,
    OnDate,
    Several,
    WorkingDaysAfter,
    occurrences,
)
from khuevan.plain.calendar.deadline_sentences import WEEKDAYS, sentence
from khuevan.plain.calendar.holidays import holidays
from khuevan.plain.calendar.lunar import lunar_date
from khuevan.plain.calendar.working_days import OutsideWorkingCalendar, vietnamese_working_calendar

SHOWN = 6
# How many years ahead are looked through for them: six lunar years at most, and one more.
YEARS_AHEAD = (1, 3, 7)
LONGEST_REST = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """One day on which work would be due, with its weekday, and what is to know about it; empty for nothing."""

    day: str
    note: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A rule in words with its next days; `remark` says what is odd about all of them, empty for nothing."""

    sentence: str
    days: tuple[PreviewDay, ...]
    remark: str = ""


def preview(rule: DeadlineRule | None, begin: date, last: date | None) -> Preview:
    """The next six days of the rule from `begin` on; `last` is the last day of the plan's time, None for none.

    A single day that has passed is shown all the same, and said to have passed.
    """
    if rule is None:
        return Preview("", (), _("There will be no day by which it is due."))
    try:
        days, passed = _next_days(rule, begin)
    except OutsideWorkingCalendar as error:
        return Preview(sentence(rule), (), str(error))
    if not days:
        return Preview(sentence(rule), (), _("The working calendar knows no such day."))
    once = _is_once(rule)
    shown = tuple(PreviewDay(_written(day.due), _note(rule, day, None if once else last)) for day in days)
    return Preview(
        sentence(rule), shown, _("This day has passed: the work is late at once.") if passed else ""
    )


def _next_days(rule: DeadlineRule, begin: date) -> tuple[list[Occurrence], bool]:
    """The days, and whether they have passed."""
    calendar = vietnamese_working_calendar()
    first = max(calendar.first, begin - LONGEST_REST)
    days: list[Occurrence] = []
    for years in YEARS_AHEAD:
        until = min(calendar.last, begin + timedelta(days=366 * years))
        days = [day for day in occurrences(rule, first, until, calendar) if day.due >= begin]
        if len(days) >= SHOWN:
            break
    if not days and _is_once(rule):
        found = list(occurrences(rule, calendar.first, calendar.last, calendar))
        ahead = [day for day in found if day.due >= begin]
        return (ahead or found)[:SHOWN], not ahead
    return days[:SHOWN], False


def _is_once(rule: DeadlineRule) -> bool:
    singles = rule.rules if isinstance(rule, Several) else (rule,)
    return all(isinstance(single, OnDate | WorkingDaysAfter) for single in singles)


def _note(rule: DeadlineRule, day: Occurrence, last: date | None) -> str:
    """Why the day is not the one that the rule names, what it is by the moon, whether the plan reaches it."""
    notes = []
    if isinstance(rule, EachLunarYear):
        lunar = lunar_date(day.nominal)
        notes.append(_("%(day)s by the lunar calendar") % {"day": str(lunar)})
    if day.due != day.nominal:
        nominal = _written(day.nominal)
        named = _holiday(day.nominal)
        if named:
            notes.append(_("instead of %(day)s, %(holiday)s") % {"day": nominal, "holiday": named})
        else:
            notes.append(_("instead of %(day)s") % {"day": nominal})
    if last is not None and day.nominal > last:
        notes.append(_("after the plan's time"))
    return "; ".join(notes)


def _holiday(day: date) -> str:
    """What the day off is called; empty for a plain weekend."""
    return next((item.name for item in holidays(day.year) if item.day == day), "")


def _written(day: date) -> str:
    """ "Thứ Sáu, 13/06/2025"."""
    weekday = WEEKDAYS[day.isoweekday() - 1]
    return f"{weekday[:1].upper()}{weekday[1:]}, {day:%d/%m/%Y}"
