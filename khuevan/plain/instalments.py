"""Which instalments a part of a task has when its deadline rule is set or changed: what stays, moves, goes, comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.plain.calendar.deadline_rules import Occurrence


@dataclass(frozen=True, slots=True)
class PresentInstalment:
    """An instalment as it is stored; both days None for one without a day.

    `touched`: somebody has replied, accepted or cancelled it, so that it cannot simply vanish. `settled`: nothing
    is owed any more.
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
    present: Iterable[PresentInstalment], wanted: Sequence[Occurrence | None]
) -> InstalmentChanges:
    """How to come from the present instalments to the wanted days without losing work.

    1. One that falls on the same nominal day stays; where its working day differs it moves.
    2. Where then exactly one open instalment and one wanted day are left, the instalment moves there: a deadline
       was put off, and what was reported goes along.
    3. What nobody has touched is removed; what somebody has touched stays as it is.
    4. Days without an instalment get one.
    """
    by_nominal = {item.nominal: item for item in present}
    missing = [day for day in wanted if _nominal(day) not in by_nominal]
    kept = {_nominal(day): day for day in wanted}
    move: list[tuple[int, Occurrence | None]] = [
        (item.key, kept[item.nominal])
        for item in by_nominal.values()
        if item.nominal in kept and item.due != _due(kept[item.nominal])
    ]
    left = [item for item in by_nominal.values() if item.nominal not in kept]
    open_ones = [item for item in left if not item.settled]
    if len(open_ones) == 1 and len(missing) == 1:
        move.append((open_ones[0].key, missing.pop()))
        left.remove(open_ones[0])
    remove = tuple(item.key for item in left if not item.touched)
    return InstalmentChanges(tuple(missing), tuple(move), remove)


def _nominal(day: Occurrence | None) -> date | None:
    return None if day is None else day.nominal


def _due(day: Occurrence | None) -> date | None:
    return None if day is None else day.due
