"""What extraction yields and structure reads: the lines and tables of a file, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["txt", "docx", "pdf", "doc", "scan"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line (where the source is wrapped) or one whole paragraph; empty text is a blank line.

    `page` counts from 1 where the source has pages. `starts_paragraph` is what the page's geometry
    says (first-line indent, gap above), None where there is no geometry.
    """

    text: str
    page: int | None = None
    starts_paragraph: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells; lines inside a cell are kept apart by a newline.

    The invisible two-column tables of an official document (national title beside the body's
    name; recipients beside the signature) are tables too, of one or more rows of two cells.
    """

    rows: tuple[tuple[str, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file. `wrapped` says that lines are the page's or the crawler's, to be joined.

    `margin_texts` holds what stands in the page headers and footers of a DOCX: no part of the text,
    but a state-secret marking may stand there.
    """

    kind: Kind
    blocks: tuple[Line | Table, ...]
    wrapped: bool
    warnings: tuple[str, ...] = ()
    margin_texts: tuple[str, ...] = ()
