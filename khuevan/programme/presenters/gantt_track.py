"""A row of the chart as HTML, written by plain lines: a template takes several times as long for a large plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from khuevan.programme.presenters.gantt_links import Head, Pieces
from khuevan.programme.presenters.timeline import SLOTS


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from grid line `start` to `end`, filled up to line `filled`, late from `end` to `overrun`.

    `tone` is LATE, DONE, RECURS (told by its marks), OPEN (without an end) or empty. Lines that do not lie in this
    order draw nothing: what is before or after the time shown.
    """

    start: int
    end: int
    filled: int
    tone: str = ""
    overrun: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on the bar, at grid line `start`; `words` for who points at it."""

    code: str
    start: int
    words: str


def track_html(bar: Bar, marks: Iterable[Mark], pieces: Pieces) -> SafeString:
    """The track of a row: lines below, then the bar, the marks, the heads of arrows. Hidden from readers of
    the page by ear, for whom the table says the same."""
    # The only strings that are not written here are the marks' words, and they are escaped.
    return mark_safe("".join(_parts(bar, marks, pieces)))  # noqa: S308


def band_html(pieces: Pieces) -> SafeString:
    """The lines that pass a heading, in a track of their own."""
    return mark_safe("".join(_lines(pieces)))  # noqa: S308


def _parts(bar: Bar, marks: Iterable[Mark], pieces: Pieces) -> Iterator[str]:
    yield from _lines(pieces)
    tone = f" pg-gantt-{bar.tone}" if bar.tone else ""
    if bar.end > bar.start:
        yield f'<i class="pg-gantt-bar{tone} from-{bar.start} to-{bar.end}"></i>'
    if bar.filled > bar.start:
        yield f'<i class="pg-gantt-fill{tone} from-{bar.start} to-{bar.filled}"></i>'
    if bar.overrun > bar.end:
        yield f'<i class="pg-gantt-overrun from-{bar.end} to-{bar.overrun}"></i>'
    for mark in marks:
        yield (
            f'<i class="pg-gantt-mark pg-state-{mark.code} from-{mark.start} to-{mark.start + 1}"'
            f' title="{escape(mark.words)}"></i>'
        )
    for head in pieces.heads:
        yield _head(head)


def _lines(pieces: Pieces) -> Iterator[str]:
    for along in pieces.along:
        yield (
            f'<i class="pg-gantt-along{_broken(along.broken)} from-{along.start + 1} to-{along.end + 1}"></i>'
        )
    for down in pieces.down:
        # The last place has no slot after it: there the line is the right edge of the one before.
        edge = " pg-gantt-end" if down.x == SLOTS else ""
        slot = min(down.x + 1, SLOTS)
        yield (
            f'<i class="pg-gantt-down pg-gantt-{down.part}{edge}{_broken(down.broken)}'
            f' from-{slot} to-{slot + 1}"></i>'
        )


def _head(head: Head) -> str:
    """The head in the slot before or after its tip: the stylesheet brings it to the edge."""
    slot = min(head.x + 1, SLOTS) if head.points != "LEFT" else max(head.x, 1)
    return f'<i class="pg-gantt-head pg-gantt-{head.points}{_broken(head.broken)} from-{slot} to-{slot + 1}"></i>'


def _broken(broken: bool) -> str:
    return " pg-gantt-broken" if broken else ""
