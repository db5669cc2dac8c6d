"""The order in which things can be done: what waits for what, and that nothing waits for itself."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def closes_a_circle(pairs: Iterable[tuple[Thing, Thing]], before: Thing, after: Thing) -> bool:
    """Whether `after` waiting for `before` would make something wait for itself, given these (before, after)."""
    followers: dict[Thing, list[Thing]] = defaultdict(list)
    for first, second in pairs:
        followers[first].append(second)
    seen, ahead = {after}, deque([after])
    while ahead:
        thing = ahead.popleft()
        if thing == before:
            return True
        for follower in followers[thing]:
            if follower not in seen:
                seen.add(follower)
                ahead.append(follower)
    return False


def waiting_for(pairs: Iterable[tuple[Thing, Thing]]) -> dict[Thing, set[Thing]]:
    """For each thing, all things that wait for it, directly or through others. Expects no circle, survives one."""
    followers: dict[Thing, list[Thing]] = defaultdict(list)
    for first, second in pairs:
        followers[first].append(second)
    found: dict[Thing, set[Thing]] = {}
    for thing in list(followers):
        seen: set[Thing] = set()
        ahead = deque(followers[thing])
        while ahead:
            follower = ahead.popleft()
            if follower != thing and follower not in seen:
                seen.add(follower)
                ahead.extend(followers.get(follower, ()))
        found[thing] = seen
    return found
