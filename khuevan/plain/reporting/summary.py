"""The summary for partners: one page in English, tagged PDF. Only figures with an English name stand on it.

What does not fit on the page is left out from the end, and a sentence says so; the page is set again with less until
it is one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pypdfium2
import typst

from khuevan.plain.official_documents.extraction.pdf_pages import PDFIUM
from khuevan.plain.official_documents.writing.pdf.page_plan import breakable
from khuevan.plain.official_documents.writing.pdf.typesetter import refusal
from khuevan.plain.reporting.charts import FONTS
from khuevan.plain.reporting.english_words import (
    NO_FIGURE,
    amount,
    change,
    day_name,
    period_name,
    short_period,
    unit,
)
from khuevan.plain.reporting.report import Figure, Report
from khuevan.plain.reporting.unit_words import one_line

TEMPLATE: Final = Path(__file__).parent / "summary.typ"
# Archive for long with the structure tagged, and accessible, as official documents are.
STANDARDS: Final = ("a-2a", "ua-1")
MOST_PARAGRAPHS: Final = 3
INCOMPLETE: Final = "*"
_TILES: Final = 6
_LONGEST_NAME: Final = 90
_LONGEST_WORD: Final = 18
_lock = threading.Lock()
_compilers: list[Any] = []


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """The department's own English words: who it is, three short paragraphs, whom to ask; each may be empty."""

    issuer: str = ""
    paragraphs: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is put on the page: figures, letters of a paragraph, lines of the chart."""

    figures: int
    letters: int
    lines: int


_ROOMS: Final = (
    _Room(18, 700, 4), _Room(15, 600, 4), _Room(12, 480, 4), _Room(9, 380, 3), _Room(6, 300, 3), _Room(6, 220, 0),
    _Room(3, 160, 0),
)  # fmt: skip


def write_summary(report: Report, words: SummaryWords, created: date) -> bytes:
    """The page as PDF; the same input gives the same bytes.

    Raises UnwritableDocument with one sentence where a sign cannot be set.
    """
    made = b""
    for room in _ROOMS:
        made = _set(_values(report, words, created, room))
        if _pages(made) == 1:
            break
    return made


def _pages(pdf: bytes) -> int:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def _set(values: dict[str, Any]) -> bytes:
    sources = {"main.typ": TEMPLATE.read_bytes(), "summary.json": json.dumps(values).encode()}
    with _lock:
        if not _compilers:
            fonts = typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)]
            )
            _compilers.append(typst.Compiler(font_paths=fonts))
        try:
            made: bytes = _compilers[0].compile(input=sources, format="pdf", pdf_standards=list(STANDARDS))
        except typst.TypstError as error:
            raise refusal(str(error)) from error
    return made


def _values(report: Report, words: SummaryWords, created: date, room: _Room) -> dict[str, Any]:
    figures = [one for part in report.parts for one in part.figures if one_line(one.english_name)]
    shown = figures[: room.figures]
    paragraphs = [each for each in map(one_line, words.paragraphs) if each][:MOST_PARAGRAPHS]
    short = [_cut(each, room.letters) for each in paragraphs]
    chart = _chart(report, shown, room.lines)
    tiles, rows = shown[:_TILES], shown[_TILES:]
    title = _cut(one_line(report.english_title) or "Summary of the report", 90)
    return {
        "title": title,
        "heading": _fitting(title, 20),
        "author": one_line(words.issuer) or "—",
        "issuer": _fitting(_cut(one_line(words.issuer), 120) or "Summary for partners", 40),
        "period": _period(report),
        "created": [created.year, created.month, created.day],
        "figures_note": "" if figures else "No figures of this period are published in English.",
        "tiles": [_tile(report, one) for one in tiles],
        "head": ["Figure", short_period(report.period) or "Now", *(name for name, _ in _others(report))],
        "rows": [_row(report, one) for one in rows],
        "chart": chart,
        "paragraphs": [_fitting(each, 40) for each in short],
        "notes": _notes(report, words, shown, len(figures) - len(shown), short != paragraphs),
    }


def _others(report: Report) -> list[tuple[str, int]]:
    """The periods that figures are held against: their short names, and 0 for the one before, 1 for a year ago."""
    found = []
    if report.period_before:
        found.append((short_period(report.period_before), 0))
    if report.period_last_year and report.period_last_year != report.period_before:
        found.append((short_period(report.period_last_year), 1))
    return found


def _held(figure: Figure, which: int) -> Decimal | None:
    return (figure.comparison.before, figure.comparison.last_year)[which]


def _tile(report: Report, figure: Figure) -> dict[str, Any]:
    return {
        "value": _fitting(amount(figure, figure.value)),
        "name": _name(figure),
        "changes": [_fitting(change(figure, _held(figure, which), name)) for name, which in _others(report)],
    }


def _row(report: Report, figure: Figure) -> list[str]:
    values = [figure.value, *(_held(figure, which) for _, which in _others(report))]
    return [_name(figure), *(_fitting(amount(figure, value)) for value in values)]


def _name(figure: Figure) -> str:
    """Stories published (stories): the name with its unit where the value does not say it; marked if incomplete."""
    own = unit(figure)
    name = one_line(figure.english_name)
    is_told = not own or own in ("%", "VND") or own.casefold() in name.casefold()
    mark = INCOMPLETE if figure.missing and figure.value is not None else ""
    return _fitting(_cut(name if is_told else f"{name} ({own})", _LONGEST_NAME)) + mark


def _chart(report: Report, figures: Sequence[Figure], lines: int) -> dict[str, Any] | None:
    """Bars of this period beside earlier ones, each figure on a scale of its own; None where nothing is beside it."""
    chosen = [one for one in figures if one.in_chart and one.value is not None and _can_be_held(report, one)][
        :lines
    ]
    others = [
        (name, which)
        for name, which in _others(report)
        if any(_held(one, which) is not None for one in chosen)
    ]
    if not chosen:
        return None
    series = [short_period(report.period) or "This report", *(name for name, _ in others)]
    groups, told = [], []
    for figure in chosen:
        values = [figure.value, *(_held(figure, which) for _, which in others)]
        longest = max(value for value in values if value is not None)
        name = one_line(figure.english_name)
        groups.append(
            {
                "name": _fitting(_cut(name, 60)),
                "bars": [
                    None
                    if value is None
                    else {"share": float(value / longest), "text": _fitting(amount(figure, value))}
                    for value in values
                ],
            }
        )
        said = ", ".join(
            f"{period} {amount(figure, value)}" for period, value in zip(series, values, strict=True)
        )
        told.append(f"{name}: {said}")
    return {
        "alternative": f"Bar chart, each figure on its own scale. {'; '.join(told)}.",
        "series": series,
        "groups": groups,
        "missing": NO_FIGURE,
    }


def _can_be_held(report: Report, figure: Figure) -> bool:
    """Whether bars of the figure can stand beside each other: one known for an earlier period, none below zero."""
    earlier = [_held(figure, which) for _, which in _others(report)]
    known = [value for value in (figure.value, *earlier) if value is not None]
    return any(value is not None for value in earlier) and min(known) >= 0 and max(known) > 0


def _period(report: Report) -> str:
    days = f"{day_name(report.first)} to {day_name(report.last)}"
    name = period_name(report.period)
    return f"{name} ({days})" if name else days[:1].upper() + days[1:]


def _notes(
    report: Report, words: SummaryWords, shown: Sequence[Figure], left_out: int, shortened: bool
) -> list[str]:
    sent = max(0, report.unit_count - len(report.missing_units))
    notes = [f"Figures as of {day_name(report.last)}, from {sent} of {report.unit_count} reporting units."]
    if any(one.missing and one.value is not None for one in shown):
        notes.append(f"{INCOMPLETE} Some of these units did not give this figure.")
    if report.corrects:
        notes.append("This summary belongs to a corrected report, which replaces an earlier version.")
    left = []
    if left_out:
        left.append(
            "1 more figure is in the report itself"
            if left_out == 1
            else f"{left_out} more figures are in the report itself"
        )
    if shortened:
        left.append("longer paragraphs are cut")
    if left:
        notes.append(f"Shortened to one page: {'; '.join(left)}.")
    if contact := _cut(one_line(words.contact), 180):
        notes.append(f"Contact: {_fitting(contact, 60)}")
    return notes


def _cut(words: str, most: int) -> str:
    """The words, ended behind a sentence or at least a word where they are longer than that."""
    if len(words) <= most:
        return words
    head = words[:most]
    end = max(head.rfind(". "), head.rfind("! "), head.rfind("? "))
    if end >= most // 2:
        return head[: end + 1]
    space = head.rfind(" ")
    return f"{head[: space if space >= most // 2 else most - 1].rstrip(' ,;:–-')}…"


def _fitting(words: str, most: int = _LONGEST_WORD) -> str:
    """The words, whose longest may break over lines."""
    return breakable(words, most)
