"""A link is dead after several days of failures in a row, and after nothing less."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from khuevan.plain.link_health import Finding, LinkHealth, finding_of_status, health_after

FIRST = datetime(2026, 11, 2, 3, tzinfo=UTC)
LETTERS = {"g": Finding.GOOD, "x": Finding.GONE, "t": Finding.TROUBLED, "u": Finding.UNCHECKED}


def health_of(days: str) -> LinkHealth:
    """The health after one question a day; a dash is a second question on the same day."""
    health, day = LinkHealth(), 0
    for place, letter in enumerate(days):
        if letter == "-":
            continue
        day += place > 0 and days[place - 1] != "-"
        moment = FIRST + timedelta(days=day)
        health = health_after(health, LETTERS[letter], moment, moment.date())
    return health


@pytest.mark.parametrize(
    ("days", "is_dead"),
    [
        ("", False), ("x", False), ("x-x", False), ("xx", True), ("xgx", False), ("xux", False), ("txx", True),
        ("xt", False), ("xtt", False), ("xttt", True), ("tttt", True), ("ttt-t", False), ("tttgt", False),
        ("uuuuu", False), ("xxg", False), ("xxu", False),
    ],
)  # fmt: skip
def test_days_of_failures_in_a_row_make_a_link_dead(days, is_dead):
    assert health_of(days).is_dead(gone_days=2, troubled_days=4) is is_dead


def test_a_row_of_failures_begins_with_the_first():
    second = FIRST + timedelta(days=1)
    assert health_of("tx-x") == LinkHealth(
        failing_since=FIRST, failures=3, failed_days=2, gone_days=1, failed_date=second.date()
    )


@pytest.mark.parametrize(
    ("finding", "statuses"),
    [
        (Finding.GOOD, (200, 204, 206)),
        (Finding.GONE, (404, 410)),
        (Finding.TROUBLED, (408, 425, 500, 502, 503, 599)),
        (Finding.UNCHECKED, (304, 400, 401, 403, 405, 429, 451)),
    ],
)
def test_statuses_say_what_a_reader_would_get(finding, statuses):
    assert {finding_of_status(status) for status in statuses} == {finding}
