"""Tables that are drawn with ruling lines: from the lines to a grid, from the grid to rows of cells."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from khuevan.plain.official_documents.extraction.page_geometry import (
    Edge,
    Piece,
    RuledTable,
    rows_of,
    text_of,
)

_NEAR: Final = 3.0  # points: lines this close are the same line, ends this close meet
_SHORTEST: Final = 8.0
_MOST_CROSSINGS: Final = 400_000
_MOST_CELLS: Final = 20_000


@dataclass(slots=True)
class Grid:
    """A table's lines and, for each elementary cell, the number of the cell that it is part of."""

    xs: list[float]
    ys: list[float]
    cells: list[list[int]]
    texts: dict[int, list[Piece]] = field(default_factory=dict)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies within the outer lines."""
        return self.xs[0] - _NEAR <= x <= self.xs[-1] + _NEAR and self.ys[0] <= y <= self.ys[-1] + _NEAR

    def cell_at(self, x: float, y: float) -> int:
        """The number of the cell at a point; a point beyond the outer lines belongs to the nearest cell."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.cells[row][column]

    def put(self, cell: int, piece: Piece) -> None:
        """Adds a piece of a line to a cell."""
        self.texts.setdefault(cell, []).append(piece)

    def table(self) -> RuledTable | None:
        """The table with what was put in; None where nothing was.

        A merged cell's text stands at its upper left, its other places are empty. Rows and columns in
        which no cell begins are left out.
        """
        begins: dict[int, tuple[int, int]] = {}
        for row, numbers in enumerate(self.cells):
            for column, number in enumerate(numbers):
                begins.setdefault(number, (row, column))
        rows = sorted({row for row, _ in begins.values()})
        columns = sorted({column for _, column in begins.values()})
        texts = {number: _joined(pieces) for number, pieces in self.texts.items()}
        if not any(texts.values()):
            return None
        written = [
            tuple(
                texts.get(self.cells[row][column], "")
                if begins[self.cells[row][column]] == (row, column)
                else ""
                for column in columns
            )
            for row in rows
        ]
        return RuledTable(self.ys[0], self.ys[-1], tuple(self.xs[column] for column in columns), written)


def grids_of(horizontal: Iterable[Edge], vertical: Iterable[Edge]) -> list[Grid]:
    """The grids that the ruling lines of a page form, from top to bottom; single boxes are none."""
    across, upright = _merged(horizontal), _merged(vertical)
    if len(across) < 2 or len(upright) < 2 or len(across) * len(upright) > _MOST_CROSSINGS:
        return []
    grids = []
    for group_across, group_upright in _connected(across, upright):
        ys, xs = _positions(group_across), _positions(group_upright)
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
            continue
        cells = _cells(xs, ys, group_across, group_upright)
        if len({number for row in cells for number in row}) > 1:
            grids.append(Grid(xs, ys, cells))
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """Edges on the same line that touch as one; what stays too short is no ruling line."""
    merged: list[Edge] = []
    line: list[Edge] = []

    def flush() -> None:
        at = sum(edge.at for edge in line) / len(line)
        start = end = None
        for edge in sorted(line, key=lambda edge: edge.start):
            if start is None or end is None:
                start, end = edge.start, edge.end
            elif edge.start <= end + _NEAR:
                end = max(end, edge.end)
            else:
                merged.append(Edge(at, start, end))
                start, end = edge.start, edge.end
        if start is not None and end is not None:
            merged.append(Edge(at, start, end))

    for edge in sorted(edges, key=lambda edge: edge.at):
        if line and edge.at - line[-1].at > _NEAR:
            flush()
            line = []
        line.append(edge)
    if line:
        flush()
    return [edge for edge in merged if edge.end - edge.start >= _SHORTEST]


def _connected(across: list[Edge], upright: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """The groups of lines that cross or meet one another."""
    parents = list(range(len(across) + len(upright)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for i, flat in enumerate(across):
        for j, steep in enumerate(upright, start=len(across)):
            if (
                flat.start - _NEAR <= steep.at <= flat.end + _NEAR
                and steep.start - _NEAR <= flat.at <= steep.end + _NEAR
            ):
                parents[root(j)] = root(i)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, flat in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(flat)
    for j, steep in enumerate(upright, start=len(across)):
        groups.setdefault(root(j), ([], []))[1].append(steep)
    return list(groups.values())


def _positions(edges: list[Edge]) -> list[float]:
    positions: list[float] = []
    for at in sorted(edge.at for edge in edges):
        if not positions or at - positions[-1] > _NEAR:
            positions.append(at)
    return positions


def _cells(xs: list[float], ys: list[float], across: list[Edge], upright: list[Edge]) -> list[list[int]]:
    """For each elementary cell the number of its cell: neighbours without a line between are one."""
    numbers = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]

    def walled(edges: list[Edge], at: float, along: float) -> bool:
        return any(abs(edge.at - at) <= _NEAR and edge.start <= along <= edge.end for edge in edges)

    right = [[walled(upright, x, (top + low) / 2) for x in xs[1:-1]] for top, low in _pairs(ys)]
    below = [[walled(across, y, (left + far) / 2) for left, far in _pairs(xs)] for y in ys[1:-1]]
    following = 0
    for row in range(len(numbers)):
        for column in range(len(numbers[0])):
            if numbers[row][column] >= 0:
                continue
            open_cells = [(row, column)]
            numbers[row][column] = following
            while open_cells:
                r, c = open_cells.pop()
                neighbours = []
                if c + 1 < len(xs) - 1 and not right[r][c]:
                    neighbours.append((r, c + 1))
                if c > 0 and not right[r][c - 1]:
                    neighbours.append((r, c - 1))
                if r + 1 < len(ys) - 1 and not below[r][c]:
                    neighbours.append((r + 1, c))
                if r > 0 and not below[r - 1][c]:
                    neighbours.append((r - 1, c))
                for r, c in neighbours:
                    if numbers[r][c] < 0:
                        numbers[r][c] = following
                        open_cells.append((r, c))
            following += 1
    return numbers


def _pairs(values: list[float]) -> list[tuple[float, float]]:
    return list(itertools.pairwise(values))


def _joined(pieces: list[Piece]) -> str:
    """The lines of a cell from top to bottom, apart by a line feed."""
    lines = (" ".join(text_of(row).split()) for row in rows_of(pieces))
    return "\n".join(line for line in lines if line)
