"""The lines from forerunners to followers, cut at the rows that they pass: each row draws its own piece.

A line cut at the rows stays where it belongs whatever the height of a row, whichever section is folded, at every
width and over the pages of a printout. A row is 2 high and 366 wide; its bar lies at height 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from khuevan.programme.presenters.timeline import SLOTS

# How far from the end of a bar its line turns, in slots.
TURN = 3


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a bar begins and ends on the axis, in slots from its left edge."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A line from the bar in one band to the bar in another; bands count rows and headings from the top."""

    source: int
    target: int
    before: Ends
    after: Ends
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an arrow: it points RIGHT, LEFT, DOWN or UP, and its tip is at `x`."""

    points: str
    x: int
    broken: bool = False


@dataclass(slots=True)
class Pieces:
    """What of all lines lies in one band: SVG path data of sound and of broken ones, and the heads."""

    sound: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def draw(self, path: str, *, broken: bool) -> None:
        """Adds a piece, once: lines that run together are one line."""
        paths = self.broken if broken else self.sound
        if path not in paths:
            paths.append(path)


def links_of_bands(links: Iterable[Link], bands: int) -> list[Pieces]:
    """The pieces of each band, from the top.

    A line leaves its bar at the end and turns. It comes to a follower that begins later from the left, to one that
    is running then from above or below, and to one that has ended by then from the right.
    """
    found = [Pieces() for _ in range(bands)]
    for link in links:
        _draw(link, found)
    return found


def _draw(link: Link, bands: list[Pieces]) -> None:
    down = link.target > link.source
    leaving, coming = (2, 0) if down else (0, 2)
    turn = min(link.before.end + TURN, SLOTS)
    if link.before.end < link.after.start <= turn:
        # So short a gap leaves no room for the whole turn.
        turn = link.before.end
    if link.after.start > turn:
        last, head = f"M{turn} {coming}V1H{link.after.start}", Head("RIGHT", link.after.start, link.broken)
    elif turn <= link.after.end:
        last, head = f"M{turn} {coming}V1", Head("DOWN" if down else "UP", turn, link.broken)
    else:
        last, head = f"M{turn} {coming}V1H{link.after.end}", Head("LEFT", link.after.end, link.broken)
    bands[link.source].draw(f"M{link.before.end} 1H{turn}V{leaving}", broken=link.broken)
    for passed in range(min(link.source, link.target) + 1, max(link.source, link.target)):
        bands[passed].draw(f"M{turn} 0V2", broken=link.broken)
    bands[link.target].draw(last, broken=link.broken)
    if head not in bands[link.target].heads:
        bands[link.target].heads.append(head)
