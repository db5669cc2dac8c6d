"""A document as a row: on the register's page, in its files, in the printed book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.documents.choices import Direction, DocumentState, Urgency
from khuevan.documents.models import Document
from khuevan.plain.sheets import SheetColumn, Value


@dataclass(frozen=True, slots=True)
class Tag:
    """A state or urgency in a word, and how it looks."""

    label: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list. `number` is the arrival number of an incoming one."""

    document: Document
    number: str
    tags: tuple[Tag, ...]


_LOOKS = {
    DocumentState.IN_HAND: "busy",
    DocumentState.HANDLED: "good",
    DocumentState.REVOKED: "ended",
    DocumentState.REPLACED: "ended",
}


def state_tags(document: Document, today: date) -> tuple[Tag, ...]:
    """The state, unless it says nothing; that work is overdue; an urgency above the normal one."""
    tags: list[Tag] = []
    if document.state != DocumentState.REGISTERED or document.direction == Direction.IN:
        label = (
            _("Not handed out yet") if document.state == DocumentState.REGISTERED else state_label(document)
        )
        tags.append(Tag(label, _LOOKS.get(DocumentState(document.state), "")))
    if is_overdue(document, today):
        tags.append(Tag(_("Overdue"), "alarm"))
    if document.urgency != Urgency.NORMAL:
        tags.append(Tag(document.get_urgency_display(), "alarm"))
    return tuple(tags)


def state_label(document: Document) -> str:
    """The state in words."""
    return str(document.get_state_display())


def is_overdue(document: Document, today: date) -> bool:
    """Whether an incoming document still waits though the day by which it was to be dealt with has passed."""
    waits = document.state in {DocumentState.REGISTERED, DocumentState.IN_HAND}
    return bool(
        document.direction == Direction.IN and waits and document.due_date and document.due_date < today
    )


def given_number(document: Document) -> int | None:
    """The number that was given to the document in its book; None only for data without one."""
    given: Any = getattr(document, "issued_number", None)
    return given.number if given else None


def register_rows(documents: Iterable[Document], today: date) -> list[Row]:
    """The documents as rows of the page."""
    return [
        Row(document, str(given_number(document) or "–"), state_tags(document, today))
        for document in documents
    ]


def sheet_columns(direction: str) -> tuple[SheetColumn, ...]:
    """The columns of the list as a file."""
    incoming = direction != Direction.OUT
    columns = [
        SheetColumn(_("Arrival number"), 9) if incoming else None,
        SheetColumn(_("Received on"), 12) if incoming else None,
        SheetColumn(_("Number and symbol"), 22),
        SheetColumn(_("Dated"), 12),
        SheetColumn(pgettext("official document", "Type"), 16),
        SheetColumn(pgettext("official document", "Title"), 70),
        SheetColumn(_("Issued by"), 34),
        SheetColumn(_("Signed by"), 24),
        SheetColumn(_("Handling unit") if direction == Direction.IN else _("Unit"), 30),
        SheetColumn(_("To be answered by"), 12) if incoming else None,
        SheetColumn(_("Urgency"), 14),
        SheetColumn(_("State"), 16),
        SheetColumn(_("Recipients"), 40) if direction != Direction.IN else None,
        SheetColumn(_("Pages"), 8),
        SheetColumn(_("Copies"), 8),
        SheetColumn(_("Remarks"), 40),
    ]
    return tuple(column for column in columns if column is not None)


def sheet_rows(documents: Iterable[Document], direction: str) -> Iterator[Sequence[Value]]:
    """The documents in the columns of `sheet_columns`."""
    for document in documents:
        is_in = document.direction == Direction.IN
        unit = document.handling_unit if is_in else document.drafting_unit
        row: list[Value] = []
        if direction != Direction.OUT:
            row += [given_number(document) if is_in else None, document.received_date]
        row += [
            document.symbol,
            document.issued_date,
            document.type_name,
            document.title,
            document.issuer_name,
            document.signer_name,
            unit.name if unit else "",
        ]
        if direction != Direction.OUT:
            row.append(document.due_date)
        row += [document.get_urgency_display(), state_label(document)]
        if direction != Direction.IN:
            row.append("\n".join(document.recipient_lines))
        row += [document.page_count, document.copy_count, document.summary]
        yield row
