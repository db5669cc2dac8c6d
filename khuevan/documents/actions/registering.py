"""Writes of the clerk who enters documents: those that came, and those that were issued on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.files import add_received_file
from khuevan.documents.choices import Direction, DocumentState, FileRole
from khuevan.documents.details import DocumentDetails, refuse_marked_details
from khuevan.documents.file_keeping import forget_file, kept_name
from khuevan.documents.models import Document, IncomingFile, NumberBook
from khuevan.documents.numbering import in_turn, next_number, record_number
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.queries.duplicates import Duplicate, possible_duplicates
from khuevan.documents.received_files import ReceivedFile
from khuevan.documents.symbols import usual_notation
from khuevan.people.models import Unit, User
from khuevan.plain.official_documents.writing.arrangement import symbol_of


class PossibleDuplicate(ValidationError):
    """The document is perhaps in the register already; `duplicates` are the ones that are there."""

    def __init__(self, duplicates: list[Duplicate]) -> None:
        super().__init__(
            _("This document is perhaps in the register already: look at the one that is there.")
        )
        self.duplicates = duplicates


@action
def keep_incoming_file(*, by: User, file: ReceivedFile) -> tuple[IncomingFile, bool]:
    """The file that waits to be registered, and whether it is new: one uploaded twice waits once."""
    check_can_keep_register(by, clock.today())
    waiting = IncomingFile.objects.filter(sha256=file.sha256).first()
    if waiting is not None:
        return waiting, False
    waiting = IncomingFile(
        file=kept_name(file.sha256, file.data),
        filename=file.filename,
        content_type=file.content_type,
        size=len(file.data),
        sha256=file.sha256,
        page_count=file.page_count,
        reading=file.reading,
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    waiting.save()
    return waiting, True


@action
def discard_incoming_file(*, by: User, waiting: IncomingFile) -> None:
    """Nothing: the file is gone, and was never registered."""
    check_can_keep_register(by, clock.today())
    name = str(waiting.file.name)
    waiting.delete()
    forget_file(name)


@in_turn
@action
def register_incoming(
    *,
    by: User,
    book: NumberBook,
    received_date: date,
    details: DocumentDetails,
    files: Sequence[ReceivedFile] = (),
    waiting: IncomingFile | None = None,
    handling_unit: Unit | None = None,
    handling_words: str = "",
    edxml_id: str = "",
    allow_duplicate: bool = False,
) -> Document:
    """The document that came, entered today under the next arrival number of its book (`issued_number`).

    `waiting` is the file that was uploaded and read for it; the first of `files` is the document itself where
    there is none, the others are attachments. Raises PossibleDuplicate where the document may be there already,
    unless `allow_duplicate`. Numbers count by the day of entering: a document of 31 December that is entered on
    2 January has a number of the new year.
    """
    day = clock.today()
    check_can_keep_register(by, day)
    refuse_marked_details(details)
    _check_book(book, Direction.IN, day)
    if received_date > day:
        raise ValidationError({"received_date": _("A document cannot have come after today.")})
    # The counter stays locked from here on: two clerks who enter one document at once see each other.
    number = next_number(book, details.type, day)
    if not allow_duplicate:
        hashes = [file.sha256 for file in files] + ([waiting.sha256] if waiting else [])
        there = possible_duplicates(details, received_date=received_date, hashes=hashes, edxml_id=edxml_id)
        if there:
            raise PossibleDuplicate(there)
    reading = waiting.reading if waiting else next((file.reading for file in files if file.reading), None)
    document = Document(
        direction=Direction.IN,
        book=book,
        received_date=received_date,
        **details.values(),
        reading=reading,
        handling_unit=handling_unit,
        handling_words=handling_words.strip(),
        state=DocumentState.IN_HAND if handling_unit else DocumentState.REGISTERED,
        edxml_id=edxml_id,
        registered_at=clock.now(),
        registered_by=by,
    )
    _store(document)
    record_number(document=document, book=book, number=number, day=day, by=by)
    if waiting is not None:
        _take_over(document, waiting, by)
    for place, file in enumerate(files):
        first = place == 0 and waiting is None
        add_received_file(
            by=by, document=document, file=file, role=FileRole.RECEIVED if first else FileRole.ATTACHMENT
        )
    return document


@in_turn
@action
def register_outgoing_paper(
    *,
    by: User,
    book: NumberBook,
    issued_date: date,
    details: DocumentDetails,
    drafting_unit: Unit,
    files: Sequence[ReceivedFile] = (),
) -> Document:
    """The document that was written and signed outside this software, under the next number of its series.

    It takes the next number as any other: a number of its own would leave a gap or stand twice. `details.symbol`
    is what stands behind the number (KH-SVHTT); empty for the usual one of type, body and unit.
    """
    day = clock.today()
    check_can_keep_register(by, day)
    refuse_marked_details(details)
    _check_book(book, Direction.OUT, day)
    if details.type is None:
        raise ValidationError({"type": _("Choose the type: its documents are counted together.")})
    if issued_date > day or issued_date.year != day.year:
        raise ValidationError(
            {
                "issued_date": _(
                    "Numbers are given within their year: the day must be of this year, until today."
                )
            }
        )
    number = next_number(book, details.type, day)
    notation = details.symbol.strip(" /") or usual_notation(book, details.type, drafting_unit)
    values = details.values() | {
        "number": number,
        "notation": notation,
        "symbol": symbol_of(number, notation, book.width),
        "issued_date": issued_date,
    }
    if not values["issuer_name"]:
        values["issuer"], values["issuer_name"] = book.unit, book.unit.name
    document = Document(
        direction=Direction.OUT,
        book=book,
        **values,
        drafting_unit=drafting_unit,
        registered_at=clock.now(),
        registered_by=by,
    )
    _store(document)
    record_number(document=document, book=book, number=number, day=day, by=by)
    for place, file in enumerate(files):
        role = FileRole.SCANNED if place == 0 else FileRole.ATTACHMENT
        add_received_file(by=by, document=document, file=file, role=role)
    return document


def _check_book(book: NumberBook, direction: Direction, day: date) -> None:
    if not NumberBook.objects.on(day).filter(pk=book.pk, direction=direction).exists():
        raise ValidationError({"book": _("This book of numbers is not in use today: choose another.")})


def _store(document: Document) -> None:
    # The counter is locked: what points elsewhere was chosen from records, and the constraints are the database's.
    document.clean_fields(
        exclude={field.name for field in document._meta.concrete_fields if field.is_relation}
    )
    document.save()


def _take_over(document: Document, waiting: IncomingFile, by: User) -> None:
    """Makes the file that waited one of the document's."""
    received = document.files.model(
        document=document,
        role=FileRole.RECEIVED,
        file=str(waiting.file.name),
        filename=waiting.filename,
        content_type=waiting.content_type,
        size=waiting.size,
        sha256=waiting.sha256,
        page_count=waiting.page_count,
        added_at=clock.now(),
        added_by=by,
    )
    received.save()
    waiting.delete()
