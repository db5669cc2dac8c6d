"""Which call of a rule is due: working days before and after the deadline, the newest of those that were missed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.reporting.calls import call_day, call_to_make, next_call_day

CALENDAR = vietnamese_working_calendar()
# A Tuesday; the weekend before it is 14 and 15 June.
DUE = date(2025, 6, 17)


def test_calls_lie_on_working_days_around_the_deadline():
    days = {offset: call_day(DUE, offset, CALENDAR) for offset in (-3, -2, -1, 0, 1, 4)}
    assert days == {
        -3: date(2025, 6, 12),
        -2: date(2025, 6, 13),
        -1: date(2025, 6, 16),
        0: DUE,
        1: date(2025, 6, 18),
        4: date(2025, 6, 23),
    }


def test_a_call_on_a_deadline_that_is_a_day_off_comes_before_it():
    assert call_day(date(2025, 6, 15), 0, CALENDAR) == date(2025, 6, 13)


def test_only_the_newest_of_the_missed_calls_is_made_and_none_on_a_day_off():
    offsets = (-2, 0, 1)
    made = [
        call_to_make(offsets, DUE, day, last, CALENDAR)
        for day, last in (
            (date(2025, 6, 12), None),
            (date(2025, 6, 13), None),
            (date(2025, 6, 13), -2),
            (date(2025, 6, 14), -2),
            (DUE, -2),
            (date(2025, 6, 20), None),
            (date(2025, 6, 20), 1),
            (date(2025, 6, 21), None),
        )
    ]
    assert made == [None, -2, None, None, 0, 1, None, None]


def test_the_next_call_lies_after_the_day_and_after_what_was_made():
    following = [
        next_call_day((-2, 0, 1), DUE, day, made, CALENDAR)
        for day, made in (
            (date(2025, 6, 5), None),
            (date(2025, 6, 13), -2),
            (DUE, -2),
            (date(2025, 6, 18), 1),
        )
    ]
    assert following == [date(2025, 6, 13), DUE, date(2025, 6, 18), None]


@given(
    st.sets(st.integers(-9, 9), max_size=5),
    st.dates(date(2024, 1, 1), date(2026, 12, 1)),
    st.sets(st.integers(-20, 20), max_size=30),
)
def test_whatever_days_it_runs_each_call_is_made_at_most_once_and_in_order(offsets, due, runs):
    made: list[int] = []
    for distance in sorted(runs):
        day = due + timedelta(days=distance)
        offset = call_to_make(offsets, due, day, made[-1] if made else None, CALENDAR)
        if offset is not None:
            assert CALENDAR.is_working_day(day)
            assert call_day(due, offset, CALENDAR) <= day
            made.append(offset)
    assert made == sorted(set(made))
    assert set(made) <= offsets
