"""What stands where on a page: pieces of text and ruling lines, in points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Piece:
    """Words that stand together on one baseline; `y` is the baseline, `size` the height of its letters."""

    text: str
    left: float
    right: float
    y: float
    size: float

    @property
    def centre(self) -> float:
        """The middle of the piece between left and right."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruling line: `at` is its x when vertical and its y when horizontal, `start` < `end` along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class RuledTable:
    """A table drawn with ruling lines: its place, the x of its columns, the text of its rows."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: list[tuple[str, ...]]


@dataclass(slots=True)
class Page:
    """One page; `pieces` in any order, without those that stand in `tables`. `pictured`: has images.

    `rules` are the horizontal ruling lines that belong to no table.
    """

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    pictured: bool = False
    rules: list[Edge] = field(default_factory=list)


Row = list[Piece]


def rows_of(pieces: list[Piece]) -> list[Row]:
    """The pieces in rows from top to bottom, each from left to right.

    Pieces whose baselines differ by less than about a third of their height share a row; two that touch
    within a row (a superscript, a change of font) become one.
    """
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.left)):
        if rows and abs(rows[-1][0].y - piece.y) <= 0.35 * max(rows[-1][0].size, piece.size, 6.0):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_merged(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _merged(row: Row) -> Row:
    merged: Row = []
    for piece in row:
        before = merged[-1] if merged else None
        gap = piece.left - before.right if before is not None else 0.0
        if before is None or not -3.0 * piece.size < gap < 0.8 * max(piece.size, before.size):
            merged.append(piece)
            continue
        spaced = gap > 0.15 * piece.size or before.text.endswith(" ") or piece.text.startswith(" ")
        text = before.text.rstrip(" ") + (" " if spaced else "") + piece.text.lstrip(" ")
        larger = before if before.size >= piece.size else piece
        merged[-1] = Piece(
            text, min(before.left, piece.left), max(before.right, piece.right), larger.y, larger.size
        )
    return merged


def text_of(row: Row) -> str:
    """The text of a row; pieces far apart stay apart by three spaces."""
    return "   ".join(piece.text.strip(" ") for piece in row)
