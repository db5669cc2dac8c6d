"""Writes about what came as edXML: kept, registered, returned, answered; a status noted at its dispatch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.core.private_files import private_storage
from khuevan.documents.actions.envelope_files import EDXML_TYPE
from khuevan.documents.actions.files import add_received_file
from khuevan.documents.actions.handling import replace_document, revoke_document
from khuevan.documents.actions.registering import register_incoming
from khuevan.documents.choices import (
    Channel,
    Direction,
    DispatchState,
    DocumentState,
    ExchangeKind,
    ExchangeState,
    FileRole,
)
from khuevan.documents.details import DocumentDetails
from khuevan.documents.dispatch_course import reach
from khuevan.documents.dispatch_envelope import status_file
from khuevan.documents.edxml_reading import CheckedMessage
from khuevan.documents.edxml_sentences import edxml_warning, status_name
from khuevan.documents.models import Dispatch, Document, EdxmlMessage, EdxmlStatus, NumberBook
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.received_files import ReceivedFile
from khuevan.people.models import Unit, User
from khuevan.plain.edxml import BusinessType, Envelope, StatusCode, StatusMessage

# What a status of the recipient says about our dispatch. Assigned and in progress mean that it was received.
_STATES: dict[str, DispatchState] = {
    StatusCode.ARRIVED: DispatchState.ARRIVED,
    StatusCode.REFUSED: DispatchState.REFUSED,
    StatusCode.RECEIVED: DispatchState.RECEIVED,
    StatusCode.WAITING: DispatchState.RECEIVED,
    StatusCode.IN_PROGRESS: DispatchState.RECEIVED,
    StatusCode.COMPLETED: DispatchState.PROCESSED,
    StatusCode.AGREED: DispatchState.RECALLED,
}
# What may be told of a registered document, in the order in which it happens.
TELLABLE: tuple[str, ...] = (
    StatusCode.RECEIVED,
    StatusCode.WAITING,
    StatusCode.IN_PROGRESS,
    StatusCode.COMPLETED,
)


@action
def keep_edxml_message(
    *, by: User, checked: CheckedMessage, from_folder: bool = False
) -> tuple[EdxmlMessage, bool]:
    """The message, kept, and whether it is new: the same file twice is one message, unless it was refused before.

    A document waits to be registered; a status is noted at the dispatch that it answers, or said to answer none.
    """
    check_can_keep_register(by, clock.today())
    there = EdxmlMessage.objects.select_for_update(of=("self",)).filter(sha256=checked.sha256).first()
    if there is not None and (there.state != ExchangeState.REFUSED or there.file):
        return there, False
    # What was refused once and can be read today (the refusal had another cause, or was mended) is taken in.
    row = there or EdxmlMessage(sha256=checked.sha256)
    row.state, row.trouble = ExchangeState.WAITING, ""
    row.filename, row.size = checked.filename, len(checked.data)
    row.file = _kept(checked.sha256, checked.data)
    row.warnings = [edxml_warning(warning) for warning in checked.read.warnings]
    row.came_at, row.came_by = clock.now(), None if from_folder else by
    if isinstance(checked.message, Envelope):
        _describe(row, checked.message)
        _warn_of_a_stranger(row)
        row.save()
    else:
        _note_status(row, checked.message)
    return row, True


@action
def note_refused_edxml(
    *, by: User, filename: str, sha256: str, reason: str, from_folder: bool = False
) -> EdxmlMessage:
    """That a file was refused and why; the file itself is not kept. The same file is noted once.

    Name and digest are empty for one with a state-secret marking: nothing of it is kept.
    """
    check_can_keep_register(by, clock.today())
    there = EdxmlMessage.objects.filter(sha256=sha256).exclude(sha256="").first()
    if there is not None:
        return there
    row = EdxmlMessage(
        state=ExchangeState.REFUSED,
        filename=filename[:255],
        sha256=sha256,
        trouble=reason[:500],
        came_at=clock.now(),
        came_by=None if from_folder else by,
    )
    row.save()
    return row


@action
def register_edxml(
    *,
    by: User,
    message: EdxmlMessage,
    book: NumberBook,
    received_date: date,
    details: DocumentDetails,
    files: Sequence[ReceivedFile] = (),
    handling_unit: Unit | None = None,
    handling_words: str = "",
    allow_duplicate: bool = False,
    tell_sender: bool = False,
) -> Document:
    """The incoming document that the message brought, with its files and the message itself.

    A message that replaces an older document marks that one as replaced. `tell_sender` makes the status “received”.
    Raises PossibleDuplicate as `register_incoming` does.
    """
    fresh = _waiting(message)
    document = register_incoming(
        by=by,
        book=book,
        received_date=received_date,
        details=details,
        files=files,
        handling_unit=handling_unit,
        handling_words=handling_words,
        edxml_id=fresh.edxml_id[:100],
        allow_duplicate=allow_duplicate,
    )
    add_received_file(by=by, document=document, file=_as_received(fresh), role=FileRole.ENVELOPE)
    fresh.document, fresh.state = document, ExchangeState.REGISTERED
    fresh.save()
    if fresh.business == BusinessType.REPLACE:
        old = _in_force(fresh.business_edxml_id, fresh.sender_code)
        if old is not None:
            replace_document(by=by, document=old, new=document)
    if tell_sender:
        tell_status(by=by, message=fresh, code=StatusCode.RECEIVED)
    return document


@action
def decline_edxml(*, by: User, message: EdxmlMessage, reason: str) -> EdxmlStatus:
    """The status by which a document goes back to its sender unregistered, with the reason."""
    check_can_keep_register(by, clock.today())
    fresh = _waiting(message)
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Give the reason: the sender reads it.")})
    fresh.state, fresh.trouble = ExchangeState.DECLINED, words[:500]
    fresh.save()
    return _told(fresh, StatusCode.REFUSED, words, by)


@action
def settle_edxml_business(
    *,
    by: User,
    message: EdxmlMessage,
    agree: bool,
    words: str = "",
    files: Sequence[ReceivedFile] = (),
) -> EdxmlMessage:
    """The message that revokes or updates a registered document, carried out or declined; the sender is told.

    Agreed, a revoked document is revoked here for the sender's reason, and an update's files join the document.
    """
    check_can_keep_register(by, clock.today())
    fresh = _waiting(message)
    target = _in_force(fresh.business_edxml_id or fresh.edxml_id, fresh.sender_code)
    if target is None or fresh.business not in {BusinessType.REVOKE, BusinessType.UPDATE}:
        raise ValidationError(_("No document of the register is the one that this message speaks of."))
    text = words.strip()
    if not agree and not text:
        raise ValidationError({"words": _("Give the reason: the sender reads it.")})
    if agree:
        for file in files:
            add_received_file(by=by, document=target, file=file)
        add_received_file(by=by, document=target, file=_as_received(fresh), role=FileRole.ENVELOPE)
        if fresh.business == BusinessType.REVOKE:
            reason = fresh.business_reason or _("Recalled by its sender.")
            revoke_document(by=by, document=target, reason=reason)
    fresh.document = target
    fresh.state = ExchangeState.APPLIED if agree else ExchangeState.DECLINED
    fresh.trouble = "" if agree else text[:500]
    fresh.save()
    _told(fresh, StatusCode.AGREED if agree else StatusCode.DECLINED, text, by)
    return fresh


@action
def tell_status(*, by: User, message: EdxmlMessage, code: str, words: str = "") -> EdxmlStatus:
    """The status of a registered document for its sender, as a file to be handed over; each is told once."""
    check_can_keep_register(by, clock.today())
    fresh: EdxmlMessage = EdxmlMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if fresh.state != ExchangeState.REGISTERED or code not in TELLABLE:
        raise ValidationError(_("This cannot be told of a document that is not registered."))
    if code not in tellable_codes(fresh):
        raise ValidationError(_("The sender was told this already, or more."))
    return _told(fresh, code, words.strip(), by)


def tellable_codes(message: EdxmlMessage) -> tuple[str, ...]:
    """The statuses that may still be told of a registered document: those that come after what was told."""
    told = {answer.code for answer in message.answers.all()}
    last = max((place for place, code in enumerate(TELLABLE) if code in told), default=-1)
    return TELLABLE[last + 1 :]


@action
def mark_status_handed_over(*, by: User, status: EdxmlStatus) -> EdxmlStatus:
    """The status, handed to the exchange by the clerk."""
    check_can_keep_register(by, clock.today())
    fresh: EdxmlStatus = EdxmlStatus.objects.select_for_update(of=("self",)).get(pk=status.pk)
    if fresh.handed_over_at is None:
        fresh.handed_over_at = clock.now()
        fresh.save()
    return fresh


def document_spoken_of(message: EdxmlMessage) -> Document | None:
    """The registered document that a revoking, updating or replacing message speaks of; None where there is none.

    Only the body that sent a document speaks of it: the identity of another's document moves nothing.
    """
    if message.business in _SPEAKS_OF_ANOTHER:
        return _in_force(message.business_edxml_id or message.edxml_id, message.sender_code)
    return None


_SPEAKS_OF_ANOTHER = frozenset({BusinessType.REVOKE, BusinessType.UPDATE, BusinessType.REPLACE})


def _in_force(edxml_id: str, sender_code: str) -> Document | None:
    if not edxml_id or not sender_code:
        return None
    found: Document | None = (
        _all_in_force(edxml_id)
        .filter(edxml_messages__state=ExchangeState.REGISTERED, edxml_messages__sender_code=sender_code)
        .first()
    )
    return found


def _all_in_force(edxml_id: str) -> QuerySet[Document]:
    documents: QuerySet[Document] = (
        Document.objects.incoming()
        .exclude(state__in=[DocumentState.REVOKED, DocumentState.REPLACED])
        .filter(edxml_id=edxml_id[:100], direction=Direction.IN)
    )
    return documents


def _warn_of_a_stranger(row: EdxmlMessage) -> None:
    """Says with the message that it speaks of a document which another body sent."""
    identity = row.business_edxml_id or row.edxml_id
    if row.business not in _SPEAKS_OF_ANOTHER or not identity or _in_force(identity, row.sender_code):
        return
    if _all_in_force(identity).exists():
        row.warnings.append(
            _("It speaks of a document that another body sent (%s): nothing of that one is changed by it.")
            % identity
        )


def _describe(row: EdxmlMessage, envelope: Envelope) -> None:
    row.kind, row.state = ExchangeKind.DOCUMENT, ExchangeState.WAITING
    row.sender_code, row.sender_name = envelope.sender.code[:35], envelope.sender.name[:255]
    row.edxml_id, row.symbol = envelope.document_id[:255], envelope.code.text[:100]
    row.title, row.issued_date = envelope.subject[:1000], envelope.promulgation_date
    if envelope.business is not None:
        row.business, row.business_reason = envelope.business.type, envelope.business.reason[:500]
        replaced = envelope.business.replacements
        row.business_edxml_id = (
            envelope.business.document_id or (replaced[0].document_id if replaced else "")
        )[:255]


def _note_status(row: EdxmlMessage, status: StatusMessage) -> None:
    """Keeps the status, and notes it at the dispatch that it answers."""
    response = status.response
    row.kind = ExchangeKind.STATUS
    row.sender_code, row.sender_name = status.sender.code[:35], status.sender.name[:255]
    row.edxml_id, row.symbol = response.document_id[:255], response.code[:100]
    row.issued_date, row.status_code = response.promulgation_date, status.status[:4]
    row.title = status.description[:1000]
    document = _document_answered(status)
    dispatch = _dispatch_answered(document, status.sender.code) if document is not None else None
    row.document, row.dispatch = document, dispatch
    if document is None:
        row.state = ExchangeState.UNMATCHED
        row.trouble = _("No document that we sent has the identifier or the symbol that this status names.")
    elif dispatch is None:
        row.state = ExchangeState.UNMATCHED
        row.trouble = _("%(document)s was not sent by edXML to a body with the code %(code)s.") % {
            "document": document.symbol, "code": status.sender.code,
        }  # fmt: skip
    else:
        row.state = ExchangeState.APPLIED
    row.save()
    if dispatch is not None:
        _move(dispatch, status)


def _document_answered(status: StatusMessage) -> Document | None:
    response = status.response
    outgoing = Document.objects.outgoing()
    if response.document_id:
        found: Document | None = outgoing.filter(edxml_id=response.document_id[:100]).first()
        if found is not None:
            return found
    if not response.code:
        return None
    named = outgoing.filter(symbol=response.code).exclude(edxml_id="")
    if response.promulgation_date is not None:
        named = named.filter(issued_date=response.promulgation_date)
    several = list(named[:2])
    return several[0] if len(several) == 1 else None


def _dispatch_answered(document: Document, code: str) -> Dispatch | None:
    rows = Dispatch.objects.select_for_update(of=("self",)).filter(
        document=document, channel=Channel.EDXML, correspondent__organ_code=code
    )
    found: Dispatch | None = rows.exclude(sent_at=None).order_by("-pk").first()
    return found


def _move(dispatch: Dispatch, status: StatusMessage) -> None:
    words = status.description or status_name(status.status)
    state = _STATES.get(status.status)
    refused = state == DispatchState.REFUSED
    if state is None or (state == DispatchState.RECALLED and dispatch.state != DispatchState.RECALLED):
        # Taken back, declined, an agreed update, a code that the standard does not have: noted, nothing moves.
        state = DispatchState(dispatch.state)
    reach(
        dispatch,
        state,
        told_by=None,
        channel=Channel.EDXML,
        status_code=status.status[:4],
        words=words,
        trouble=words if refused else "",
    )


def _waiting(message: EdxmlMessage) -> EdxmlMessage:
    fresh: EdxmlMessage = EdxmlMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if fresh.state != ExchangeState.WAITING or fresh.kind != ExchangeKind.DOCUMENT:
        raise ValidationError(_("Somebody has dealt with this message meanwhile."))
    return fresh


def _told(message: EdxmlMessage, code: str, words: str, by: User) -> EdxmlStatus:
    data = status_file(message, code, words, staff=by.get_full_name())
    sha256 = hashlib.sha256(data).hexdigest()
    status = EdxmlStatus(
        message=message,
        code=code,
        words=words[:500],
        told_at=clock.now(),
        told_by=by,
        file=_kept(sha256, data),
        filename=f"trang-thai-{code}-{message.pk}.edxml",
        size=len(data),
        sha256=sha256,
    )
    status.save()
    return status


def data_of_message(message: EdxmlMessage) -> bytes:
    """The message as it came."""
    with private_storage().open(str(message.file.name)) as stream:
        data: bytes = stream.read()
    return data


def _as_received(message: EdxmlMessage) -> ReceivedFile:
    name = message.filename if message.filename.lower().endswith((".edxml", ".xml")) else "thong-diep.edxml"
    return ReceivedFile(
        filename=name, data=data_of_message(message), sha256=message.sha256, content_type=EDXML_TYPE
    )


def _kept(sha256: str, data: bytes) -> str:
    """The name in the storage, in a place of the exchange's own: documents' files are swept by other rules."""
    name, storage = f"edxml/{sha256[:2]}/{sha256}", private_storage()
    if storage.exists(name) and storage.size(name) == len(data):
        return name
    kept: str = storage.save(name, ContentFile(data))
    return kept
