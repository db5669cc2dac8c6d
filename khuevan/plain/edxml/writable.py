"""What may not leave the house: an incomplete message, a text too long, a code that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from khuevan.plain.edxml import codes, contents, messages
from khuevan.plain.edxml.attachments import is_file_name
from khuevan.plain.edxml.codes import CodeList
from khuevan.plain.edxml.envelope import Attachment, Business, Envelope, ResponseFor, StatusMessage
from khuevan.plain.edxml.limits import MEGABYTE, Limits
from khuevan.plain.edxml.requirements import fields_too_long, missing_fields
from khuevan.plain.edxml.secrecy import refuse_secret_message


def refuse_unwritable(message: Envelope | StatusMessage, limits: Limits) -> None:
    """Nothing for a message that the standard allows; raises EdxmlError with the first thing to mend."""
    refuse_secret_message(message)
    missing = (*missing_fields(message), *_missing_when_sent(message))
    if missing:
        raise messages.refused(messages.UNWRITABLE_MISSING, fields=", ".join(missing))
    for length in fields_too_long(message):
        if length.verified:
            raise messages.refused(messages.UNWRITABLE_LENGTH, field=length.element, maximum=length.maximum)
    for element, code_list, value in _coded(message):
        if value is not None and codes.code_of(code_list, value) is None:
            raise messages.refused(messages.UNWRITABLE_CODE, field=element, code=value)
    if isinstance(message, Envelope):
        _refuse_attachments(message.attachments, limits)


def _missing_when_sent(message: Envelope | StatusMessage) -> Iterator[str]:
    """What senders at times leave out, though the standard asks for it: here it must be filled in."""
    if isinstance(message, StatusMessage):
        if message.at is None:
            yield "Timestamp"
        return
    if not message.document_id:
        yield "DocumentId"
    if message.promulgation_date is None:
        yield "PromulgationInfo/PromulgationDate"
    if any(response == ResponseFor() for response in message.responses):
        yield "ResponseFor/DocumentId"
    if any(not trace.organisation or trace.at is None for trace in message.traces):
        yield "TraceHeader/OrganId, TraceHeader/Timestamp"
    if message.business is not None:
        yield from _missing_of_business(message.business)
    if any(not attachment.content_type for attachment in message.attachments):
        yield "ContentType"


def _missing_of_business(business: Business) -> Iterator[str]:
    if business.type is None:
        yield "Bussiness/BussinessDocType"
    if business.type in (codes.BusinessType.REVOKE, codes.BusinessType.UPDATE) and not business.document_id:
        yield "Bussiness/DocumentId"
    if business.type == codes.BusinessType.REPLACE and not business.replacements:
        yield "Bussiness/ReplacementInfoList"
    if any(not receiver.organisation or receiver.change is None for receiver in business.receivers):
        yield "Receiver/OrganId, Receiver/ReceiverType"
    if any(not replacement.document_id for replacement in business.replacements):
        yield "ReplacementInfo/DocumentId"


def _coded(message: Envelope | StatusMessage) -> Iterator[tuple[str, CodeList, object]]:
    if isinstance(message, StatusMessage):
        yield "StatusCode", CodeList.STATUS, message.status
        return
    yield "Priority", CodeList.PRIORITY, message.other.priority
    yield "SteeringType", CodeList.STEERING, message.steering
    if message.business is not None:
        yield "BussinessDocType", CodeList.BUSINESS, message.business.type
        for receiver in message.business.receivers:
            yield "ReceiverType", CodeList.RECEIVER, receiver.change


def _refuse_attachments(attachments: tuple[Attachment, ...], limits: Limits) -> None:
    if len(attachments) > limits.attachments:
        raise messages.refused(messages.UNWRITABLE_COUNT, attachments=limits.attachments)
    sizes = [len(attachment.data) for attachment in attachments]
    most = min(limits.attachment_bytes, limits.attachments_bytes)
    if sum(sizes) > limits.attachments_bytes or any(size > most for size in sizes):
        raise messages.refused(messages.UNWRITABLE_SIZE, megabytes=most // MEGABYTE)
    for number, attachment in enumerate(attachments, start=1):
        if not is_file_name(attachment.name):
            raise messages.refused(messages.UNWRITABLE_NAME, number=number)
        if not attachment.data:
            raise messages.refused(messages.UNWRITABLE_EMPTY, name=attachment.name)
        if contents.is_program(attachment.name, attachment.data):
            raise messages.refused(messages.UNWRITABLE_PROGRAM, name=attachment.name)
