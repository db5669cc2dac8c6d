"""Walking along a chain of digests and saying, at each step, what does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from khuevan.plain.audit_chain import START, digest


@dataclass(frozen=True, slots=True)
class Finding:
    """One break of the chain in one sentence. `position` is the entry's place in the chain, 0 for none."""

    position: int
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Walk:
    """Where one stands in a chain: the position reached, and the digest that the next step must build on.

    After a break the walk goes on from what the chain itself says, so that one break is told once and those
    behind it are found too.
    """

    def __init__(self) -> None:
        self.position = 0
        self.head = START

    def step(self, body: Mapping[str, Any], written_digest: str) -> Iterator[Finding]:
        """What is wrong with the next line, given without its digest, and with the way to it."""
        position: int = body["position"]
        differs = position > self.position and digest(body) != written_digest
        yield from self.step_over(position, body["previous"], written_digest)
        if differs:
            yield changed(position)

    def step_over(self, position: int, previous: str, written_digest: str) -> Iterator[Finding]:
        """What is wrong with the way to the next position, whose content is not looked at."""
        if position <= self.position:
            yield Finding(
                position,
                f"Position {position} stands after position {self.position}: it was inserted, doubled or moved.",
            )
            return
        if position > self.position + 1:
            yield _missing(self.position + 1, position - 1)
        elif previous != self.head:
            yield Finding(
                position,
                f"Position {position} does not build on the line before it: one of the two was exchanged.",
            )
        self.position, self.head = position, written_digest

    def unread(self, lines: int, next_position: int, next_previous: str) -> None:
        """Takes the positions before the next for the lines that could not be read, where the numbers agree.

        Those lines have been told already; that their positions are missing need not be.
        """
        if lines and next_position == self.position + 1 + lines:
            self.position, self.head = next_position - 1, next_previous


def changed(position: int) -> Finding:
    """What is said of an entry that is not what was linked."""
    return Finding(
        position, f"Position {position} was changed: what it says does not give the digest that it bears."
    )


def _missing(first: int, last: int) -> Finding:
    """What is said of positions that are not there, both ends inclusive."""
    if first == last:
        return Finding(first, f"Position {first} is missing.")
    return Finding(first, f"Positions {first} to {last} are missing.")
