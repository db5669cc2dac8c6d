"""When jobs come back, on the office's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from khuevan.background.rhythm import DailyAt, Every

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HALF_PAST_SEVEN = DailyAt(time(7, 30))


def hanoi(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 3, day, hour, minute, tzinfo=HANOI)


def test_job_of_an_interval_is_due_at_once_and_then_an_interval_after_its_last_look():
    rhythm = Every(timedelta(minutes=5))
    assert rhythm.first(hanoi(3, 9), HANOI) == hanoi(3, 9)
    assert rhythm.following(hanoi(3, 9, 7), HANOI) == hanoi(3, 9, 12)


def test_missed_runs_of_an_interval_become_one():
    rhythm = Every(timedelta(minutes=5))
    assert rhythm.is_worth_running(hanoi(1, 9), hanoi(3, 9), HANOI)
    assert rhythm.following(hanoi(3, 9), HANOI) == hanoi(3, 9, 5)


@pytest.mark.parametrize(
    ("now", "following"),
    [
        (hanoi(3, 6), hanoi(3, 7, 30)),
        (hanoi(3, 7, 30), hanoi(4, 7, 30)),
        (hanoi(3, 23, 59), hanoi(4, 7, 30)),
        # Half past midnight in Hà Nội is still the day before in UTC.
        (datetime(2025, 3, 3, 17, 30, tzinfo=UTC), hanoi(4, 7, 30)),
    ],
)
def test_daily_job_is_due_at_its_time_of_the_offices_clock(now, following):
    assert HALF_PAST_SEVEN.following(now, HANOI) == following
    assert HALF_PAST_SEVEN.first(now, HANOI) == following


@pytest.mark.parametrize(
    ("now", "worth"),
    [
        (hanoi(3, 7, 30), True),
        (hanoi(3, 16), True),
        # The day after, before its time: that day's own run is to come.
        (hanoi(4, 3), False),
        (hanoi(4, 7, 29), False),
        (hanoi(4, 9), True),
        (hanoi(9, 9), True),
    ],
)
def test_daily_job_that_was_missed_runs_later_on_a_day_but_not_before_its_time(now, worth):
    assert HALF_PAST_SEVEN.is_worth_running(hanoi(3, 7, 30), now, HANOI) is worth


def test_daily_job_just_before_midnight_may_be_a_little_late():
    late = DailyAt(time(23, 59))
    assert late.is_worth_running(hanoi(3, 23, 59), hanoi(4, 0, 5), HANOI)
    assert not late.is_worth_running(hanoi(3, 23, 59), hanoi(4, 1), HANOI)


def test_daily_job_follows_a_clock_that_is_put_forward():
    berlin = ZoneInfo("Europe/Berlin")
    night_of_the_change = datetime(2025, 3, 29, 12, tzinfo=berlin)
    assert HALF_PAST_SEVEN.following(night_of_the_change, berlin) == datetime(
        2025, 3, 30, 7, 30, tzinfo=berlin
    )
