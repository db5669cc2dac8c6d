"""Envelopes and statuses written as edXML: the same value always gives the same bytes.

Layout as in the samples of the national exchange: the root in the default namespace, the envelope with
the prefix edXML, the files behind it. What the standard does not allow is refused here, so that no
recipient has to.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Final

from khuevan.plain.edxml.envelope import (
    Business,
    DocumentType,
    Envelope,
    Organisation,
    OtherInfo,
    ResponseFor,
    Signer,
    StaffInfo,
    StatusMessage,
)
from khuevan.plain.edxml.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.edxml.markup import Markup
from khuevan.plain.edxml.vocabulary import NAMESPACE, PREFIX
from khuevan.plain.edxml.writable import refuse_unwritable

_DEFAULT: Final = f' xmlns="{NAMESPACE}"'
_PREFIXED: Final = f' xmlns:{PREFIX}="{NAMESPACE}"'


def write_edxml(envelope: Envelope, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The message in UTF-8; reading it gives the equal envelope.

    Raises `EdxmlError` with one sentence for what the standard does not allow, and its subclass
    `StateSecretEnvelope` for an envelope that bears a state-secret marking.
    """
    refuse_unwritable(envelope, limits)
    out = Markup()
    with out.element("edXML", _DEFAULT):
        out.prefixed = True
        with out.element("edXMLEnvelope", _PREFIXED):
            with out.element("edXMLHeader"):
                with out.element("MessageHeader"):
                    _message_header(out, envelope)
                _trace_headers(out, envelope)
            _manifest(out, envelope)
        out.prefixed = False
        if envelope.attachments:
            with out.element("AttachmentEncoded"):
                for number, attachment in enumerate(envelope.attachments, start=1):
                    with out.element("Attachment"):
                        out.field("ContentId", _content_id(number))
                        out.field("AttachmentName", attachment.name)
                        out.field("Description", attachment.description)
                        out.field("ContentType", attachment.content_type)
                        out.base64("ContentTransferEncoded", attachment.data)
    return out.getvalue()


def write_status(status: StatusMessage) -> bytes:
    """The status in UTF-8; reading it gives the equal status. Errors as `write_edxml`."""
    refuse_unwritable(status, DEFAULT_LIMITS)
    out = Markup()
    with ExitStack() as stack:
        stack.enter_context(out.element("edXML", _DEFAULT))
        out.prefixed = True
        stack.enter_context(out.element("edXMLEnvelope", _PREFIXED))
        stack.enter_context(out.element("edXMLHeader"))
        stack.enter_context(out.element("MessageHeader"))
        _organisation(out, "From", status.sender)
        _response(out, status.response)
        out.field("StatusCode", status.status)
        out.field("Description", status.description)
        out.field("Timestamp", status.at)
        _staff(out, status.staff)
    return out.getvalue()


def _message_header(out: Markup, envelope: Envelope) -> None:
    _organisation(out, "From", envelope.sender)
    for receiver in envelope.receivers:
        _organisation(out, "To", receiver)
    out.field("DocumentId", envelope.document_id)
    with out.element("Code"):
        out.field("CodeNumber", envelope.code.number)
        out.field("CodeNotation", envelope.code.notation)
    with out.element("PromulgationInfo"):
        out.field("Place", envelope.place)
        out.field("PromulgationDate", envelope.promulgation_date)
    if envelope.document_type != DocumentType():
        with out.element("DocumentType"):
            out.field("Type", envelope.document_type.code)
            out.field("TypeDetail", envelope.document_type.detail)
            out.field("TypeName", envelope.document_type.name)
    out.field("Subject", envelope.subject)
    out.field("Content", envelope.content)
    if envelope.signer != Signer():
        with out.element("SignerInfo"):
            out.field("Competence", envelope.signer.authority)
            out.field("Position", envelope.signer.position)
            out.field("FullName", envelope.signer.full_name)
    out.field("DueDate", envelope.due_date)
    if envelope.other != OtherInfo():
        _other_info(out, envelope.other)
    for response in envelope.responses:
        _response(out, response)
    out.field("SteeringType", envelope.steering)
    if envelope.to_places:
        with out.element("ToPlaces"):
            for place in envelope.to_places:
                out.field("Place", place)


