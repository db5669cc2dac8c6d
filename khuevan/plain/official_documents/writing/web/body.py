"""The body of a document in HTML: headings, paragraphs, lists of points, tables, pictures."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from khuevan.plain.official_documents.writing.composition import (
    Block,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)
from khuevan.plain.official_documents.writing.picture_files import kind_and_size
from khuevan.plain.official_documents.writing.printed_body import (
    heading_style,
    printed_label,
    stands_as_heading,
)
from khuevan.plain.official_documents.writing.web.elements import BLOCK, h, heading, lines, words


class BodyWriter:
    """Writes the sections of a document and its annexes; tables are counted through all of them."""

    def __init__(self, picture_address: Callable[[Picture], str] | None) -> None:
        self._picture_address = picture_address
        self._tables = 0

    def elements(self, sections: Sequence[Section], level: int) -> Iterator[etree._Element]:
        """The elements in reading order; a heading directly here is of `level`."""
        for points, group in groupby(sections, _is_point):
            if points:
                yield h("ul", *(self._point(each, level) for each in group), part="points", role="list")
            else:
                for section in group:
                    yield from self._headed(section, level)

    def _headed(self, section: Section, level: int) -> Iterator[etree._Element]:
        """A section with a heading, or one without a label, whose blocks stand by themselves."""
        blocks = list(section.blocks)
        below = level
        if stands_as_heading(section):
            style, lead, title = (
                heading_style(section.label),
                printed_label(section.label),
                section.heading or "",
            )
            capitals = style in ("part", "roman")
            yield heading(
                level,
                h("span", lead, part="label") if lead else None,
                " " if lead and title else None,
                title.upper() if capitals else title,
                part=f"heading-{style}",
            )
            below = level + 1
        elif section.heading:
            yield h("p", section.heading, part="text")
        for block in blocks:
            yield self._block(block)
        yield from self.elements(section.children, below)

    def _point(self, section: Section, level: int) -> etree._Element:
        """A numbered point or a dash with its words, and what stands below it."""
        blocks = list(section.blocks)
        runs: tuple[Run, ...] = (Run(section.heading),) if section.heading else ()
        if not runs and blocks and isinstance(blocks[0], Paragraph):
            runs = blocks[0].runs
            del blocks[0]
        bold = "-strong" if heading_style(section.label) == "article" else ""
        item = h("li")
        item.append(
            h(
                "p",
                h("span", printed_label(section.label), part=f"label{bold}"),
                " ",
                *words(runs),
                part="text",
            )
        )
        item.extend(self._block(block) for block in blocks)
        item.extend(self.elements(section.children, level))
        return item

    def _block(self, block: Block) -> etree._Element:
        if isinstance(block, Paragraph):
            return h("p", *words(block.runs), part="text")
        return self._table(block) if isinstance(block, Table) else self._picture(block)

    def _table(self, table: Table) -> etree._Element:
        """The table in a region that scrolls by itself, so that a narrow screen keeps the page still."""
        self._tables += 1
        body = table.rows[table.head_rows :]
        written = h(
            "table",
            h("thead", *(_row(table, row, head=True) for row in table.rows[: table.head_rows]))
            if table.head_rows
            else None,
            h("tbody", *(_row(table, row, head=False) for row in body)) if body else None,
            part="table",
        )
        name = table.caption or f"Bảng {self._tables}"
        region = h("div", written, part="scroll", role="region", tabindex="0", aria_label=name)
        # The caption stands outside of what scrolls, so that a narrow screen shows it whole.
        caption = h("figcaption", table.caption) if table.caption else None
        return h("figure", caption, region, part="tabular")

    def _picture(self, picture: Picture) -> etree._Element:
        kind, across, down = kind_and_size(picture)
        address = (
            self._picture_address(picture)
            if self._picture_address is not None
            else f"data:image/{kind};base64,{base64.b64encode(picture.data).decode('ascii')}"
        )
        tenths = min(10, max(1, round(picture.width * 10)))
        image = h(
            "img",
            src=address,
            alt=picture.alternative,
            width=str(across),
            height=str(down),
            class_=f"{BLOCK}__image {BLOCK}__image--{tenths * 10}",
        )
        caption = h("figcaption", picture.caption) if picture.caption else None
        return h("figure", image, caption, part="picture")


def _is_point(section: Section) -> bool:
    return bool(section.label) and not stands_as_heading(section)


def _row(table: Table, row: Sequence[str], *, head: bool) -> etree._Element:
    if head:
        # An empty cell of a second head row heads nothing.
        return h("tr", *(h("th", *lines(cell), scope="col") if cell.strip() else h("td") for cell in row))
    return h(
        "tr",
        *(h("td", *lines(cell), part=f"cell-{align}") for cell, align in zip(row, table.aligns, strict=True)),
    )
