"""PDF files: the text layer in reading order, with its tables; pages without text are recognised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from khuevan.plain.official_documents.errors import MissingProgram
from khuevan.plain.official_documents.extraction import messages
from khuevan.plain.official_documents.extraction.page_geometry import Page, Row, RuledTable
from khuevan.plain.official_documents.extraction.page_margins import without_margins
from khuevan.plain.official_documents.extraction.page_text import Placed, blocks_of, columns_of
from khuevan.plain.official_documents.extraction.pdf_pages import read_pages
from khuevan.plain.official_documents.extraction.pdf_safety import is_plain, read_pages_apart
from khuevan.plain.official_documents.extraction.plain_text import old_encoding_of
from khuevan.plain.official_documents.extraction.scan import recognise_pages
from khuevan.plain.official_documents.extraction.vietnamese import plausibility
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, Deadline, Limits
from khuevan.plain.official_documents.source import Kind, Line, Source, Table
from khuevan.plain.official_documents.warnings import BADLY_RECOGNISED, CONVERTED, RECOGNISED, SKIPPED_PAGE

_FEWEST_LETTERS: Final = 8


def extract_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The lines and tables of a PDF, without page numbers and running texts, which go to `margin_texts`.

    The head and the tail in two columns are tables of one row of two cells. A PDF without any text layer
    is recognised (`scan`); in a mixed one only the pages that are pictures.
    """
    deadline = Deadline.after(limits.seconds)
    read = read_pages if is_plain(data, limits) else read_pages_apart
    pages, warnings = read(data, limits, deadline)
    empty = [page for page in pages if _letters(page) < _FEWEST_LETTERS and page.pictured]
    written = sum(_letters(page) for page in pages if page not in empty)
    if empty and written < _FEWEST_LETTERS:
        return source_of(recognise_pages(data, empty, limits, deadline), limits, kind="scan")
    if empty:
        try:
            recognised = {page.number: page for page in recognise_pages(data, empty, limits, deadline)}
            warnings += tuple(RECOGNISED.format(page=page.number) for page in empty)
            pages = [recognised.get(page.number, page) for page in pages]
        except MissingProgram:
            warnings += tuple(SKIPPED_PAGE.format(page=page.number) for page in empty)
    source = source_of(pages, limits, kind="pdf", warnings=warnings)
    text = "\n".join(block.text for block in source.blocks if isinstance(block, Line))
    if len(text) > 500 and plausibility(text) < 0.6:
        return _mended(source, text)
    return source


def source_of(pages: list[Page], limits: Limits, *, kind: Kind, warnings: tuple[str, ...] = ()) -> Source:
    """The lines and tables of pages that were read or recognised."""
    read, margins = without_margins(pages)
    columns = columns_of(read)
    joined: list[Line | Table] = []
    previous: Row | None = None
    ruled: _Ruled | None = None
    cells = 0
    for entry in read:
        placed = blocks_of(entry, columns[round(entry.page.width)], previous)
        tables = {id(table): table for table in entry.page.tables}
        items: list[tuple[float, Placed | RuledTable]] = [(item.y, item) for item in placed]
        items.extend((table.top, table) for table in tables.values())
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, RuledTable):
                cells += sum(map(len, item.rows))
                if cells > limits.table_cells:
                    raise messages.unreadable(messages.TOO_MANY_CELLS, cells=limits.table_cells)
                if ruled is not None and ruled.goes_on_with(item, entry.page.number):
                    ruled.join(item, entry.page.number)
                    joined[-1] = ruled.table()
                    continue
                ruled = _Ruled(item.columns, list(item.rows), entry.page.number, entry.page.number)
                joined.append(ruled.table())
            else:
                ruled = None
                joined.append(item.block)
        if entry.rows:
            previous = entry.rows[-1]
            if entry.page.tables and max(table.top for table in entry.page.tables) > previous[0].y:
                previous = None
    if not joined:
        raise messages.unreadable(messages.NO_TEXT)
    return Source(kind, tuple(joined), wrapped=True, warnings=warnings, margin_texts=margins)


@dataclass(slots=True)
class _Ruled:
    """A ruled table that may go on at the top of the next page."""

    columns: tuple[float, ...]
    rows: list[tuple[str, ...]]
    first_page: int
    last_page: int

    def goes_on_with(self, other: RuledTable, page: int) -> bool:
        """Whether `other`, the first thing on `page`, has the columns of this table on the page before."""
        return (
            page == self.last_page + 1
            and len(other.columns) == len(self.columns)
            and all(abs(a - b) <= 4 for a, b in zip(self.columns, other.columns, strict=True))
        )

    def join(self, other: RuledTable, page: int) -> None:
        """Adds the rows of `other` without its repeated head; a row cut by the page's end is made whole."""
        rows = list(other.rows)
        if rows and self.rows and rows[0] == self.rows[0]:
            rows = rows[1:]
        numbered = len(self.rows) > 1 and all(row[0] for row in self.rows[1:])
        if rows and numbered and not rows[0][0] and any(rows[0]):
            cut = rows.pop(0)
            self.rows[-1] = tuple(
                "\n".join(text for text in pair if text) for pair in zip(self.rows[-1], cut, strict=True)
            )
        self.rows.extend(rows)
        self.last_page = page

    def table(self) -> Table:
        """The table as far as it has been read."""
        return Table(tuple(self.rows), self.first_page)


def _letters(page: Page) -> int:
    written = sum(len(piece.text.strip()) for piece in page.pieces)
    return written + sum(len(cell) for table in page.tables for row in table.rows for cell in row)


def _mended(source: Source, text: str) -> Source:
    """The source converted from the codes of an old font if that is what it holds, else with a warning."""
    found = old_encoding_of(text)
    if found is None:
        return replace(source, warnings=(*source.warnings, BADLY_RECOGNISED))
    encoding, converted = found
    blocks = tuple(
        Line(converted(block.text), block.page, block.starts_paragraph)
        if isinstance(block, Line)
        else Table(tuple(tuple(map(converted, row)) for row in block.rows), block.page)
        for block in source.blocks
    )
    return replace(source, blocks=blocks, warnings=(*source.warnings, CONVERTED.format(encoding=encoding)))
