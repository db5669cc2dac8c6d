"""Instants in the three notations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from khuevan.plain.feeds.instants import check_instant, http_date, rfc822, rfc3339
from tests.plain.feeds import samples
from tests.plain.feeds.samples import HANOI


def test_instants_are_written_in_the_three_notations() -> None:
    instant = datetime(2026, 3, 5, 9, 30, 0, 999_999, tzinfo=HANOI)
    assert rfc3339(instant) == "2026-03-05T09:30:00+07:00"
    assert rfc822(instant) == "Thu, 05 Mar 2026 09:30:00 +0700"
    assert http_date(instant) == "Thu, 05 Mar 2026 02:30:00 GMT"


def test_instants_west_of_greenwich_keep_their_sign() -> None:
    instant = datetime(2026, 12, 31, 23, 0, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    assert (rfc3339(instant), rfc822(instant)) == (
        "2026-12-31T23:00:00-03:30",
        "Thu, 31 Dec 2026 23:00:00 -0330",
    )


def test_instant_in_a_zone_with_seconds_is_written_in_utc() -> None:
    instant = datetime(1905, 1, 1, 7, 6, 30, tzinfo=timezone(timedelta(hours=7, minutes=6, seconds=30)))
    assert (rfc3339(instant), rfc822(instant)) == (
        "1905-01-01T00:00:00+00:00",
        "Sun, 01 Jan 1905 00:00:00 +0000",
    )


@settings(deadline=None)
@given(samples.instants)
def test_instants_come_back_to_the_second(instant: datetime) -> None:
    second = instant.replace(microsecond=0)
    assert datetime.fromisoformat(rfc3339(instant)) == second
    assert datetime.strptime(rfc822(instant), "%a, %d %b %Y %H:%M:%S %z") == second
    there = datetime.strptime(http_date(instant), "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    assert there == second


def test_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^published_at has no time zone: 2026-03-05T00:00:00\.$"):
        check_instant(datetime(2026, 3, 5), "published_at")


def test_instant_that_no_feed_can_write_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^it lies outside 1900-9998: 1899-12-31T00:00:00\+00:00\.$"):
        check_instant(datetime(1899, 12, 31, tzinfo=UTC), "it")
