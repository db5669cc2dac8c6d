"""The rows of a draft as the editor's page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.documents.draft_editing import DraftEditing
from khuevan.documents.forms.draft_post import BasisRow
from khuevan.documents.forms.draft_rows import Row, places_of
from khuevan.documents.models import Comment
from khuevan.plain.official_documents.draft_changes import LineChange
from khuevan.plain.official_documents.writing.composition import Table
from khuevan.plain.official_documents.writing.labels import Level

# Types that are written to somebody (Decree 30/2020, annex I, II.9): others only name their recipients.
ADDRESSED = frozenset(
    {
        "Công văn",
        "Tờ trình",
        "Báo cáo",
        "Giấy mời",
        "Công điện",
        "Thư công",
        "Phiếu gửi",
        "Phiếu chuyển",
        "Phiếu báo",
    }
)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of a table in the editor."""

    number: int
    width: str
    align: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row on the page: its label, how deep it lies, what stands in it, how many comments speak of it."""

    row: Row
    label: str
    depth: int
    ref: str
    columns: tuple[GridColumn, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    comments: int = 0
    percent: int = 100
    picture_name: str = ""
    options: str = ""


def levels() -> list[tuple[str, str]]:
    """The levels to choose from, as the lines of a document are known by."""
    return [
        (Level.TEXT, _("Paragraph")),
        (Level.ROMAN, "I."),
        (Level.NUMBER, "1."),
        (Level.DECIMAL, "1.1."),
        (Level.SUBDECIMAL, "1.1.1."),
        (Level.LETTER, "a)"),
        (Level.DASH, "-"),
        (Level.PLUS, "+"),
        (Level.ARTICLE, "Điều 1."),
        (Level.CHAPTER, "Chương I"),
        (Level.HEADING, "Mục 1"),
        (Level.PART, "Phần I"),
        (Level.CAPITAL, "A."),
    ]


def shown_rows(rows: Sequence[Row], comments: Iterable[Comment] = ()) -> list[ShownRow]:
    """The rows with their labels; open comments are counted at the place that they name."""
    options = _options()
    open_here = Counter(comment.ref for comment in comments if comment.settled_at is None and comment.ref)
    return [
        _shown(row, place.label, place.depth, place.ref, open_here[place.ref], options[row.level])
        for row, place in zip(rows, places_of(rows), strict=True)
    ]


def prototypes() -> dict[str, ShownRow]:
    """One empty row of each kind, which the script copies; its key is __key__."""
    table = Table(
        (1.0, 6.0, 3.0), ("center", "left", "right"), (("TT", "Nội dung", "Số lượng"), ("1", "", ""))
    )
    return {
        "text": _shown(Row("__key__"), "", 0, "", 0, _options()[Level.TEXT]),
        "table": _shown(Row("__key__", "table", table=table), "", 0, "", 0, SafeString("")),
    }


def _options() -> dict[str, SafeString]:
    """For each level the options to choose from with that one chosen: made once a page, not once a line."""
    known = levels()
    return {
        chosen: format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, SafeString(" selected") if code == chosen else "", label) for code, label in known),
        )
        for chosen, _label in known
    }


def _shown(row: Row, label: str, depth: int, ref: str, comments: int, options: SafeString) -> ShownRow:
    table = row.table
    columns = (
        tuple(
            GridColumn(number, f"{width:g}", align)
            for number, (width, align) in enumerate(zip(table.widths, table.aligns, strict=True), 1)
        )
        if table is not None
        else ()
    )
    picture = row.picture
    return ShownRow(
        row,
        label,
        min(depth, 6),
        ref,
        columns,
        table.rows if table is not None else (),
        comments,
        round(picture.width * 100) if picture is not None else 100,
        picture.data.decode() if picture is not None else "",
        options,
    )


def field_name(field: str) -> str:
    """What a line of a difference is called."""
    names: dict[str, str] = {
        "type": _("Type"),
        "notation": _("Symbol"),
        "parent_body": _("Body above"),
        "issuer": _("Issuing body"),
        "place": pgettext("official document", "Place"),
        "title": pgettext("official document", "Subject"),
        "enacting_authority": _("Who decides"),
        "addressee": _("Addressed to"),
        "legal_basis": _("Legal basis"),
        "body": "",
        "table": _("Table"),
        "picture": _("Picture"),
        "annex": _("Annex"),
        "recipient": _("Recipients"),
        "signatory": _("Signer"),
        "urgency": _("Urgency"),
        "circulation": _("Circulation"),
        "drafter_mark": _("Drafter's mark and copies"),
        "contact": _("Address at the foot of page 1"),
    }
    return names[field]


def shown_changes(found: Iterable[LineChange | None]) -> list[dict[str, Any]]:
    """The lines of a difference for its template; an entry without `change` is a stretch left out."""
    return [
        {"change": None}
        if change is None
        else {
            "change": change,
            "name": field_name(change.line.field),
            "place": change.line.place,
            "lead": change.line.lead,
            "lead_before": change.before.lead if change.before else "",
        }
        for change in found
    ]


def editor_context(editing: DraftEditing, comments: Sequence[Comment]) -> dict[str, Any]:
    """What the editor's own template shows."""
    return {
        "form": editing.form,
        "is_addressed": bool(editing.form["addressees"].value()) or editing.draft.type.name in ADDRESSED,
        "rows": shown_rows(editing.rows, comments),
        "prototypes": prototypes(),
        "bases": editing.bases,
        "basis_prototype": BasisRow("__key__", ""),
        "levels": levels(),
        "seen_version": editing.seen_version,
        "found": editing.found,
        "basis_words": editing.words,
        "focus": editing.focus,
    }
