"""A report as the body of an official document: its chapters with tables and charts, and its annexes."""

from __future__ import annotations

from typing import Final

from khuevan.plain.official_documents.writing.composition import Annex, Picture, Section, Table
from khuevan.plain.official_documents.writing.composition import Run as Letters
from khuevan.plain.official_documents.writing.marks import marked
from khuevan.plain.official_documents.writing.numbering import Item, Level, sections_of
from khuevan.plain.reporting.figure_sentences import MOST_NAMED
from khuevan.plain.reporting.figure_tables import (
    by_unit_tables,
    fits_upright,
    has_unknown,
    missing_table,
    part_table,
    rounds,
    units_table,
)
from khuevan.plain.reporting.narrative import Chapter, Paragraph, annexes_of, narrative
from khuevan.plain.reporting.part_charts import part_charts
from khuevan.plain.reporting.report import Figure, Report
from khuevan.plain.reporting.unit_words import is_shortened, one_line

RESULTS: Final = "Kết quả thực hiện"
UNKNOWN_NOTE: Final = "Ghi chú: dấu “…” là chưa có số liệu."
MONEY_NOTE: Final = "Số tiền trong bảng tính bằng triệu đồng, làm tròn đến nghìn đồng."


def sections_of_report(
    report: Report, issuer: str = "", addressees: tuple[str, ...] = ()
) -> tuple[Section, ...]:
    """The body, its labels given; `issuer` and `addressees` as `narrative` takes them."""
    items: list[Item] = []
    tables = charts = 0
    notes = [UNKNOWN_NOTE]
    several = len(report.parts) > 1
    for chapter in narrative(report, issuer, addressees):
        if chapter.part is None:
            if chapter.heading:
                items.append(_heading(Level.ROMAN, chapter.heading.upper()))
            items += _items(chapter.paragraphs, depth=None if chapter.heading else 0)
            continue
        if several and chapter.part == 0:
            items.append(_heading(Level.ROMAN, RESULTS.upper()))
        heading = chapter.heading if several else chapter.heading.upper()
        items.append(_heading(Level.NUMBER if several else Level.ROMAN, heading))
        items += _items(chapter.paragraphs)
        part = report.parts[chapter.part]
        if part.figures:
            tables += 1
            items += _table(part_table(report, part, f"Bảng {tables}. {chapter.heading}"), notes)
            if rounds(part):
                items.append(Item(Level.TEXT, MONEY_NOTE))
        pictures = part_charts(report, part, charts + 1)
        charts += len(pictures)
        items += [Item(Level.TEXT, "", block=picture) for picture in pictures]
        items += _said(chapter)
    return sections_of(items)


def annexes_of_report(report: Report) -> tuple[Annex, ...]:
    """The annexes: figures by unit, on landscape pages where they are wide; units that are only counted above."""
    labels = annexes_of(report)
    found = []
    if labels.by_unit:
        parts = [part for part in report.parts if part.by_unit]
        notes = [UNKNOWN_NOTE]
        wide = not all(fits_upright(part) for part in parts)
        items: list[Item] = []
        for part in parts:
            items.append(_heading(Level.ROMAN, one_line(part.heading).upper()))
            for table in by_unit_tables(part, wide=wide):
                items += _table(table, notes)
        title = "Số liệu của từng đơn vị"
        found.append(Annex(labels.by_unit, title, sections_of(items), landscape=wide))
    if labels.units:
        found.append(_units_annex(report, labels.units))
    return tuple(found)


def pictures_of(sections: tuple[Section, ...]) -> tuple[Picture, ...]:
    """All pictures of the sections in order."""
    return tuple(
        picture
        for section in sections
        for picture in (
            *(block for block in section.blocks if isinstance(block, Picture)),
            *pictures_of(section.children),
        )
    )


def _units_annex(report: Report, label: str) -> Annex:
    """The whole lists of which the text names the first; each under a heading of its own where there are both."""
    figures: list[Figure] = [
        figure for part in report.parts for figure in part.figures if is_shortened(figure.missing, MOST_NAMED)
    ]
    lists: list[tuple[str, Table]] = []
    if is_shortened(report.missing_units):
        lists.append(("Các đơn vị chưa gửi báo cáo", units_table(report.missing_units)))
    if figures:
        lists.append(("Các đơn vị chưa có một số chỉ tiêu", missing_table(figures)))
    if len(lists) == 1:
        [(title, table)] = lists
        return Annex(label, title, sections_of([Item(Level.TEXT, "", block=table)]))
    items: list[Item] = []
    for title, table in lists:
        items += [_heading(Level.ROMAN, title.upper()), Item(Level.TEXT, "", block=table)]
    return Annex(label, "Các đơn vị chưa có số liệu", sections_of(items))


def _heading(level: Level, text: str) -> Item:
    return Item(level, _plain(text), titled=True)


def _plain(text: str) -> str:
    """The words as an outline has them: signs that would be marks of bold or italics are themselves."""
    return marked((Letters(text),))


def _items(paragraphs: tuple[Paragraph, ...], depth: int | None = None) -> list[Item]:
    return [
        Item(
            Level.DASH if one.is_point else Level.TEXT,
            _plain(one.text),
            depth=None if one.is_point else depth,
        )
        for one in paragraphs
    ]


def _table(table: Table, notes: list[str]) -> list[Item]:
    """The table; behind the first that needs it the note on its signs, taken out of `notes`."""
    items = [Item(Level.TEXT, "", block=table)]
    if notes and has_unknown(table):
        items.append(Item(Level.TEXT, notes.pop()))
    return items


def _said(chapter: Chapter) -> list[Item]:
    items: list[Item] = []
    for said in chapter.said:
        items.append(_heading(Level.LETTER, said.question))
        items += _items(said.paragraphs)
    return items
