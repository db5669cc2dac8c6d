"""Writes about files of documents: one added, and that somebody opened one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.core.models import AuditEntry
from khuevan.documents.choices import DocumentState, FileRole
from khuevan.documents.file_keeping import kept_name
from khuevan.documents.models import Document, DocumentFile
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.received_files import ReceivedFile
from khuevan.documents.register_permissions import check_reads_document
from khuevan.people.models import User


@action
def add_received_file(
    *, by: User, document: Document, file: ReceivedFile, role: FileRole | str = FileRole.ATTACHMENT
) -> DocumentFile:
    """The file, now the document's; the same file under the same role is added once."""
    check_can_keep_register(by, clock.today())
    if document.state == DocumentState.REVOKED:
        raise ValidationError(_("A revoked document stays as it was."))
    there = document.files.filter(sha256=file.sha256, role=role).first()
    if there is not None:
        return there
    added = DocumentFile(
        document=document,
        role=role,
        file=kept_name(file.sha256, file.data),
        filename=file.filename,
        content_type=file.content_type,
        size=len(file.data),
        sha256=file.sha256,
        page_count=file.page_count,
        added_at=clock.now(),
        added_by=by,
    )
    added.save()
    return added


@action
def open_document_file(*, by: User, file: DocumentFile) -> None:
    """Nothing: the trail says that the person opened or took along the file.

    Decree 30/2020 wants the history of who read a document (annex VI, part I, III.5.a and 6.l). What is noted is
    that a file left the installation, because its words are there; not each look at the register's page, which
    would write a row for each click and bury what matters. Who opens the same file again on the same day is not
    noted twice.
    """
    check_reads_document(by, file.document, clock.today())
    if not _noted_today(by, file, "open_document_file"):
        note(file, {"filename": [None, file.filename]})


@action
def open_document_text(*, by: User, document: Document) -> None:
    """Nothing: the trail says that the person opened the document's whole text, once a day."""
    check_reads_document(by, document, clock.today())
    if not _noted_today(by, document, "open_document_text"):
        note(document, {"symbol": [None, document.symbol]})


def _noted_today(by: User, target: Model, verb: str) -> bool:
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return AuditEntry.objects.about(target).filter(by=by, verb=verb, at__gte=midnight).exists()
