"""What the standard asks of every message: fields that must be there, and how long a text may be."""

from __future__ import annotations

from collections.abc import Iterator

from khuevan.plain.edxml.codes import Length, lengths
from khuevan.plain.edxml.envelope import Envelope, Organisation, StatusMessage


def missing_fields(message: Envelope | StatusMessage) -> tuple[str, ...]:
    """The necessary fields that are empty, by the paths of their elements below MessageHeader.

    What a message cannot be registered without; the identity and the date of a document are asked of
    what is written (see `writing`) and only warned of in what is read, as senders leave them out.
    """
    needed: tuple[tuple[str, bool], ...]
    if isinstance(message, StatusMessage):
        response = message.response
        needed = (
            ("From/OrganId", bool(message.sender.code)),
            ("ResponseFor", bool(response.document_id or response.code)),
            ("StatusCode", bool(message.status)),
        )
    else:
        receivers = message.receivers
        needed = (
            ("From/OrganId", bool(message.sender.code)),
            ("To/OrganId", bool(receivers) and all(receiver.code for receiver in receivers)),
            ("Code/CodeNumber", bool(message.code.number)),
            ("Code/CodeNotation", bool(message.code.notation)),
            ("Subject", bool(message.subject)),
        )
    return tuple(path for path, given in needed if not given)


def fields_too_long(message: Envelope | StatusMessage) -> Iterator[Length]:
    """The length of each field that goes over it."""
    allowed = lengths()
    for element, text in _measured(message):
        if len(text) > allowed[element].maximum:
            yield allowed[element]


def _measured(message: Envelope | StatusMessage) -> Iterator[tuple[str, str]]:
    organisations: tuple[Organisation, ...] = (message.sender,)
    if isinstance(message, Envelope):
        organisations += message.receivers
        yield "Subject", message.subject
        yield "Content", message.content
        yield "CodeNumber", message.code.number
        yield "CodeNotation", message.code.notation
        yield "TypeName", message.document_type.name
        yield "FullName", message.signer.full_name
    for organisation in organisations:
        yield "OrganId", organisation.code
        yield "OrganName", organisation.name
