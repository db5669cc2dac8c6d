"""Ruled tables, and the invisible ones that hold head and foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.composition import Table
from khuevan.plain.official_documents.writing.word.names import borders, paragraph, run, twips, w
from khuevan.plain.official_documents.writing.word.styles import SMALL

_CELL_SIDE_MM: Final = 1.5
_CELL_TOP_MM: Final = 0.6


def table(written: Table, width: float) -> Iterator[etree._Element]:
    """The caption, the table `width` millimetres wide, and a small line that parts it from what follows."""
    if written.caption:
        yield paragraph("TenBang", run(written.caption), properties=(w("keepNext"),))
    columns = shares(written.widths, twips(width))
    element = w("tbl", _properties(columns), w("tblGrid", *(w("gridCol", w=column) for column in columns)))
    for position, row in enumerate(written.rows):
        head = position < written.head_rows
        # The head stays with the first row below it.
        keep = head and position + 1 < len(written.rows)
        element.append(
            w(
                "tr",
                w("trPr", w("cantSplit"), w("tblHeader") if head else None),
                *(
                    w("tc", w("tcPr", w("tcW", w=column, type="dxa"), w("vAlign", val="center") if head else None),
                      *_lines(cell, "DauBang" if head else "ChuTrongBang", None if head else align, keep=keep))
                    for cell, column, align in zip(row, columns, written.aligns, strict=True)
                ),
            )
        )  # fmt: skip
    yield element
    yield paragraph(SMALL, properties=(w("spacing", after=120),))


def layout_table(
    widths: Sequence[float], rows: Sequence[Sequence[Sequence[etree._Element]]]
) -> etree._Element:
    """An invisible table of the widths in millimetres; its rows are not torn. A cell is its paragraphs."""
    columns = [twips(width) for width in widths]
    element = w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(columns), type="dxa"),
            w("tblInd", w=0, type="dxa"),
            borders("tblBorders"),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right"))),
            w("tblLook", val="0000"),
        ),
        w("tblGrid", *(w("gridCol", w=column) for column in columns)),
    )
    for row in rows:
        element.append(
            w(
                "tr",
                w("trPr", w("cantSplit")),
                *(
                    w("tc", w("tcPr", w("tcW", w=column, type="dxa")), *(cell or (paragraph(SMALL),)))
                    for cell, column in zip(row, columns, strict=True)
                ),
            )
        )
    return element


def box(content: etree._Element, width: float, height: float, colour: str) -> etree._Element:
    """A ruled box of exact size in millimetres, in the middle of its cell."""
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=twips(width), type="dxa"),
            w("jc", val="center"),
            borders("tblBorders", "single", sz=8, space=0, color=colour),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right"))),
            w("tblLook", val="0000"),
        ),
        w("tblGrid", w("gridCol", w=twips(width))),
        w(
            "tr",
            w("trPr", w("cantSplit"), w("trHeight", val=twips(height), hRule="exact")),
            w("tc", w("tcPr", w("tcW", w=twips(width), type="dxa"), w("vAlign", val="center")), content),
        ),
    )


def shares(parts: Sequence[float], whole: int) -> list[int]:
    """The whole, shared out as the parts say; the shares add up to it exactly, none is below 1."""
    total = sum(parts)
    ends = [round(whole * sum(parts[: place + 1]) / total) for place in range(len(parts))]
    return [max(1, end - start) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _properties(columns: Sequence[int]) -> etree._Element:
    return w(
        "tblPr",
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=0, type="dxa"),
        borders("tblBorders", "single", sz=4, space=0, color="000000"),
        w("tblLayout", type="fixed"),
        w(
            "tblCellMar",
            *(
                w(side, w=twips(room), type="dxa")
                for side, room in (
                    ("top", _CELL_TOP_MM),
                    ("left", _CELL_SIDE_MM),
                    ("bottom", _CELL_TOP_MM),
                    ("right", _CELL_SIDE_MM),
                )
            ),
        ),
        w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )


def _lines(cell: str, style: str, align: str | None, *, keep: bool) -> Iterator[etree._Element]:
    for line in cell.split("\n"):
        yield paragraph(
            style,
            run(line),
            properties=(w("keepNext") if keep else None, None if align is None else w("jc", val=align)),
        )
