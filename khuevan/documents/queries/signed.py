"""Reads of signatures and of the files that bear them."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from khuevan.documents.choices import FileRole, SignatureKind
from khuevan.documents.models import Document, DocumentFile, DocumentQuerySet, Signature, SignatureImage
from khuevan.documents.permissions import can_keep_register
from khuevan.people.models import User

# The body's seal alone is no signature.
SIGNS: frozenset[str] = frozenset({SignatureKind.PAPER, SignatureKind.DIGITAL})


def is_signed(document: Document) -> bool:
    """Whether somebody signed the document, on paper or digitally, so that it may be sent."""
    return document.signatures.filter(kind__in=SIGNS).exists()


def signatures_of(document: Document) -> QuerySet[Signature]:
    """The signatures of the document in the order of signing, with their files."""
    return document.signatures.select_related("file", "recorded_by").order_by("signed_at", "pk")


def documents_to_sign(user: User, day: date) -> DocumentQuerySet:
    """Outgoing documents in force, written here, that nobody has signed yet, the oldest first.

    Those that `user` was chosen to sign; all of them for who keeps the register.
    """
    signed = Signature.objects.filter(document=OuterRef("pk"), kind__in=SIGNS)
    documents: DocumentQuerySet = Document.objects.outgoing().in_force()
    documents = documents.filter(~Exists(signed), content__isnull=False)
    if not can_keep_register(user, day):
        documents = documents.filter(draft__signer=user)
    return documents.defer("content", "reading").order_by("registered_at", "pk")


def printed_file(document: Document) -> DocumentFile | None:
    """The PDF of the document before anybody signed it."""
    return document.files.filter(role=FileRole.PRINTED).order_by("-added_at", "-pk").first()


def file_to_sign(document: Document) -> DocumentFile | None:
    """The PDF that the next digital signature goes into: the one signed last, else the one not signed yet."""
    signed = document.files.filter(role=FileRole.SIGNED).order_by("-added_at", "-pk").first()
    return signed or printed_file(document)


def signature_image_of(person: User) -> SignatureImage | None:
    """The picture of the person's signature, if there is one."""
    return SignatureImage.objects.filter(person=person).first()
