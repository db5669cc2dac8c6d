"""Which unfinished things hold up the most others."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from khuevan.plain.precedence import waiting_for

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Blocking(Generic[Thing]):
    """One thing, how many others wait for it directly or through others, and how many steps those have."""

    thing: Thing
    waiting: int
    steps: int


def most_blocking(
    pairs: Iterable[tuple[Thing, Thing]],
    steps: Mapping[Thing, int],
    count: int,
    among: Collection[Thing] | None = None,
) -> list[Blocking[Thing]]:
    """The `count` things for which most others wait, then most of their steps, then the first in their order.

    `pairs` are (before, after), both unfinished: what is done holds nobody up and is held up by nobody. `among`
    narrows whom to look at, not what waits. `steps`: the unfinished steps of each thing.
    """
    found = [
        Blocking(thing, len(waiting), sum(steps.get(other, 0) for other in waiting))
        for thing, waiting in waiting_for(pairs).items()
        if among is None or thing in among
    ]
    # Sorting keeps the order of those that are equal.
    return sorted(found, key=lambda one: (-one.waiting, -one.steps))[:count]
