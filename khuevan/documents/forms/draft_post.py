"""The draft as its page sends it: head, legal bases and rows, in the order in which they stand on the page.

Each row sends its key as `row`, and its fields with the key behind them (`text-r3`, `cell-r5` once a cell), so
that moving a row on the page renames nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from khuevan.documents.forms.draft_rows import AnnexHead, Row
from khuevan.documents.models import LegalBasis
from khuevan.plain.official_documents.writing.composition import CellAlign, Picture, Table
from khuevan.plain.official_documents.writing.labels import Level

MOST_ROWS = 3_000
MOST_CELLS = 20_000
MOST_COLUMNS = 30
_KEY = re.compile(r"[A-Za-z0-9_]{1,24}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One clause of Căn cứ on the page; `document` is the key of the register's document that it names."""

    key: str
    words: str
    document: int | None = None
    confirmed: bool = False


def bases_of(rows: Iterable[LegalBasis]) -> tuple[BasisRow, ...]:
    """The clauses as they are stored, keys b1, b2 …"""
    return tuple(
        BasisRow(f"b{place}", row.words, row.document_id, row.confirmed_by_id is not None)
        for place, row in enumerate(rows, 1)
    )


def posted_bases(data: QueryDict) -> tuple[BasisRow, ...]:
    """The clauses that the page sent."""
    return tuple(
        BasisRow(
            key,
            _words(data.get(f"basis-{key}", "")),
            _number(data.get(f"basis_document-{key}", "")),
            bool(data.get(f"basis_confirmed-{key}")),
        )
        for key in _keys(data.getlist("basis"))
    )


def posted_rows(data: QueryDict) -> tuple[Row, ...]:
    """The rows that the page sent; raises ValidationError for more than one draft may have."""
    keys = list(_keys(data.getlist("row")))
    if len(keys) > MOST_ROWS:
        raise ValidationError(_("A draft has at most %(most)s lines.") % {"most": MOST_ROWS})
    return tuple(_row(data, key) for key in keys)


def _row(data: QueryDict, key: str) -> Row:
    kind = data.get(f"kind-{key}", "text")
    depth = _number(data.get(f"depth-{key}", ""))
    row = Row(key, depth=depth, removed=bool(data.get(f"removed-{key}")))
    if kind == "table":
        return replace(row, kind="table", table=_table(data, key))
    if kind == "picture":
        return replace(row, kind="picture", picture=_picture(data, key))
    if kind == "annex":
        return replace(
            row,
            kind="annex",
            annex=AnnexHead(
                label=_line(data.get(f"annex_label-{key}", "")),
                type=_line(data.get(f"annex_type-{key}", "")),
                title=_line(data.get(f"annex_title-{key}", "")),
                landscape=bool(data.get(f"landscape-{key}")),
            ),
        )
    level = data.get(f"level-{key}", "")
    return replace(
        row,
        level=Level(level) if level in set(Level) else Level.TEXT,
        text=_words(data.get(f"text-{key}", "")),
        titled=bool(data.get(f"titled-{key}")),
        label=_line(data.get(f"label-{key}", ""))[:40],
    )


def _table(data: QueryDict, key: str) -> Table:
    """The table: as many columns as widths; a last row that is short is filled up."""
    widths = tuple(_share(value) for value in data.getlist(f"width-{key}"))[:MOST_COLUMNS] or (1.0,)
    columns = len(widths)
    aligns = data.getlist(f"align-{key}")[:columns]
    cells = [_words(cell) for cell in data.getlist(f"cell-{key}")]
    if len(cells) > MOST_CELLS:
        raise ValidationError(_("A table has at most %(most)s cells.") % {"most": MOST_CELLS})
    cells += [""] * (-len(cells) % columns or (columns if not cells else 0))
    rows = tuple(tuple(cells[start : start + columns]) for start in range(0, len(cells), columns))
    head_rows = _number(data.get(f"head_rows-{key}", "")) or 0
    return Table(
        widths,
        tuple(_side(aligns[place] if place < len(aligns) else "left") for place in range(columns)),
        rows,
        head_rows=min(head_rows, len(rows)),
        caption=_line(data.get(f"caption-{key}", "")),
    )


def _picture(data: QueryDict, key: str) -> Picture:
    percent = _number(data.get(f"picture_width-{key}", "")) or 100
    return Picture(
        data=_line(data.get(f"picture-{key}", "")).encode(),
        alternative=_line(data.get(f"alternative-{key}", "")),
        caption=_line(data.get(f"caption-{key}", "")),
        width=min(100, max(10, percent)) / 100,
    )


def _keys(values: Iterable[str]) -> Iterator[str]:
    """The keys, each once: one that came twice would be a row doubled."""
    seen: set[str] = set()
    for value in values:
        if _KEY.fullmatch(value) and value not in seen:
            seen.add(value)
            yield value


def _words(text: str) -> str:
    """The words in composed letters, without signs that no page can show; line breaks stay."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", unified))


def _line(text: str) -> str:
    return " ".join(_words(text).split())[:1500]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _share(text: str) -> float:
    """A column's share of the width; 1 for what is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return 1.0
    return round(value, 2) if 0.1 <= value <= 1000 else 1.0


def _side(value: str) -> CellAlign:
    return "center" if value == "center" else "right" if value == "right" else "left"
