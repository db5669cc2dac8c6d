"""A message in edXML, read into an envelope or a status.

Elements are known by their local names, whatever their prefix or namespace. What is not well-formed or
lacks what the standard requires is refused; what is merely odd is read with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khuevan.plain.edxml import header, messages, vocabulary, warnings
from khuevan.plain.edxml.attachments import attachments, check_content
from khuevan.plain.edxml.codes import CodeList
from khuevan.plain.edxml.envelope import Envelope, Organisation, ResponseFor, StatusMessage
from khuevan.plain.edxml.fields import Fields
from khuevan.plain.edxml.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.edxml.parsing import Element, Parsed, parse
from khuevan.plain.edxml.requirements import fields_too_long, missing_fields
from khuevan.plain.edxml.secrecy import refuse_secret_texts
from khuevan.plain.edxml.signature import SignatureSeen, signature_in


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A message, what the reader was unsure of, and the signature that it bears (never verified)."""

    message: Envelope | StatusMessage
    warnings: tuple[str, ...]
    signature: SignatureSeen | None


def read_edxml(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReadMessage:
    """What a message says.

    Raises `EdxmlError` with one sentence that names the line for a message that cannot be read, and
    its subclass `StateSecretEnvelope` for one that bears a state-secret marking.
    """
    parsed = parse(data, limits)
    root, fields = parsed.root, Fields()
    # Before anything is said of the message, and whatever its elements are called: no sentence may carry a
    # word of a secret one.
    refuse_secret_texts(_texts(root))
    if root.name not in vocabulary.ROOTS:
        raise messages.refused(messages.NOT_EDXML, line=root.line)
    head = next(_message_headers(root), None)
    if head is None:
        raise messages.refused(messages.NO_HEADER, line=root.line)
    parent, main = head
    _warn_of_names(parsed, main, fields)
    signature = signature_in(next(_descendants(root, "Signature"), None), parsed.algorithms)
    if signature is not None:
        fields.warn(warnings.WEAKLY_SIGNED if signature.weak else warnings.SIGNED)
    message: Envelope | StatusMessage
    if main.name == "Status" or main.first("StatusCode") is not None:
        message = _status(main, fields)
    else:
        message = _envelope(root, parent, main, fields)
    return ReadMessage(message, tuple(fields.warnings), signature)


def _message_headers(element: Element) -> Iterator[tuple[Element, Element]]:
    """The headers of messages, each after the element in which it stands; attachments are not searched."""
    for child in element.children:
        if child.name in ("MessageHeader", "Status"):
            yield element, child
        elif child.name not in ("AttachmentEncoded", "Attachment", "Signature"):
            yield from _message_headers(child)


def _texts(element: Element) -> Iterator[str]:
    """All texts of the message but those of its signature."""
    yield element.text
    for child in element.children:
        if child.name != "Signature":
            yield from _texts(child)


def _descendants(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if child.name == name:
            yield child
        else:
            yield from _descendants(child, name)


def _warn_of_names(parsed: Parsed, main: Element, fields: Fields) -> None:
    """Warns of another namespace, of prefixes that are not declared, and of elements unknown to the standard."""
    namespaces = {each.namespace: each.line for each in reversed((main, *main.children))}
    namespaces.pop(vocabulary.NAMESPACE, None)
    if namespaces.pop(vocabulary.OLD_NAMESPACE, None) is not None:
        fields.warn(warnings.OLD_NAMESPACE)
    if namespaces:
        fields.warn(warnings.OTHER_NAMESPACE, line=min(namespaces.values()))
    if parsed.undeclared:
        fields.warn(warnings.UNDECLARED_PREFIX, line=parsed.undeclared[0])
    known = vocabulary.STATUS if main.first("StatusCode") is not None else vocabulary.HEADER
    for child in main.children:
        if child.name not in known:
            fields.warn(warnings.UNKNOWN_ELEMENT, line=child.line)


def _envelope(root: Element, parent: Element, main: Element, fields: Fields) -> Envelope:
    promulgation = fields.one(main, "PromulgationInfo")
    trace = fields.one(parent, "TraceHeaderList")
    responses = (header.response_for(each, fields) for each in main.all("ResponseFor"))
    receivers = (header.organisation(each, fields) for each in main.all("To"))
    files = attachments(_manifest(root), list(_descendants(root, "Attachment")), fields)
    message = Envelope(
        sender=header.organisation(fields.one(main, "From"), fields),
        receivers=tuple(receiver for receiver in receivers if receiver != Organisation("")),
        code=header.document_code(fields.one(main, "Code"), fields),
        subject=fields.text(main, "Subject"),
        document_id=fields.text(main, "DocumentId"),
        place=fields.text(promulgation, "Place"),
        promulgation_date=fields.day(promulgation, "PromulgationDate"),
        document_type=header.document_type(fields.one(main, "DocumentType"), fields),
        content=fields.text(main, "Content"),
        signer=header.signer(fields.one(main, "SignerInfo"), fields),
        due_date=fields.day(main, "DueDate"),
        other=header.other_info(fields.one(main, "OtherInfo"), fields),
        responses=tuple(response for response in responses if response != ResponseFor()),
        steering=fields.number(main, "SteeringType", CodeList.STEERING),
        to_places=header.texts_of(fields.one(main, "ToPlaces"), "Place"),
        traces=header.traces(trace, fields),
        business=header.business(fields.one(trace, "Bussiness"), fields),
        attachments=tuple(attachment for attachment, _ in files),
    )
    _refuse_incomplete(message, main.line)
    for attachment, line in files:
        check_content(attachment, line, fields)
    if not message.document_id:
        fields.warn(warnings.ABSENT, element="DocumentId")
    if message.promulgation_date is None:
        fields.warn(warnings.ABSENT, element="PromulgationDate")
    _warn_of_lengths(message, fields)
    return message


def _status(main: Element, fields: Fields) -> StatusMessage:
    response = fields.one(main, "ResponseFor")
    message = StatusMessage(
        sender=header.organisation(fields.one(main, "From"), fields),
        response=header.response_for(response, fields) if response is not None else ResponseFor(),
        status=header.status_code(main, fields),
        description=fields.text(main, "Description"),
        at=fields.instant(main, "Timestamp"),
        staff=header.staff_info(fields.one(main, "StaffInfo"), fields),
    )
    _refuse_incomplete(message, main.line)
    if message.at is None:
        fields.warn(warnings.ABSENT, element="Timestamp")
    _warn_of_lengths(message, fields)
    return message


def _manifest(root: Element) -> Element | None:
    """The list of files; older messages call it Manifest."""
    for name in ("edXMLManifest", "Manifest"):
        for element in _descendants(root, name):
            return element
    return None


def _refuse_incomplete(message: Envelope | StatusMessage, line: int) -> None:
    missing = missing_fields(message)
    if missing:
        raise messages.refused(messages.MISSING, line=line, fields=", ".join(missing))


def _warn_of_lengths(message: Envelope | StatusMessage, fields: Fields) -> None:
    for length in fields_too_long(message):
        fields.warn(warnings.TOO_LONG, element=length.element, maximum=length.maximum)
