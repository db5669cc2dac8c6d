"""The edXML file of a document for several recipients, and of a status: values from the register, written out.

Source: QCVN 102:2016/BTTTT; one envelope names every recipient (To stands as often as wanted), so that one file
goes to all.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.documents.choices import AUTHORITY_PREFIXES, Urgency
from khuevan.documents.dispatch_files import data_of, outward_name
from khuevan.documents.edxml_sentences import edxml_sentence
from khuevan.documents.models import Dispatch, Document, DocumentFile, EdxmlMessage
from khuevan.plain import edxml
from khuevan.plain.edxml import Business, BusinessType, EdxmlError, Envelope, Organisation, ResponseFor

_PRIORITIES = {
    Urgency.NORMAL: 0,
    Urgency.URGENT: 1,
    Urgency.MORE_URGENT: 2,
    Urgency.EXPRESS: 3,
    Urgency.SCHEDULED: 4,
}


def own_code() -> str:
    """The department's code in edXML; raises ValidationError where the installation has none."""
    if not settings.ORGAN_CODE:
        raise ValidationError(
            _("This installation has no organ code yet: the administrator sets KHUEVAN_ORGAN_CODE.")
        )
    return str(settings.ORGAN_CODE)


def identity_of(document: Document) -> str:
    """The document's identity in edXML: kept once it was sent, else body, day and symbol."""
    if document.edxml_id:
        return str(document.edxml_id)
    if document.issued_date is None:
        raise ValidationError(_("The document has no date yet."))
    return edxml.document_id(own_code(), document.issued_date, _code(document))


def document_envelope(
    document: Document,
    dispatches: Sequence[Dispatch],
    files: Sequence[DocumentFile],
    *,
    business: Business,
) -> bytes:
    """The edXML file; raises ValidationError with one sentence where a code is missing or the standard forbids it."""
    receivers = tuple(_receiver(dispatch) for dispatch in dispatches)
    signed_with = getattr(document, "draft", None)
    envelope = Envelope(
        sender=Organisation(own_code(), document.issuer_name),
        receivers=receivers,
        code=_code(document),
        subject=document.title[:500],
        document_id=identity_of(document),
        place=document.place,
        promulgation_date=document.issued_date,
        document_type=_type(document),
        content=document.title[:500],
        signer=edxml.Signer(
            full_name=document.signer_name[:50],
            position=document.signer_position,
            authority=AUTHORITY_PREFIXES.get(signed_with.authority, "") if signed_with else "",
        ),
        due_date=document.due_date,
        other=edxml.OtherInfo(
            priority=_PRIORITIES.get(Urgency(document.urgency)),
            circulation=document.circulation,
            copies=document.copy_count,
            pages=document.page_count,
        ),
        responses=_responses(document),
        to_places=tuple(line.strip(" -;.") for line in document.recipient_lines if line.strip(" -;.")),
        traces=(edxml.Trace(own_code(), clock.now()),),
        business=business,
        attachments=tuple(
            edxml.Attachment(
                name=outward_name(document, file, first=place == 0),
                data=data_of(file),
                content_type=file.content_type,
            )
            for place, file in enumerate(files)
        ),
    )
    return _written(lambda: edxml.write_edxml(envelope))


def new_business(document: Document) -> Business:
    """What the first message about a document says: new, or in place of an older one that went out as edXML."""
    replaced = [old for old in document.replaces.all() if old.edxml_id]
    if not replaced:
        return Business(type=BusinessType.NEW)
    return Business(
        type=BusinessType.REPLACE,
        replacements=tuple(edxml.Replacement(old.edxml_id, _organs_that_hold(old)) for old in replaced),
    )


def revoking(document: Document, reason: str) -> Business:
    """What a message says that calls a document back."""
    return Business(type=BusinessType.REVOKE, document_id=identity_of(document), reason=reason)


def updating(document: Document, reason: str) -> Business:
    """What a message says that brings a document's files anew."""
    return Business(
        type=BusinessType.UPDATE, document_id=identity_of(document), reason=reason, information_changes=1
    )


def status_file(message: EdxmlMessage, code: str, words: str, *, staff: str) -> bytes:
    """The edXML file that tells the sender of a message how its document stands here."""
    status = edxml.StatusMessage(
        sender=Organisation(own_code()),
        response=ResponseFor(
            organisation=message.sender_code,
            code=message.symbol,
            document_id=message.edxml_id,
            promulgation_date=message.issued_date,
        ),
        status=code,
        description=words,
        at=clock.now(),
        staff=edxml.StaffInfo(staff=staff),
    )
    return _written(lambda: edxml.write_status(status))


def _written(write: object) -> bytes:
    try:
        data: bytes = write()  # type: ignore[operator]
    except EdxmlError as error:
        raise ValidationError(edxml_sentence(str(error))) from None
    return data


def _code(document: Document) -> edxml.DocumentCode:
    number, _stroke, rest = document.symbol.partition("/")
    if rest:
        return edxml.DocumentCode(number, rest)
    return edxml.DocumentCode(str(document.number or ""), document.notation)


def _receiver(dispatch: Dispatch) -> Organisation:
    body = dispatch.correspondent
    if body is None or not body.organ_code:
        raise ValidationError(
            _("“%s” has no code in edXML: enter it with the correspondent, or choose another channel.")
            % (body.name if body else dispatch.name)
        )
    return Organisation(body.organ_code, body.name, address=body.address, email=body.email)


def _type(document: Document) -> edxml.DocumentType:
    code = document.type.edxml_type if document.type else ""
    return edxml.DocumentType(code=int(code) if code.isdecimal() else None, name=document.type_name[:100])


def _responses(document: Document) -> tuple[ResponseFor, ...]:
    answered = document.answers
    if answered is None or not (answered.edxml_id or answered.symbol):
        return ()
    sender = answered.sender
    return (
        ResponseFor(
            organisation=sender.organ_code if sender else "",
            code=answered.symbol,
            document_id=answered.edxml_id,
            promulgation_date=answered.issued_date,
        ),
    )


def _organs_that_hold(document: Document) -> tuple[str, ...]:
    rows = document.dispatches.exclude(sent_at=None).values_list("correspondent__organ_code", flat=True)
    return tuple(dict.fromkeys(code for code in rows if code))
