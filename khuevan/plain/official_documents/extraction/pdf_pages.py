"""Pages of a PDF through pdfium: where its words and ruling lines stand."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from khuevan.plain.official_documents.extraction import messages
from khuevan.plain.official_documents.extraction.characters import clean
from khuevan.plain.official_documents.extraction.page_geometry import Edge, Page, Piece
from khuevan.plain.official_documents.extraction.ruled_tables import Grid, grids_of
from khuevan.plain.official_documents.limits import Deadline, Limits
from khuevan.plain.official_documents.warnings import UNREADABLE_PAGE

# pdfium keeps global state and is not safe for threads: one document at a time in this process.
PDFIUM: Final = threading.Lock()

_HYPHENS: Final = "\x02\ufffe"
_LINE: Final = re.compile(rf"[^\r\n{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_MOST_OBJECTS: Final = 200_000
_MOST_SEGMENTS: Final = 5_000
_THIN: Final = 3.0
_HEAD_SHARE: Final = 0.35


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF in `data`, open while the block runs; refuses one that is damaged, locked or too long."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise messages.unreadable(messages.ENCRYPTED_PDF if locked else messages.BROKEN_PDF) from None
        try:
            if len(document) == 0:
                raise messages.unreadable(messages.BROKEN_PDF)
            if len(document) > limits.pages:
                raise messages.unreadable(messages.TOO_MANY_PAGES, pages=limits.pages)
            yield document
        finally:
            document.close()


def read_pages(data: bytes, limits: Limits, deadline: Deadline) -> tuple[list[Page], tuple[str, ...]]:
    """All pages with their words and ruled tables, and what to warn about."""
    pages: list[Page] = []
    warnings: list[str] = []
    characters = 0
    with opened(data, limits) as document:
        for index in range(len(document)):
            if deadline.passed:
                raise messages.unreadable(messages.TOO_SLOW, seconds=round(limits.seconds))
            try:
                page, count = _read_page(document, index, limits)
            except pypdfium2.PdfiumError:
                warnings.append(UNREADABLE_PAGE.format(page=index + 1))
                continue
            characters += count
            if characters > limits.characters:
                raise messages.unreadable(messages.TOO_MUCH_TEXT, characters=limits.characters)
            pages.append(page)
    if not pages:
        raise messages.unreadable(messages.BROKEN_PDF)
    return pages, tuple(warnings)


def _read_page(document: pypdfium2.PdfDocument, index: int, limits: Limits) -> tuple[Page, int]:
    handle = document[index]
    try:
        width, height = handle.get_size()
        page = Page(index + 1, width, height)
        space = _PageSpace(handle)
        horizontal, vertical, page.pictured = _drawn(handle, space)
        grids = grids_of(horizontal, vertical)
        page.rules = [
            edge
            for edge in horizontal
            if not any(grid.holds((edge.start + edge.end) / 2, edge.at) for grid in grids)
        ]
        text = handle.get_textpage()
        try:
            if text.count_chars() > limits.characters:
                raise messages.unreadable(messages.TOO_MUCH_TEXT, characters=limits.characters)
            reader = _TextReader(text, space)
            page.pieces = reader.pieces(page, grids)
            count = reader.count
        finally:
            text.close()
        page.tables = [table for grid in grids if (table := grid.table()) is not None]
        return page, count
    finally:
        handle.close()


class _PageSpace:
    """Turns pdfium's coordinates (from the bottom left, before rotation) into those of `Page`."""

    def __init__(self, handle: pypdfium2.PdfPage) -> None:
        width, height = handle.get_size()
        self._rotation = handle.get_rotation()
        self._width, self._height = (height, width) if self._rotation in (90, 270) else (width, height)
        box = handle.get_bbox()
        self._left, self._bottom = box[0], box[1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point, counted from the top left corner of the page as it is shown."""
        x, y = x - self._left, y - self._bottom
        if self._rotation == 90:
            return y, x
        if self._rotation == 180:
            return self._width - x, y
        if self._rotation == 270:
            return self._height - y, self._width - x
        return x, self._height - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a box as it is shown."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


class _TextReader:
    """The words of one page, asked character by character only where that is needed: calls are slow."""

    def __init__(self, text: pypdfium2.PdfTextPage, space: _PageSpace) -> None:
        self._raw: Any = text.raw
        self._space = space
        self.count: int = max(0, pdfium.FPDFText_CountChars(self._raw))
        buffer = (ctypes.c_ushort * (self.count * 2 + 2))()
        written = pdfium.FPDFText_GetText(self._raw, 0, self.count, buffer) if self.count else 0
        units = bytes(memoryview(buffer).cast("B")[: max(0, written - 1) * 2])
        self._text = units.decode("utf-16-le", "replace")
        if len(self._text) * 2 != len(units):
            # Characters beyond the basic plane would shift all places: one mark for each half of them.
            self._text = "".join(
                chr(unit) if not 0xD800 <= unit < 0xE000 else "\ufffd" for unit in memoryview(units).cast("H")
            )
        self._same_places = len(self._text) == self.count
        self._rectangle = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def pieces(self, page: Page, grids: list[Grid]) -> list[Piece]:
        """The words of the page outside of `grids`; those inside are put into their cells."""
        lines: list[tuple[int, int, Piece]] = []
        for match in _LINE.finditer(self._text):
            line = match.group()
            start = match.start() + len(line) - len(line.lstrip())
            end = match.end() - (len(line) - len(line.rstrip()))
            if start >= end:
                continue
            piece = self._piece(start, end)
            if piece is None:
                continue
            for grid in grids:
                if grid.holds(piece.centre, piece.y - piece.size / 4):
                    self._fill(grid, start, end, piece)
                    break
            else:
                lines.append((start, end, piece))
        if not lines:
            return []
        usual = median((piece.right - piece.left) / (end - start) / piece.size for start, end, piece in lines)
        pieces: list[Piece] = []
        for start, end, piece in lines:
            spread = (piece.right - piece.left) / (end - start) / piece.size
            in_head = page.number == 1 and piece.y < _HEAD_SHARE * page.height
            # A wide gap inside makes a line wide for its number of letters; all others are left whole.
            if in_head or spread > 1.12 * usual:
                pieces.extend(self._split(start, end, piece, in_head=in_head))
            else:
                pieces.append(piece)
        return pieces

    def _piece(self, start: int, end: int) -> Piece | None:
        first = self._box(start)
        last = self._box(end - 1)
        if first is None or last is None:
            return None
        y = self._baseline(start)
        size = max(first[3] - first[1], last[3] - last[1], 1.0)
        return Piece(_plain(self._text[start:end]), first[0], max(last[2], first[2]), y, size)

    def _split(self, start: int, end: int, piece: Piece, *, in_head: bool) -> list[Piece]:
        gaps: list[tuple[int, float]] = []
        for at in range(start + 1, end - 1):
            if self._text[at] != " " or self._text[at - 1] == " ":
                continue
            after = at + 1
            while after < end - 1 and self._text[after] == " ":
                after += 1
            left, right = self._box(at - 1), self._box(after)
            if left is not None and right is not None:
                gaps.append((at, right[0] - left[2]))
        if not gaps:
            return [piece]
        usual = median(gap for _, gap in gaps)
        least = 0.6 * piece.size if in_head else 1.2 * piece.size
        wide = [at for at, gap in gaps if gap > least and (gap > 1.7 * usual or len(gaps) == 1)]
        pieces: list[Piece] = []
        begin = start
        for at in (*wide, end):
            stop = at
            while begin < stop and self._text[begin] == " ":
                begin += 1
            part = self._piece(begin, stop) if begin < stop else None
            if part is not None:
                part.y = piece.y
                pieces.append(part)
            begin = at
        return pieces

    def _fill(self, grid: Grid, start: int, end: int, piece: Piece) -> None:
        """Puts the characters of a line into the cells that they stand in."""
        current: int | None = None
        letters: list[str] = []
        part = Piece("", piece.left, piece.left, piece.y, piece.size)
        for at in range(start, end):
            letter = self._text[at]
            box = self._box(at) if letter != " " else None
            if box is not None:
                cell = grid.cell_at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                if cell != current:
                    if current is not None:
                        part.text = _plain("".join(letters))
                        grid.put(current, part)
                    current, letters = cell, []
                    part = Piece("", box[0], box[2], self._baseline(at), piece.size)
                part.right = max(part.right, box[2])
            letters.append(letter)
        if current is not None:
            part.text = _plain("".join(letters))
            grid.put(current, part)

    def _at(self, place: int) -> int:
        return place if self._same_places else pdfium.FPDFText_GetCharIndexFromTextIndex(self._raw, place)

    def _box(self, place: int) -> tuple[float, float, float, float] | None:
        box = self._rectangle
        if not pdfium.FPDFText_GetLooseCharBox(self._raw, self._at(place), box):
            return None
        return self._space.box(box.left, box.bottom, box.right, box.top)

    def _baseline(self, place: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._raw, self._at(place), self._x, self._y)
        return self._space.point(self._x.value, self._y.value)[1]


def _plain(text: str) -> str:
    # A hyphen at the end of a line is a printed one: Vietnamese does not break words.
    return clean(text.replace("\x02", "-").replace("\ufffe", "-")).replace("\n", " ")


def _drawn(handle: pypdfium2.PdfPage, space: _PageSpace) -> tuple[list[Edge], list[Edge], bool]:
    """The horizontal and vertical ruling lines of a page, and whether it has pictures."""
    horizontal: list[Edge] = []
    vertical: list[Edge] = []
    pictured = False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    identity = pypdfium2.PdfMatrix()
    for element, kind, matrix in _objects(handle, identity):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = True
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(element, left, bottom, right, top):
            continue
        x0, y0 = matrix.on_point(left.value, bottom.value)
        x1, y1 = matrix.on_point(right.value, top.value)
        box = space.box(x0, y0, x1, y1)
        if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            _add_edge(box, horizontal, vertical)
        else:
            for segment in _strokes(element, matrix, space):
                _add_edge(segment, horizontal, vertical)
    return horizontal, vertical, pictured


def _objects(
    handle: pypdfium2.PdfPage, identity: pypdfium2.PdfMatrix
) -> Iterator[tuple[Any, int, pypdfium2.PdfMatrix]]:
    """The objects of a page and of the forms directly on it, with the matrix of the form."""
    page = handle.raw
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        element = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(element)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            if kind != pdfium.FPDF_PAGEOBJ_TEXT:
                yield element, kind, identity
            continue
        matrix = _matrix_of(element)
        for inner_at in range(min(pdfium.FPDFFormObj_CountObjects(element), _MOST_OBJECTS)):
            inner = pdfium.FPDFFormObj_GetObject(element, inner_at)
            yield inner, pdfium.FPDFPageObj_GetType(inner), matrix


def _matrix_of(element: Any) -> pypdfium2.PdfMatrix:
    raw = pdfium.FS_MATRIX()
    if pdfium.FPDFPageObj_GetMatrix(element, raw):
        return pypdfium2.PdfMatrix(raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)
    return pypdfium2.PdfMatrix()


def _strokes(
    element: Any, outer: pypdfium2.PdfMatrix, space: _PageSpace
) -> Iterator[tuple[float, float, float, float]]:
    """The straight segments of a stroked path, as boxes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(element, fill, stroke) or not stroke.value:
        return
    matrix = _matrix_of(element)
    x, y = ctypes.c_float(), ctypes.c_float()
    begun: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for at in range(min(pdfium.FPDFPath_CountSegments(element), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(element, at)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = outer.on_point(*matrix.on_point(x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield space.box(last[0], last[1], point[0], point[1])
        if pdfium.FPDFPathSegment_GetClose(segment) and begun is not None:
            yield space.box(point[0], point[1], begun[0], begun[1])
        last = point


def _add_edge(box: tuple[float, float, float, float], horizontal: list[Edge], vertical: list[Edge]) -> None:
    left, top, right, bottom = box
    if bottom - top <= _THIN and right - left > bottom - top:
        horizontal.append(Edge((top + bottom) / 2, left, right))
    elif right - left <= _THIN and bottom - top > right - left:
        vertical.append(Edge((left + right) / 2, top, bottom))
