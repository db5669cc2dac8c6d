"""Writes of an issued document's files: DOCX and PDF, made from what is stored of it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.choices import Direction, FileRole
from khuevan.documents.draft_content import whole_document
from khuevan.documents.file_keeping import kept_name
from khuevan.documents.models import Document, DocumentFile
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.received_files import CONTENT_TYPES
from khuevan.documents.writing_sentences import unwritable_sentence
from khuevan.people.models import User
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.layout_rules import rules_on


@action
def make_document_files(*, by: User, document: Document) -> list[DocumentFile]:
    """The document's Word file and its PDF, each kept once: the same document gives the same bytes.

    Run after `issue_document`, and again from the document's page where that failed. Raises ValidationError with
    one sentence where the document cannot be written.
    """
    check_can_keep_register(by, clock.today())
    composition = whole_document(document) if document.direction == Direction.OUT else None
    if composition is None:
        raise ValidationError(_("Nothing is kept from which this document could be written: add its files."))
    created = _issue_instant(document)
    word, pdf = _written(composition, created)
    pages = page_count(pdf)
    files = [
        _kept(by, document, FileRole.EDITABLE, "docx", word, pages),
        _kept(by, document, FileRole.PRINTED, "pdf", pdf, pages),
    ]
    if document.page_count is None:
        fresh = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        fresh.page_count = pages
        fresh.save()
        document.page_count = pages
    return files


def _issue_instant(document: Document) -> datetime:
    """When the number was given, in the office's time: the file's own date, the same whenever it is made."""
    given = getattr(document, "issued_number", None)
    return timezone.localtime(given.issued_at if given is not None else document.registered_at)


def _written(composition: Composition, created: datetime) -> tuple[bytes, bytes]:
    # The typesetter is large and is loaded only where somebody writes a document.
    from khuevan.plain.official_documents.writing.pdf import write_pdf
    from khuevan.plain.official_documents.writing.word import write_word

    rules = rules_on(composition.date or created.date())
    try:
        return (
            write_word(composition, rules=rules, created=created),
            write_pdf(composition, rules=rules, created=created),
        )
    except UnwritableDocument as error:
        raise ValidationError(unwritable_sentence(error)) from error


def page_count(pdf: bytes) -> int:
    """How many pages a PDF that we made has."""
    # Imported where it is used: the library is large.
    from pypdfium2 import PdfDocument

    from khuevan.plain.official_documents.extraction.pdf_pages import PDFIUM

    with PDFIUM:
        document = PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def file_name(document: Document, ending: str) -> str:
    """48-KH-SVHTT.pdf: the symbol, as a name that every system takes."""
    return f"{document.symbol.replace('/', '-')}.{ending}"


def _kept(
    by: User, document: Document, role: FileRole, ending: str, data: bytes, pages: int | None
) -> DocumentFile:
    sha256 = hashlib.sha256(data).hexdigest()
    there = document.files.filter(role=role, sha256=sha256).first()
    if there is not None:
        return there
    made = DocumentFile(
        document=document,
        role=role,
        file=kept_name(sha256, data),
        filename=file_name(document, ending),
        content_type=CONTENT_TYPES[ending],
        size=len(data),
        sha256=sha256,
        page_count=pages,
        added_at=clock.now(),
        added_by=by,
    )
    made.save()
    return made
