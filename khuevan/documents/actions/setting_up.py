"""Writes to what is set up once: types of documents, books of numbers, correspondents. Nothing is deleted."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.models import CitedName, Correspondent, DocumentType, NumberBook, folded_names
from khuevan.documents.permissions import check_can_set_up_documents
from khuevan.people.models import User


@action
def keep_document_type(*, by: User, document_type: DocumentType) -> DocumentType:
    """The type, stored as it is given; its code stays once numbers were given under it."""
    check_can_set_up_documents(by, clock.today())
    if document_type.pk is not None:
        before = DocumentType.objects.select_for_update().get(pk=document_type.pk)
        changed = (before.code or before.name) != (document_type.code or document_type.name)
        if changed and document_type.documents.filter(issued_number__isnull=False).exists():
            raise ValidationError(
                {"code": _("Numbers were given under this code: end the type and add a new one.")}
            )
    document_type.full_clean()
    document_type.save()
    return document_type


@action
def keep_number_book(*, by: User, book: NumberBook) -> NumberBook:
    """The book, stored as it is given; what its numbers rest on stays once one was given."""
    check_can_set_up_documents(by, clock.today())
    if book.pk is not None:
        before = NumberBook.objects.select_for_update().get(pk=book.pk)
        same = (before.direction, before.unit_id, before.per_type) == (
            book.direction, book.unit_id, book.per_type,
        )  # fmt: skip
        if not same and book.numbers.exists():
            raise ValidationError(
                _("Numbers were given in this book: its direction, body and way of counting stay.")
            )
    book.full_clean()
    book.save()
    return book


@action
def keep_correspondent(*, by: User, correspondent: Correspondent) -> Correspondent:
    """The correspondent, stored as it is given, found from now on under each of its names."""
    check_can_set_up_documents(by, clock.today())
    correspondent.full_clean()
    correspondent.save()
    wanted = folded_names(correspondent)
    held = set(correspondent.cited_names.values_list("folded", flat=True))
    correspondent.cited_names.filter(folded__in=held - wanted).delete()
    CitedName.objects.bulk_create(
        CitedName(correspondent=correspondent, folded=folded) for folded in sorted(wanted - held)
    )
    return correspondent
