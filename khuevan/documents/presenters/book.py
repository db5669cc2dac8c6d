"""The books of a register as Decree 30/2020 prints them: annex IV, I (outgoing), VI (incoming), VIII (follow-up)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.models import Document
from khuevan.documents.presenters.register_rows import given_number, state_label

# The columns of the annex, in its own words; they are printed, so they are Vietnamese in every language.
OUTGOING = (
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip
INCOMING = (
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip
FOLLOW_UP = (
    "Số đến", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản",
    "Đơn vị hoặc người nhận", "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời",
    "Ghi chú",
)  # fmt: skip
TITLES = {
    "outgoing": "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
    "incoming": "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
    "follow-up": "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN",
}


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A book's table: its title, columns and rows of cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def printed_book(
    kind: str, documents: Iterable[Document], handed_on: Mapping[int, date], answers: Mapping[int, list[str]]
) -> PrintedBook:
    """The documents in the columns of the annex; `kind` is a key of TITLES.

    `handed_on` is the day on which a document was handed to a unit or sent, `answers` the symbols that answer it,
    both by the document's key.
    """
    if kind == "outgoing":
        rows = tuple(_outgoing(document, handed_on.get(document.pk)) for document in documents)
        return PrintedBook(TITLES[kind], OUTGOING, rows)
    if kind == "incoming":
        rows = tuple(_incoming(document, handed_on.get(document.pk)) for document in documents)
        return PrintedBook(TITLES[kind], INCOMING, rows)
    rows = tuple(_follow_up(document, answers.get(document.pk, [])) for document in documents)
    return PrintedBook(TITLES["follow-up"], FOLLOW_UP, rows)


def _outgoing(document: Document, sent: date | None) -> tuple[str, ...]:
    unit = document.drafting_unit
    kept = ", ".join(part for part in ("VT", unit.short_name or unit.name if unit else "") if part)
    return (
        document.symbol, _day(document.issued_date), _type_and_title(document), document.signer_name,
        "\n".join(str(line).strip(" ;.") for line in document.recipient_lines), kept,
        _count(document.copy_count), _day(sent), "", _remarks(document),
    )  # fmt: skip


def _incoming(document: Document, given: date | None) -> tuple[str, ...]:
    unit = document.handling_unit
    return (
        _day(document.received_date), _count(given_number(document)), document.issuer_name, document.symbol,
        _day(document.issued_date), _type_and_title(document), unit.name if unit else "", _day(given), "",
        _remarks(document),
    )  # fmt: skip


def _follow_up(document: Document, answers: list[str]) -> tuple[str, ...]:
    parts = (document.type_name, document.symbol, _day(document.issued_date), document.issuer_name)
    unit = document.handling_unit
    progress = state_label(document)
    if document.handled_at is not None:
        progress = f"{progress} {_day(localdate(document.handled_at))}"
    if document.handled_words:
        progress = f"{progress}: {document.handled_words}"
    return (
        _count(given_number(document)), ", ".join(part for part in parts if part), unit.name if unit else "",
        _day(document.due_date), progress, ", ".join(answers), _remarks(document),
    )  # fmt: skip


def _type_and_title(document: Document) -> str:
    return f"{document.type_name}: {document.title}" if document.type_name else document.title


def _remarks(document: Document) -> str:
    if document.state == DocumentState.REVOKED:
        return _("Revoked: %(reason)s") % {"reason": document.revoked_reason}
    if document.state == DocumentState.REPLACED and document.replaced_by is not None:
        return _("Replaced by %(symbol)s") % {"symbol": document.replaced_by.symbol}
    return document.summary


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def kinds_of(direction: str) -> tuple[str, ...]:
    """The kinds of books that documents of the direction stand in."""
    return ("outgoing",) if direction == Direction.OUT else ("incoming", "follow-up")
