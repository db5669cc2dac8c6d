"""Counting in working days: known days, and a slow calendar that walks day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.calendar.holidays import Decision, Swap
from khuevan.plain.calendar.working_days import (
    OutsideWorkingCalendar,
    WorkingCalendar,
    vietnamese_working_calendar,
)

CALENDAR = vietnamese_working_calendar()
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 1, 24), True),
        (date(2025, 1, 27), False),  # The 28th of the last lunar month, off for Tết.
        (date(2025, 2, 3), True),
        (date(2025, 4, 26), True),  # A Saturday, for Friday 2 May.
        (date(2025, 5, 2), False),
        (date(2025, 11, 15), False),
        (date(2026, 4, 27), False),  # In lieu of the Hùng Kings' day on a Sunday.
        (date(2026, 8, 22), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
    ],
)
def test_is_working_day(day: date, worked: bool) -> None:
    assert CALENDAR.is_working_day(day) is worked


def test_neighbours_of_tet_2025() -> None:
    tet = date(2025, 1, 29)
    assert CALENDAR.working_day_before(tet) == date(2025, 1, 24)
    assert CALENDAR.working_day_after(tet) == date(2025, 2, 3)
    assert CALENDAR.last_working_day_until(tet) == date(2025, 1, 24)
    assert CALENDAR.first_working_day_from(tet) == date(2025, 2, 3)
    friday = date(2025, 1, 24)
    assert CALENDAR.last_working_day_until(friday) == friday
    assert CALENDAR.working_day_before(friday) == date(2025, 1, 23)
    assert CALENDAR.working_day_after(friday) == date(2025, 2, 3)


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2025, 4, 25), 3, date(2025, 4, 29)),
        (date(2025, 4, 25), 4, date(2025, 5, 5)),
        (date(2025, 4, 29), 1, date(2025, 5, 5)),
        (date(2025, 5, 5), -1, date(2025, 4, 29)),
        (date(2025, 5, 3), 0, date(2025, 5, 3)),
        (date(2025, 11, 15), 10, date(2025, 11, 28)),
    ],
)
def test_add_working_days(day: date, count: int, result: date) -> None:
    assert CALENDAR.add_working_days(day, count) == result


def test_working_days_of_a_year_are_counted() -> None:
    """2025: 261 weekdays, 12 of them off, one Saturday worked."""
    assert CALENDAR.working_days_between(date(2024, 12, 31), date(2025, 12, 31)) == 250


def _worked(calendar: WorkingCalendar, day: date) -> bool:
    if day in calendar.make_up_days:
        return True
    return day.weekday() not in (5, 6) and day not in calendar.days_off


def _slow_add(calendar: WorkingCalendar, day: date, count: int) -> date:
    step = ONE_DAY if count > 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= _worked(calendar, day)
    return day


def _slow_between(calendar: WorkingCalendar, start: date, end: date) -> int:
    count, day = 0, start
    while day < end:
        day += ONE_DAY
        count += _worked(calendar, day)
    while day > end:
        day -= ONE_DAY
        count -= _worked(calendar, day)
    return count


_SPAN = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@settings(deadline=None)
@given(_SPAN, st.integers(-120, 120))
def test_adding_is_walking(day: date, count: int) -> None:
    assert CALENDAR.add_working_days(day, count) == _slow_add(CALENDAR, day, count)


@settings(deadline=None)
@given(_SPAN, _SPAN)
def test_counting_is_walking(start: date, end: date) -> None:
    assert CALENDAR.working_days_between(start, end) == _slow_between(CALENDAR, start, end)


@given(_SPAN, st.integers(1, 250))
def test_counting_gives_back_what_was_added(day: date, count: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, count)) == count
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, -count)) == -count


@given(_SPAN)
def test_neighbours_are_worked_and_nothing_between_is(day: date) -> None:
    before, after = CALENDAR.working_day_before(day), CALENDAR.working_day_after(day)
    assert before < day < after
    assert _worked(CALENDAR, before)
    assert _worked(CALENDAR, after)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert [other for other in between if _worked(CALENDAR, other) and other != day] == []
    assert CALENDAR.last_working_day_until(day) == (day if _worked(CALENDAR, day) else before)
    assert CALENDAR.first_working_day_from(day) == (day if _worked(CALENDAR, day) else after)


@given(
    st.frozensets(st.dates(date(2025, 1, 1), date(2025, 2, 28)), max_size=40),
    st.frozensets(st.dates(date(2025, 1, 1), date(2025, 2, 28)), max_size=8),
    st.dates(date(2025, 1, 1), date(2025, 2, 28)),
    st.dates(date(2025, 1, 1), date(2025, 2, 28)),
)
def test_any_days_off_and_make_up_days_are_counted_as_walked(
    days_off: frozenset[date], make_up: frozenset[date], start: date, end: date
) -> None:
    calendar = WorkingCalendar(date(2025, 1, 1), date(2025, 2, 28), days_off, make_up)
    assert calendar.working_days_between(start, end) == _slow_between(calendar, start, end)


def test_questions_outside_are_refused_with_the_known_span() -> None:
    calendar = vietnamese_working_calendar(first_year=2025, last_year=2025)
    sentence = r"^Lịch làm việc chỉ có từ 01/01/2025 đến 31/12/2025\.$"
    for ask in (
        lambda: calendar.is_working_day(date(2026, 1, 1)),
        lambda: calendar.working_day_before(date(2025, 1, 2)),
        lambda: calendar.working_day_after(date(2025, 12, 31)),
        lambda: calendar.add_working_days(date(2025, 12, 1), 60),
        lambda: calendar.add_working_days(date(2025, 1, 10), -60),
        lambda: calendar.working_days_between(date(2024, 12, 31), date(2025, 1, 2)),
    ):
        with pytest.raises(OutsideWorkingCalendar, match=sentence):
            ask()


def test_an_offices_own_decision_changes_the_calendar() -> None:
    decision = Decision(2027, "Thông báo thử", swaps=(Swap(date(2027, 12, 31), date(2028, 1, 8)),))
    calendar = vietnamese_working_calendar((decision,))
    assert calendar.is_working_day(date(2027, 12, 31)) is False
    assert calendar.is_working_day(date(2028, 1, 8)) is True
    assert calendar.working_day_after(date(2028, 1, 7)) == date(2028, 1, 8)