def _organisation(out: Markup, name: str, organisation: Organisation) -> None:
    with out.element(name):
        out.field("OrganId", organisation.code)
        out.field("OrganizationInCharge", organisation.in_charge)
        out.field("OrganName", organisation.name)
        out.field("OrganAdd", organisation.address)
        out.field("Email", organisation.email)
        out.field("Telephone", organisation.telephone)
        out.field("Fax", organisation.fax)
        out.field("Website", organisation.website)


def _other_info(out: Markup, other: OtherInfo) -> None:
    with out.element("OtherInfo"):
        out.field("Priority", other.priority)
        out.field("SphereOfPromulgation", other.circulation)
        out.field("TyperNotation", other.drafter)
        out.field("PromulgationAmount", other.copies)
        out.field("PageAmount", other.pages)
        out.field("Direction", other.direction)
        if other.annexes:
            with out.element("Appendixes"):
                for annex in other.annexes:
                    out.field("Appendix", annex)


def _response(out: Markup, response: ResponseFor) -> None:
    with out.element("ResponseFor"):
        out.field("OrganId", response.organisation)
        out.field("Code", response.code)
        out.field("DocumentId", response.document_id)
        out.field("PromulgationDate", response.promulgation_date)


def _trace_headers(out: Markup, envelope: Envelope) -> None:
    if not envelope.traces and envelope.business is None:
        return
    with out.element("TraceHeaderList"):
        for trace in envelope.traces:
            with out.element("TraceHeader"):
                out.field("OrganId", trace.organisation)
                out.field("Timestamp", trace.at)
        if envelope.business is not None:
            with out.element("Bussiness"):
                _business(out, envelope.business)


def _business(out: Markup, business: Business) -> None:
    out.field("DocumentId", business.document_id)
    out.field("BussinessDocType", business.type)
    out.field("BussinessDocReason", business.reason)
    out.field("Paper", business.paper)
    changes = (business.information_changes, business.recipient_changes)
    if changes != (None, None) or business.receivers:
        with out.element("BussinessDocumentInfo"):
            out.field("DocumentInfo", business.information_changes)
            out.field("DocumentReceiver", business.recipient_changes)
            if business.receivers:
                with out.element("ReceiverList"):
                    for receiver in business.receivers:
                        with out.element("Receiver"):
                            out.field("OrganId", receiver.organisation)
                            out.field("ReceiverType", receiver.change)
    if business.replacements:
        with out.element("ReplacementInfoList"):
            for replacement in business.replacements:
                with out.element("ReplacementInfo"):
                    out.field("DocumentId", replacement.document_id)
                    if replacement.organisations:
                        with out.element("OrganIdList"):
                            for organisation in replacement.organisations:
                                out.field("OrganId", organisation)
    _staff(out, business.staff)


def _staff(out: Markup, staff: StaffInfo) -> None:
    if staff != StaffInfo():
        with out.element("StaffInfo"):
            out.field("Department", staff.department)
            out.field("Staff", staff.staff)
            out.field("Email", staff.email)
            out.field("Mobile", staff.mobile)


def _manifest(out: Markup, envelope: Envelope) -> None:
    with out.element("edXMLBody"), out.element("edXMLManifest", ' version="1.0"'):
        for number, attachment in enumerate(envelope.attachments, start=1):
            with out.element("Reference"):
                out.field("ContentId", _content_id(number))
                out.field("ContentType", attachment.content_type)
                out.field("Description", attachment.description)
                out.field("AttachmentName", attachment.name)


def _content_id(number: int) -> str:
    return f"cid:attachment-{number}"
