"""A report as the body of an official document: sections with figures in words, tables, units' words."""

from __future__ import annotations

from khuevan.plain.official_documents.writing.composition import Section
from khuevan.plain.official_documents.writing.numbering import Item, Level, sections_of
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.report import Figure, Report


def sections_of_report(report: Report) -> tuple[Section, ...]:
    """The body of the report, its labels given."""
    items: list[Item] = []
    for part in report.parts:
        items.append(Item(Level.ROMAN, part.heading.upper(), titled=True))
        items.extend(Item(Level.DASH, told(figure)) for figure in part.figures)
    return sections_of(items)


def told(figure: Figure) -> str:
    """The figure as a sentence of the report."""
    if figure.value is None:
        return f"{figure.name}: chưa có số liệu."
    return f"{figure.name}: {printed(figure.value, figure.unit)}."
