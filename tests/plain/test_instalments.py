"""What becomes of instalments when a deadline rule is set: by examples, by promises, and against a slow reference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.calendar.deadline_rules import EachPeriod, EachWeek, Occurrence, occurrences
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.instalments import InstalmentChanges, PresentInstalment, instalment_changes

TODAY = date(2025, 6, 12)


def on(month: int, day: int, shifted: int | None = None) -> Occurrence:
    """A day of 2025, due on another day of the month where it is shifted."""
    return Occurrence(date(2025, month, day), date(2025, month, shifted or day))


def instalment(
    key: int, month: int, day: int, *, touched: bool = False, settled: bool = False
) -> PresentInstalment:
    there = on(month, day)
    return PresentInstalment(key, there.nominal, there.due, touched=touched or settled, settled=settled)


DAYLESS = PresentInstalment(9, None, None)
QUARTERS_15 = [instalment(1, 3, 15), instalment(2, 6, 15), instalment(3, 9, 15), instalment(4, 12, 15)]
QUARTERS_20 = [on(3, 20), on(6, 20), on(9, 20), on(12, 20)]


@pytest.mark.parametrize(
    ("present", "wanted", "since", "changes"),
    [
        pytest.param([], [on(3, 15), on(6, 15)], None, InstalmentChanges((on(3, 15), on(6, 15)), (), ()), id="new"),
        pytest.param([DAYLESS], [None], TODAY, InstalmentChanges((), (), ()), id="without a day stays"),
        pytest.param(
            [instalment(1, 6, 15)], [on(6, 15, 13)], None, InstalmentChanges((), ((1, on(6, 15, 13)),), ()),
            id="another working day",
        ),
        pytest.param(
            [instalment(1, 6, 15, settled=True)], [on(6, 15, 13)], None, InstalmentChanges((), (), ()),
            id="what is done keeps its day",
        ),
        pytest.param(
            [instalment(1, 6, 1, touched=True)], [on(6, 30)], TODAY, InstalmentChanges((), ((1, on(6, 30)),), ()),
            id="put off with what was reported",
        ),
        pytest.param(
            [instalment(1, 6, 30)], [on(5, 1)], TODAY, InstalmentChanges((), ((1, on(5, 1)),), ()),
            id="an officer may say a day that has passed",
        ),
        pytest.param(
            [instalment(1, 6, 1, settled=True)], [on(9, 1)], TODAY, InstalmentChanges((on(9, 1),), (), ()),
            id="another day for what was done",
        ),
        pytest.param(
            QUARTERS_15, QUARTERS_20, TODAY,
            InstalmentChanges((), ((1, on(3, 20)), (2, on(6, 20)), (3, on(9, 20)), (4, on(12, 20))), ()),
            id="each quarter's 15th became its 20th; what was late stays late",
        ),
        pytest.param(
            [instalment(1, 3, 15, settled=True), instalment(2, 6, 15, touched=True), *QUARTERS_15[2:]],
            QUARTERS_20, TODAY,
            InstalmentChanges((), ((2, on(6, 20)), (3, on(9, 20)), (4, on(12, 20))), ()),
            id="what was done is not asked for again",
        ),
        pytest.param(
            [instalment(2, 6, 15), *QUARTERS_15[2:]], [on(3, 5), on(6, 5), on(9, 5), on(12, 5)], TODAY,
            InstalmentChanges((), ((3, on(9, 5)), (4, on(12, 5))), (2,)),
            id="nobody becomes late by a day that was set when it had passed",
        ),
        pytest.param(
            [DAYLESS], [on(3, 15), on(6, 15), on(9, 15)], TODAY,
            InstalmentChanges((on(9, 15),), ((9, on(6, 15)),), ()),
            id="the one without a day becomes the first that is asked for",
        ),
        pytest.param(
            [instalment(1, 3, 15, settled=True), instalment(2, 6, 15, touched=True), *QUARTERS_15[2:]],
            [None], TODAY, InstalmentChanges((), ((2, None),), (3, 4)),
            id="no deadline any more: the one in work goes on without a day",
        ),
        pytest.param(
            [instalment(5, 5, 31, settled=True), instalment(6, 6, 30, touched=True), instalment(7, 7, 31)],
            [on(6, 15), on(9, 15)], TODAY,
            InstalmentChanges((), ((6, on(6, 15)), (7, on(9, 15))), ()),
            id="monthly becomes quarterly: each to the quarter's day nearest to it",
        ),
        pytest.param(
            [instalment(1, 6, 13, touched=True), instalment(2, 6, 20), instalment(3, 6, 27)], [on(6, 30)], TODAY,
            InstalmentChanges((), ((3, on(6, 30)),), (2,)),
            id="weekly becomes monthly: what somebody has touched stays",
        ),
        pytest.param(
            [instalment(1, 3, 15)], [on(1, 5), on(2, 5)], TODAY, InstalmentChanges((on(1, 5),), ((1, on(2, 5)),), ()),
            id="where all days have passed they are asked for all the same",
        ),
        pytest.param([instalment(1, 3, 15)], [], TODAY, InstalmentChanges((), (), (1,)), id="no day at all"),
    ],
)  # fmt: skip
def test_changes(
    present: list[PresentInstalment],
    wanted: list[Occurrence | None],
    since: date | None,
    changes: InstalmentChanges,
) -> None:
    assert instalment_changes(present, wanted, since) == changes


# Near each other, so that days coincide, tie and compete.
days = st.integers(0, 60).map(lambda number: date(2025, 5, 15) + timedelta(days=number))


@st.composite
def wanted_days(draw: st.DrawFn) -> list[Occurrence | None]:
    if draw(st.booleans()) and draw(st.booleans()):
        return [None]
    nominals = draw(st.lists(days, unique=True, max_size=6))
    return [Occurrence(day, day - timedelta(days=draw(st.integers(-3, 3)))) for day in sorted(nominals)]


@st.composite
def present_instalments(draw: st.DrawFn) -> list[PresentInstalment]:
    nominals = draw(st.lists(st.none() | days, unique=True, max_size=6))
    found = []
    for key, nominal in enumerate(nominals):
        state = draw(st.sampled_from(["waiting", "touched", "settled"]))
        due = None if nominal is None else nominal - timedelta(days=draw(st.integers(0, 2)))
        found.append(PresentInstalment(key, nominal, due, state != "waiting", state == "settled"))
    return found


sinces = st.none() | days


def after(present: Sequence[PresentInstalment], changes: InstalmentChanges) -> list[PresentInstalment]:
    """The instalments once the changes are carried out, new ones with keys from 100."""
    moved = dict(changes.move)
    kept = [
        PresentInstalment(item.key, *_days(moved[item.key]), item.touched, item.settled)
        if item.key in moved
        else item
        for item in present
        if item.key not in changes.remove
    ]
    return kept + [PresentInstalment(100 + n, *_days(day)) for n, day in enumerate(changes.make)]


def _days(day: Occurrence | None) -> tuple[date | None, date | None]:
    return (None, None) if day is None else (day.nominal, day.due)


@given(present_instalments(), wanted_days(), sinces)
def test_no_work_is_lost_and_every_day_that_is_asked_for_has_its_instalment(
    present: list[PresentInstalment], wanted: list[Occurrence | None], since: date | None
) -> None:
    changes = instalment_changes(present, wanted, since)
    then = after(present, changes)
    # What somebody has touched is still there, and what is settled is exactly as it was.
    assert {item.key for item in present if item.touched} <= {item.key for item in then}
    assert [item for item in present if item.settled] == [item for item in then if item.settled]
    # No two stand on one day: the database would refuse them.
    assert len({item.nominal for item in then}) == len(then)
    all_passed = all(day is not None and since is not None and day.due < since for day in wanted)
    for day in wanted:
        if day is None or since is None or all_passed or day.due >= since:
            assert _days(day)[0] in {item.nominal for item in then}
    # Open ones stand on the working day of the rule, or are what somebody has touched.
    dues = {_days(day) for day in wanted}
    assert all(item.touched or (item.nominal, item.due) in dues for item in then)


@given(present_instalments(), wanted_days(), sinces)
def test_nothing_new_is_asked_for_by_a_day_that_has_passed(
    present: list[PresentInstalment], wanted: list[Occurrence | None], since: date | None
) -> None:
    if since is None or not any(day is None or day.due >= since for day in wanted):
        return
    changes = instalment_changes(present, wanted, since)
    assert all(day is None or day.due >= since for day in changes.make)
    by_key = {item.key: item for item in present}
    for key, day in changes.move:
        item = by_key[key]
        stays = day is not None and item.nominal == day.nominal
        assert stays or day is None or day.due >= since or (item.due is not None and item.due < since)


@given(present_instalments(), wanted_days(), sinces)
def test_setting_the_same_rule_again_changes_nothing(
    present: list[PresentInstalment], wanted: list[Occurrence | None], since: date | None
) -> None:
    then = after(present, instalment_changes(present, wanted, since))
    assert instalment_changes(then, wanted, since) == InstalmentChanges((), (), ())


def reference(
    present: Sequence[PresentInstalment], wanted: Sequence[Occurrence | None], since: date | None
) -> InstalmentChanges:
    """The five promises, each looked up anew for each instalment and each day."""
    if since is not None and all(day is not None and day.due < since for day in wanted):
        since = None

    def is_asked(day: Occurrence | None) -> bool:
        return day is None or since is None or day.due >= since

    def stands_on(day: Occurrence | None) -> list[PresentInstalment]:
        return [item for item in present if item.nominal == _days(day)[0]]

    def fits(item: PresentInstalment) -> bool:
        return any(item in stands_on(day) for day in wanted)

    def goal(item: PresentInstalment) -> Occurrence | None:
        """The day to which the instalment is nearest, of those to which it may go."""
        ranked = []
        for day in wanted:
            if day is None:
                return None
            if not is_asked(day) and not (since is not None and item.due is not None and item.due < since):
                continue
            at = item.nominal or min(
                other.nominal for other in wanted if other is not None and is_asked(other)
            )
            ranked.append((abs((day.nominal - at).days), -day.nominal.toordinal(), day))
        return min(ranked)[2]

    def far(item: PresentInstalment, day: Occurrence | None) -> tuple[int, bool, date]:
        days_between = 0
        if day is not None:
            at = item.nominal or min(
                other.nominal for other in wanted if other is not None and is_asked(other)
            )
            days_between = abs((day.nominal - at).days)
        return days_between, not item.touched, item.nominal or date.min

    shifted = [
        (item.key, day)
        for item in present
        for day in wanted
        if item in stands_on(day) and not item.settled and item.due != _days(day)[1]
    ]
    movable = [item for item in present if not fits(item) and not item.settled]
    free = [day for day in wanted if not stands_on(day) and is_asked(day)]
    going: dict[int, Occurrence | None] = {}
    if len(movable) == 1 and len(free) == 1:
        going[movable[0].key] = free[0]
    elif wanted:
        for item in movable:
            day = goal(item)
            rivals = [other for other in movable if goal(other) == day]
            if not stands_on(day) and far(item, day) == min(far(other, day) for other in rivals):
                going[item.key] = day
    return InstalmentChanges(
        tuple(day for day in free if day not in going.values()),
        tuple(shifted + list(going.items())),
        tuple(item.key for item in present if not fits(item) and not item.touched and item.key not in going),
    )


@given(present_instalments(), wanted_days(), sinces)
def test_changes_are_those_of_the_slow_reference(
    present: list[PresentInstalment], wanted: list[Occurrence | None], since: date | None
) -> None:
    found, expected = instalment_changes(present, wanted, since), reference(present, wanted, since)
    assert (found.make, sorted(found.move), sorted(found.remove)) == (
        expected.make, sorted(expected.move), sorted(expected.remove),
    )  # fmt: skip


@given(st.integers(1, 28), st.integers(1, 28), st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_a_rule_of_the_same_pace_asks_for_no_quarter_twice(first: int, second: int, since: date) -> None:
    """Whatever day of the quarter's last month becomes whatever other, each quarter keeps its one instalment."""
    calendar = vietnamese_working_calendar()
    year = (date(2025, 1, 1), date(2025, 12, 31))
    before = occurrences(EachPeriod("QUARTER", 3, first), *year, calendar)
    present = [PresentInstalment(n, day.nominal, day.due, touched=n % 2 == 0) for n, day in enumerate(before)]
    wanted = occurrences(EachPeriod("QUARTER", 3, second), *year, calendar)
    then = after(present, instalment_changes(present, wanted, since))
    quarters = [item.nominal.month for item in then if item.nominal]
    assert len(quarters) == len(set(quarters))
    # A quarter drops out only where its new day had passed before its old one.
    missing = {3, 6, 9, 12} - set(quarters)
    assert all(
        old.due >= since > new.due and not item.touched
        for old, new, item in zip(before, wanted, present, strict=True)
        if new.nominal.month in missing
    )


def test_weekly_on_another_weekday_keeps_every_week_and_the_report_in_work() -> None:
    calendar = vietnamese_working_calendar()
    span = (date(2025, 6, 2), date(2025, 7, 27))
    fridays = occurrences(EachWeek(5, "NONE"), *span, calendar)
    present = [PresentInstalment(n, day.nominal, day.due, touched=n < 3) for n, day in enumerate(fridays)]
    changes = instalment_changes(present, occurrences(EachWeek(2, "NONE"), *span, calendar), TODAY)
    then = after(present, changes)
    assert (changes.make, changes.remove) == ((), ())
    # Tuesday the 10th had passed when the rule was set on Thursday: this week's report stays due on Friday the 13th.
    assert [item.nominal.isoformat()[5:] for item in then if item.nominal] == [
        "06-03", "06-13", "06-17", "06-24", "07-01", "07-08", "07-15", "07-22",
    ]  # fmt: skip
