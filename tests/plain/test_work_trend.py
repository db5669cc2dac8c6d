"""The weekly trend: by hand, and against a slow, obvious count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.work_trend import History, WeekFigures, ends_of_weeks, weekly_trend

FRIDAY = date(2025, 11, 14)
DAYS = ends_of_weeks(FRIDAY, 4)


def day_by_day(histories: Iterable[History], days: Sequence[date]) -> tuple[WeekFigures, ...]:
    """The same figures, each instalment asked on each day."""
    found = []
    for day in days:
        late = open_ = done = 0
        for row in histories:
            if row.since is not None and row.since > day:
                continue
            if row.accepted is not None and row.accepted <= day:
                done += row.count
            elif row.due is not None and row.due < day and (row.reported is None or row.reported > day):
                late += row.count
            else:
                open_ += row.count
        found.append(WeekFigures(day, late, open_, done))
    return tuple(found)


def test_days_are_the_sundays_before_today_and_today():
    assert (date(2025, 10, 26), date(2025, 11, 2), date(2025, 11, 9), FRIDAY) == DAYS
    assert len(ends_of_weeks(FRIDAY)) == 12


def test_sunday_is_itself_the_end_of_its_week():
    sunday = date(2025, 11, 16)
    assert ends_of_weeks(sunday, 3) == (date(2025, 11, 2), date(2025, 11, 9), sunday)


def test_monday_looks_at_the_day_before_too():
    monday = date(2025, 11, 17)
    assert ends_of_weeks(monday, 2) == (date(2025, 11, 16), monday)


def test_instalment_reported_late_goes_from_open_over_late_to_done():
    row = History(date(2025, 10, 27), date(2025, 10, 31), date(2025, 11, 5), date(2025, 11, 14))
    assert weekly_trend([row], DAYS) == (
        WeekFigures(DAYS[0], late=0, open=0, done=0),
        WeekFigures(DAYS[1], late=1, open=0, done=0),
        WeekFigures(DAYS[2], late=0, open=1, done=0),
        WeekFigures(DAYS[3], late=0, open=0, done=1),
    )


def test_day_of_the_deadline_is_not_late_yet():
    due_on_sunday, due_the_day_before = (
        History(None, DAYS[1], None, None),
        History(None, DAYS[1] - timedelta(days=1), None, None),
    )
    assert [week.late for week in weekly_trend([due_on_sunday], DAYS)] == [0, 0, 1, 1]
    assert [week.late for week in weekly_trend([due_the_day_before], DAYS)] == [0, 1, 1, 1]


def test_work_without_a_deadline_is_open_until_it_is_done():
    row = History(None, None, FRIDAY, FRIDAY, count=3)
    assert [(week.late, week.open, week.done) for week in weekly_trend([row], DAYS)] == [
        (0, 3, 0), (0, 3, 0), (0, 3, 0), (0, 0, 3),
    ]  # fmt: skip


def test_no_instalments_give_weeks_of_nothing():
    assert weekly_trend([], DAYS) == tuple(WeekFigures(day, 0, 0, 0) for day in DAYS)


near = st.none() | st.integers(-40, 20).map(lambda shift: FRIDAY + timedelta(days=shift))
rows = st.builds(History, near, near, near, near, st.integers(1, 5))


@given(st.lists(rows, max_size=30), st.integers(2, 8))
def test_figures_are_those_of_counting_day_by_day(histories, weeks):
    days = ends_of_weeks(FRIDAY, weeks)
    assert weekly_trend(histories, days) == day_by_day(histories, days)
