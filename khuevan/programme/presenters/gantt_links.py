"""The lines from forerunners to followers, cut at the rows that they pass: each row draws its own pieces.

A line cut at the rows stays where it belongs whatever the height of a row, whichever section is folded, at every
width and over the pages of a printout. Its pieces lie along the middle of a row, or run up and down at a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from khuevan.programme.presenters.timeline import SLOTS

# How far from the end of a bar its line turns, in slots.
TURN = 3

Part = Literal["TOP", "BOTTOM", "WHOLE"]
Direction = Literal["RIGHT", "LEFT", "DOWN", "UP"]


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
class Along:
    """A piece along the middle of a row, from one place to another."""

    start: int
    end: int
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Down:
    """A piece that runs up and down at `x`: through the upper half of the row, the lower, or the whole."""

    x: int
    part: Part
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an arrow; its tip is at `x`."""

    points: Direction
    x: int
    broken: bool = False


@dataclass(slots=True)
class Pieces:
    """What of all lines lies in one band, each piece once: lines that run together are one line."""

    along: list[Along] = field(default_factory=list)
    down: list[Down] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def draw(self, *pieces: Along | Down | Head) -> None:
        """Adds the pieces that are not there yet, and have a length."""
        for piece in pieces:
            match piece:
                case Along():
                    if piece.start < piece.end and piece not in self.along:
                        self.along.append(piece)
                case Down():
                    if piece not in self.down:
                        self.down.append(piece)
                case Head():
                    if piece not in self.heads:
                        self.heads.append(piece)


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
    down, broken = link.target > link.source, link.broken
    leaving: Part = "BOTTOM" if down else "TOP"
    coming: Part = "TOP" if down else "BOTTOM"
    turn = min(link.before.end + TURN, SLOTS)
    if link.before.end < link.after.start <= turn:
        # So short a gap leaves no room for the whole turn.
        turn = link.before.end
    bands[link.source].draw(Along(link.before.end, turn, broken), Down(turn, leaving, broken))
    for passed in range(min(link.source, link.target) + 1, max(link.source, link.target)):
        bands[passed].draw(Down(turn, "WHOLE", broken))
    last = bands[link.target]
    last.draw(Down(turn, coming, broken))
    if link.after.start > turn:
        last.draw(Along(turn, link.after.start, broken), Head("RIGHT", link.after.start, broken))
    elif turn <= link.after.end:
        last.draw(Head("DOWN" if down else "UP", turn, broken))
    else:
        last.draw(Along(link.after.end, turn, broken), Head("LEFT", link.after.end, broken))
