"""The days of reminders, against a reference that walks day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.reminder_ladder import TARGETS, Call, Rung, calls

CALENDAR = vietnamese_working_calendar()
DUE = date(2025, 9, 3)  # the first working day after National Day, a Wednesday
LADDER = (Rung(1, -5, "UNIT"), Rung(2, 0, "UNIT"), Rung(3, 3, "HEAD"), Rung(4, 10, "DEPUTY", 10))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Five working days before 3 September: 30 August to 2 September are days off.
        (date(2025, 8, 25), [(-5, "UNIT")]),
        (date(2025, 8, 26), []),
        (date(2025, 9, 3), [(0, "UNIT")]),
        (date(2025, 9, 8), [(3, "HEAD")]),
        (date(2025, 9, 17), [(10, "DEPUTY")]),
        (date(2025, 10, 1), [(20, "DEPUTY")]),
    ],
)
def test_rung_falls_on_its_working_day(day, expected):
    found = calls(LADDER, DUE, day - timedelta(days=1), day, CALENDAR)
    assert [(call.offset, call.rung.target) for call in found] == expected


def test_after_a_closure_each_target_hears_the_last_of_what_it_missed():
    rungs = (Rung(1, -5, "UNIT"), Rung(2, -1, "UNIT"), Rung(3, 0, "UNIT"), Rung(4, 0, "HEAD"))
    assert calls(rungs, DUE, date(2025, 8, 20), DUE, CALENDAR) == (
        Call(DUE, rungs[2], 0),
        Call(DUE, rungs[3], 0),
    )


def test_deadline_on_a_day_off_is_called_on_the_working_day_before():
    sunday = date(2025, 6, 15)
    assert calls((Rung(1, 0, "UNIT"),), sunday, date(2025, 6, 12), date(2025, 6, 13), CALENDAR) == (
        Call(date(2025, 6, 13), Rung(1, 0, "UNIT"), 0),
    )


def reference(rungs, due, after, until):
    """Every call by walking working days one by one, the latest of each target."""
    found = []
    for rung in rungs:
        offsets = [rung.offset]
        if rung.repeat_every:
            offsets += [rung.offset + n * rung.repeat_every for n in range(1, 400)]
        for offset in offsets:
            day, left = due, abs(offset)
            if offset == 0:
                while not CALENDAR.is_working_day(day):
                    day -= timedelta(days=1)
            while left:
                day += timedelta(days=1 if offset > 0 else -1)
                left -= CALENDAR.is_working_day(day)
            if after < day <= until:
                found.append(Call(day, rung, offset))
            if day > until:
                break
    return tuple(
        max((call for call in found if call.rung.target == target), key=lambda call: (call.day, call.offset))
        for target in TARGETS
        if any(call.rung.target == target for call in found)
    )


@given(
    st.lists(
        st.tuples(st.integers(-10, 30), st.sampled_from(TARGETS), st.one_of(st.none(), st.integers(1, 12))),
        max_size=5,
        unique_by=lambda rung: rung[:2],
    ),
    st.dates(date(2024, 6, 1), date(2026, 6, 1)),
    st.integers(-20, 200),
    st.integers(0, 30),
)
def test_calls_agree_with_walking_day_by_day(raw, due, distance, span):
    rungs = [
        Rung(key, offset, target, again if offset >= 0 else None)
        for key, (offset, target, again) in enumerate(raw)
    ]
    until = due + timedelta(days=distance)
    after = until - timedelta(days=span)
    found = calls(rungs, due, after, until, CALENDAR)
    assert [(call.day, call.offset, call.rung.target) for call in found] == [
        (call.day, call.offset, call.rung.target) for call in reference(rungs, due, after, until)
    ]
