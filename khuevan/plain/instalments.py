"""Which instalments a part of a task has when its deadline rule is set or changed: what stays, moves, goes, comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.plain.calendar.deadline_rules import Occurrence


@dataclass(frozen=True, slots=True)
class PresentInstalment:
    """An instalment as it is stored; both days None for one without a day.

    `touched`: somebody has drafted, replied, accepted or cancelled, so that it cannot simply vanish. `settled`:
    nothing is owed any more.
    """

    key: int
    nominal: date | None
    due: date | None
    touched: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class InstalmentChanges:
    """What to do: `make` new ones, `move` these (by key) to other days, `remove` these keys. None: without a day."""

    make: tuple[Occurrence | None, ...]
    move: tuple[tuple[int, Occurrence | None], ...]
    remove: tuple[int, ...]


def instalment_changes(
    present: Iterable[PresentInstalment], wanted: Sequence[Occurrence | None], since: date | None = None
) -> InstalmentChanges:
    """How to come from the present instalments to the wanted days without losing work.

    No two present instalments have one nominal day, and `wanted` are dated days or the single None. `since`: the
    rule is set on that day, and nothing new is asked for by a day before it, unless all its days lie before.

    1. One that falls on the same nominal day stays; where its working day differs it moves, unless it is settled.
    2. Where then exactly one open instalment and one day to ask for are left, the instalment moves there: a
       deadline was put off, and what was reported goes along.
    3. Of several, an open instalment moves to the wanted day that is nearest to it, if that is free and none is
       nearer to it: each quarter's 15th became its 20th. To a day before `since` goes only what was due before it.
    4. What nobody has touched is removed; what somebody has touched stays as it is.
    5. Days without an instalment get one, those before `since` excepted.
    """
    by_nominal = {item.nominal: item for item in present}
    days = {_nominal(day): day for day in wanted}
    if not any(_is_asked(day, since) for day in wanted):
        since = None
    move: list[tuple[int, Occurrence | None]] = [
        (item.key, days[item.nominal])
        for item in by_nominal.values()
        if item.nominal in days and not item.settled and item.due != _due(days[item.nominal])
    ]
    left = [item for item in by_nominal.values() if item.nominal not in days]
    asked = [day for nominal, day in days.items() if nominal not in by_nominal and _is_asked(day, since)]
    open_ones = [item for item in left if not item.settled]
    if len(open_ones) == 1 and len(asked) == 1:
        going = [(open_ones[0], asked[0])]
    else:
        going = [
            pair for pair in _nearest_pairs(open_ones, wanted, since) if _nominal(pair[1]) not in by_nominal
        ]
    taken = {_nominal(day) for _item, day in going}
    gone = {item.key for item, _day in going}
    return InstalmentChanges(
        make=tuple(day for day in asked if _nominal(day) not in taken),
        move=(*move, *((item.key, day) for item, day in going)),
        remove=tuple(
            item.key for item in left if item.key not in gone and not item.touched and not item.settled
        ),
    )


def _nearest_pairs(
    items: Sequence[PresentInstalment], wanted: Sequence[Occurrence | None], since: date | None
) -> list[tuple[PresentInstalment, Occurrence | None]]:
    """The items each with the day to which it is nearest, where no other item is nearer to that day."""
    dated = [day for day in wanted if day is not None]
    if not items or not wanted:
        return []
    if not dated:
        return [(min(items, key=lambda item: (not item.touched, item.nominal or date.min)), None)]
    best: dict[Occurrence, tuple[tuple[int, bool, date], PresentInstalment]] = {}
    for item in items:
        was_due = item.due is not None and since is not None and item.due < since
        open_to = [day for day in dated if was_due or _is_asked(day, since)]
        # One without a day stands where the first day is asked for. Of two days equally near the later one:
        # whoever is behind gets the time.
        at = item.nominal or open_to[0].nominal
        nearest = min(open_to, key=lambda day: (abs(day.nominal - at), -day.nominal.toordinal()))
        rank = (abs(nearest.nominal - at).days, not item.touched, item.nominal or date.min)
        if nearest not in best or rank < best[nearest][0]:
            best[nearest] = (rank, item)
    return [(item, day) for day, (_rank, item) in best.items()]


def _is_asked(day: Occurrence | None, since: date | None) -> bool:
    return day is None or since is None or day.due >= since


def _nominal(day: Occurrence | None) -> date | None:
    return None if day is None else day.nominal


def _due(day: Occurrence | None) -> date | None:
    return None if day is None else day.due
