"""How much was late, open and done at the end of each week, counted back from the days that are stored now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

WEEKS = 12


@dataclass(frozen=True, slots=True)
class History:
    """The days of `count` instalments that share them; None for a day that has not come or was never set.

    `since` is the day from which they are owed, None for ever; `reported` the day of the report that waits or was
    accepted, `accepted` the day of its acceptance.
    """

    since: date | None
    due: date | None
    reported: date | None
    accepted: date | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """How many instalments stood how in the evening of `day`; each counts once."""

    day: date
    late: int
    open: int
    done: int


def ends_of_weeks(today: date, count: int = WEEKS) -> tuple[date, ...]:
    """The `count` days to look at, the oldest first: the Sundays before `today`, and `today` itself."""
    last_sunday = today - timedelta(days=today.isoweekday())
    sundays = (last_sunday - timedelta(weeks=back) for back in range(count - 2, -1, -1))
    return (*sundays, today)


def weekly_trend(histories: Iterable[History], days: Sequence[date]) -> tuple[WeekFigures, ...]:
    """The figures of each of the days, which rise. On a day an instalment is

    1. done, where its report was accepted by that day;
    2. late, where its deadline had passed by then and no report had been made;
    3. open otherwise: not yet due, or reported and waiting;
    4. not counted, where it was not owed yet.

    A report that was returned later has left no day behind, so it counts as never made.
    """
    # What changes on a day, to be summed up from the first on.
    owed, late, done = ([0] * (len(days) + 1) for _ in range(3))
    for row in histories:
        begin = 0 if row.since is None else bisect_left(days, row.since)
        owed[begin] += row.count
        end = len(days)
        if row.accepted is not None:
            end = max(begin, bisect_left(days, row.accepted))
            done[end] += row.count
        if row.due is not None:
            first = max(begin, bisect_right(days, row.due))
            last = end if row.reported is None else min(end, bisect_left(days, row.reported))
            if first < last:
                late[first] += row.count
                late[last] -= row.count
    sums = zip(days, accumulate(owed), accumulate(late), accumulate(done), strict=False)
    return tuple(
        WeekFigures(day, behind, all_owed - behind - ready, ready) for day, all_owed, behind, ready in sums
    )
