"""Writes of signatures: one on paper registered, a digital one kept, the picture of a person's signature."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.files import add_received_file
from khuevan.documents.actions.filing import file_name
from khuevan.documents.choices import Direction, DocumentState, FileRole, SignatureKind
from khuevan.documents.file_keeping import forget_file, kept_name
from khuevan.documents.models import Document, DocumentFile, Signature, SignatureImage
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.queries.signed import file_to_sign
from khuevan.documents.received_files import CONTENT_TYPES, ReceivedFile
from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.pictures import checked_picture
from khuevan.documents.signed_files import SignedPdf
from khuevan.documents.signing_permissions import check_can_sign, check_can_use_signature_image
from khuevan.people.models import User

# A scan of the signed paper; an office that scans into something else exports it as PDF.
SCAN_ENDINGS: frozenset[str] = frozenset({"pdf", "jpg", "jpeg", "png", "tif", "tiff"})


@action
def sign_on_paper(
    *, by: User, document: Document, signer_name: str, signed_at: datetime, scan: ReceivedFile | None = None
) -> Signature:
    """The signature on paper, registered: who signed and when, with its scan where there is one."""
    check_can_keep_register(by, clock.today())
    fresh = _to_sign(document)
    name = " ".join(signer_name.split())
    if not name:
        raise ValidationError({"signer_name": _("Say who signed.")})
    if signed_at > clock.now():
        raise ValidationError({"signed_date": _("A signature cannot lie in the future.")})
    if fresh.signatures.filter(kind=SignatureKind.PAPER).exists():
        raise ValidationError(_("The signature on paper is registered already."))
    file = None
    if scan is not None:
        if scan.filename.rpartition(".")[2].lower() not in SCAN_ENDINGS:
            raise ValidationError({"scan": _("Scan the paper as PDF or as a picture (JPEG, PNG, TIFF).")})
        file = add_received_file(by=by, document=fresh, file=scan, role=FileRole.SCANNED)
    signature = Signature(
        document=fresh,
        kind=SignatureKind.PAPER,
        signer_name=name[:200],
        signed_at=signed_at,
        recorded_by=by,
        file=file,
    )
    signature.save()
    return signature


@action
def keep_digital_signature(
    *, by: User, document: Document, kind: SignatureKind, signed: SignedPdf
) -> Signature:
    """The signed file and who signed it; signing itself happens before, outside of the transaction.

    Refuses a file that does not go on, byte for byte, from the document's newest one: somebody signed meanwhile.
    """
    fresh = _to_sign(document)
    if kind == SignatureKind.SEAL:
        check_can_keep_register(by, clock.today())
        if not fresh.signatures.filter(kind=SignatureKind.DIGITAL).exists():
            raise ValidationError(_("The seal follows the signature: nobody has signed digitally yet."))
    else:
        check_can_sign(by, fresh, clock.today())
    if fresh.signatures.filter(kind=kind).exists():
        raise ValidationError(_("The document bears this signature already."))
    base = file_to_sign(fresh)
    if base is None or base.sha256 != signed.base_sha256 or not _goes_on(base, signed.data):
        raise ValidationError(_("The file was signed by somebody else meanwhile: look at it and sign again."))
    sha256 = hashlib.sha256(signed.data).hexdigest()
    file = DocumentFile(
        document=fresh,
        role=FileRole.SIGNED,
        file=kept_name(sha256, signed.data),
        filename=file_name(fresh, "pdf"),
        content_type=CONTENT_TYPES["pdf"],
        size=len(signed.data),
        sha256=sha256,
        page_count=base.page_count,
        added_at=clock.now(),
        added_by=by,
    )
    file.save()
    signature = Signature(
        document=fresh,
        kind=kind,
        signer_name=signed.signer_name[:200],
        certificate=signed.certificate[:500],
        signed_at=clock.now(),
        recorded_by=by,
        file=file,
    )
    signature.save()
    return signature


@action
def keep_signature_image(*, by: User, person: User, content: bytes) -> SignatureImage:
    """The picture of the person's signature, checked and encoded anew; one that was there gives way."""
    check_can_use_signature_image(by, person, clock.today())
    try:
        picture = checked_picture(content)
    except SigningRefused as refused:
        raise ValidationError({"picture": str(refused)}) from refused
    sha256 = hashlib.sha256(picture.png).hexdigest()
    image = SignatureImage.objects.select_for_update().filter(person=person).first() or SignatureImage(
        person=person
    )
    before = str(image.file.name) if image.file else ""
    image.file, image.size, image.sha256 = kept_name(sha256, picture.png), len(picture.png), sha256
    image.added_at = clock.now()
    image.save()
    if before and before != image.file.name:
        # A signature that nobody uses any more is not left lying about.
        forget_file(before)
    return image


@action
def remove_signature_image(*, by: User, image: SignatureImage) -> None:
    """Takes the picture out; documents that were signed with it keep it in their files."""
    check_can_use_signature_image(by, image.person, clock.today())
    name = str(image.file.name)
    image.delete()
    forget_file(name)


def _to_sign(document: Document) -> Document:
    fresh: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if fresh.direction != Direction.OUT:
        raise ValidationError(_("Only documents of the own office are signed here."))
    if fresh.state in {DocumentState.REVOKED, DocumentState.REPLACED}:
        raise ValidationError(_("A revoked or replaced document is no longer signed."))
    return fresh


def _goes_on(base: DocumentFile, data: bytes) -> bool:
    with base.file.open("rb") as stream:
        before = bytes(stream.read())
    return len(data) > len(before) and data.startswith(before)
